"""Opening a round: what is scored, who judges, and the lot announced beforehand."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import in_one_statement, tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.queries import serving_here
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring import rules
from yishiting.year.scoring.actions.refusing import usable
from yishiting.year.scoring.models import Judge, ScoredProposal, ScoreRound
from yishiting.year.scoring.permissions import MAY

FEWEST_PROPOSALS = 2  # an order needs two


@verb("score_round.open", "发起打分", MAY)
def open_round(
    place: Place,
    *,
    by: Actor,
    title: str,
    proposals: Sequence[Proposal],
    closes: date,
    meeting: Meeting | None = None,
    purpose: str = "",
    funded: int | None = None,
    lot_source: str = "",
    lot_day: date | None = None,
) -> ScoreRound:
    """Put several proposals before the serving representatives to be scored under the rulebook's criteria."""
    today, book = timezone.localdate(), rules_for(place)
    _fit_to_open(place, proposals, meeting, funded, lot_source, lot_day)
    wrong, field = rules.why_not_days(closes, today, lot_day)
    if wrong:
        raise Refused(wrong, field=field)
    made = ScoreRound.objects.create(
        place=place,
        meeting=meeting,
        title=title,
        purpose=purpose,
        opened_on=today,
        closes=closes,
        rule=usable(lambda: rules.rule_record(book, funded)),
        lot_source=lot_source,
        lot_day=lot_day,
        rules_label=book.label,
    )
    scored, judges = _fill(made, proposals, today)
    _announce_lot(made, scored)
    _tell_judges(made, judges)
    write_entry(
        made,
        rules=book.label,
        proposals=[one.number for one in proposals],
        judges=len(judges),
        method=made.rule["method"],
        funded=funded,
        closes=closes.isoformat(),
        lot=made.lot.get("fingerprint", ""),
    )
    return made


def _fit_to_open(
    place: Place,
    proposals: Sequence[Proposal],
    meeting: Meeting | None,
    funded: int | None,
    lot_source: str,
    lot_day: date | None,
) -> None:
    if len(proposals) < FEWEST_PROPOSALS:
        raise Refused(_("请至少选两份建议案，才比得出先后。"), field="proposals")
    if any(one.place_id != place.pk for one in proposals):
        raise Refused(_("只能给本地的建议案打分。"), field="proposals")
    if meeting is not None and meeting.place_id != place.pk:
        raise Refused(_("只能放在本地的会议上。"), field="meeting")
    if funded is None:
        return
    if not 0 < funded < len(proposals):
        raise Refused(_("入围数要比参评的建议案少，至少为1；不设入围线请留空。"), field="funded")
    if not lot_source.strip() or lot_day is None:
        raise Refused(
            _("设了入围线，就要事先写明并列时用什么号码抽签、哪天公布，例如：福利彩票3D当期号码。"), field="lot_source"
        )


def _fill(made: ScoreRound, proposals: Sequence[Proposal], today: date) -> tuple[list[ScoredProposal], list[Judge]]:
    titles = [one.title for one in proposals]
    scored = [
        ScoredProposal(
            round=made,
            proposal=one,
            position=n,
            label=one.title if titles.count(one.title) == 1 else f"{one.title}（{one.number}）",
        )
        for n, one in enumerate(proposals, start=1)
    ]
    serving = list(serving_here(made.place, today))
    if not serving:
        raise Refused(_("本地现在没有在任的议事代表，不能发起打分。"))
    numbers = list(range(1, len(serving) + 1))
    secrets.SystemRandom().shuffle(numbers)
    judges = [
        Judge(round=made, place=made.place, representative=one, number=number)
        for one, number in zip(serving, numbers, strict=True)
    ]
    return ScoredProposal.objects.bulk_create(scored), Judge.objects.bulk_create(judges)


def _announce_lot(made: ScoreRound, scored: Sequence[ScoredProposal]) -> None:
    if made.lot_day is None:
        return
    lot = rules.the_lot(made.title, [one.label for one in scored], made.lot_source, made.lot_day.isoformat())
    made.lot = {"announcement": lot.announcement(), "fingerprint": lot.fingerprint()}
    made.save(update_fields=["lot"])


def _tell_judges(made: ScoreRound, judges: Sequence[Judge]) -> None:
    with in_one_statement():
        for one in judges:
            person = one.representative.person
            if person is not None:
                tell(
                    person,
                    once=f"score_round.open:{made.pk}",
                    template="score_round.open",
                    subject=f"请您打分：{made.title}",
                    body=f"请在{chinese(made.closes, 'weekday')}前打完分。",
                    audience=Audience.REPRESENTATIVE,
                    about=one,
                    place_code=made.place.code,
                )
