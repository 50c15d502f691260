"""Opening a round: what is scored, who judges, and the lot announced beforehand."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import Day, Ref, Refs, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
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
from yishiting.year.scoring.queries import can_be_scored, meetings_ahead

TITLE = line(
    _("名称"),
    most=120,
    initial=lambda place: _("%(place)s%(year)s年审议前打分") % {"place": place.name, "year": timezone.localdate().year},
)
PROPOSALS = Refs(
    _("给哪些建议案打分"),
    can_be_scored,
    least=2,  # an order needs two
    most=200,
    missing=_("请至少选两份建议案，才比得出先后。"),
)
CLOSES = Day(_("截止日期"), ahead=True, hint=_("例如：3月20日"))
MEETING = Ref(
    _("放在哪次会议上"),
    lambda place: Meeting.objects.filter(place=place),
    offered=lambda place: meetings_ahead(place, timezone.localdate()),
)
PURPOSE = Text(_("给评委的说明"), most=2000, rows=2)
FUNDED = Whole(_("前几名入围"), least=1, most=200, hint=_("不设入围线请留空。"))
LOT_SOURCE = line(
    _("入围线上并列时，用什么号码抽签"),
    most=120,
    hint=_("设了入围线才需要。要在截止之后才公布、谁都改不了的号码，例如：福利彩票3D当期号码"),
)
LOT_DAY = Day(_("号码公布日期"), hint=_("要晚于截止日期。"))


def _has_judges(place: Place) -> Sentence | None:
    here = serving_here(place, timezone.localdate()).exists()
    return None if here else _("本地现在没有在任的议事代表，不能发起打分。请先选出代表。")


@verb(
    "score_round.open",
    _("发起打分"),
    MAY,
    before=_("评分标准、权重和得分的算法按本地规则，发起后不能改。"),
    done=_("已发起，在任代表就是评委。可以打印评分表，也可以请代表在手机上打分。"),
    conditions=(_has_judges,),
)
def open_round(
    place: Place,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    proposals: Annotated[Sequence[Proposal], PROPOSALS],
    closes: Annotated[date, CLOSES],
    meeting: Annotated[Meeting | None, MEETING] = None,
    purpose: Annotated[str, PURPOSE] = "",
    funded: Annotated[int | None, FUNDED] = None,
    lot_source: Annotated[str, LOT_SOURCE] = "",
    lot_day: Annotated[date | None, LOT_DAY] = None,
) -> ScoreRound:
    """Put several proposals before the serving representatives to be scored under the rulebook's criteria."""
    today, book = timezone.localdate(), rules_for(place)
    _fit_to_open(len(proposals), closes, funded, lot_source, lot_day)
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


def _fit_to_open(scored: int, closes: date, funded: int | None, lot_source: str, lot_day: date | None) -> None:
    if lot_day is not None and lot_day <= closes:
        raise Refused(_("抽签号码必须在截止之后才公布，请选更晚的一天。"), field="lot_day")
    if funded is None:
        return
    if funded >= scored:
        raise Refused(_("入围数要比参评的建议案少，至少为1；不设入围线请留空。"), field="funded")
    if not lot_source or lot_day is None:
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
