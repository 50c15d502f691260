"""Opening a budget vote: options, register, rule and lot are fixed from here on."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from yishiting.year.budgeting import rules
from yishiting.year.budgeting.actions.refusing import lot_of, refuse, usable
from yishiting.year.budgeting.models import (
    BudgetOption,
    BudgetVote,
    Voter,
)
from yishiting.year.budgeting.permissions import MAY
from yishiting.year.councils.queries import serving_here
from yishiting.year.proposals.models import Proposal

FEWEST_OPTIONS = 2  # a choice needs two


@dataclass(frozen=True, slots=True)
class Offered:
    """One proposal to be voted on and what it costs, in fen."""

    proposal: Proposal
    cost: int


@verb("budget_vote.open", "发起预算表决", MAY)
def open_vote(
    place: Place,
    *,
    by: Actor,
    title: str,
    year: int,
    budget: int,
    offered: Sequence[Offered],
    closes: date,
    lot_source: str,
    lot_day: date,
    purpose: str = "",
    conflicts: Sequence[Sequence[int]] = (),
    roll: Sequence[tuple[str, str]] = (),
) -> BudgetVote:
    """Question the register which proposals a sum of money should go to; options, rule and lot are fixed from here on."""
    today, book = timezone.localdate(), rules_for(place)
    _fit_to_open(place, year, budget, offered, conflicts, lot_source)
    refuse(*rules.why_not_days(closes, today, lot_day))
    rule = rules.rule_record(book)
    usable(lambda: rules.rule_of(rule, conflicts))
    vote = BudgetVote.objects.create(
        place=place,
        year=year,
        title=title,
        purpose=purpose,
        budget=budget,
        opened_on=today,
        closes=closes,
        rule=rule,
        conflicts=[sorted(set(group)) for group in conflicts],
        lot_source=lot_source.strip(),
        lot_day=lot_day,
        rules_label=book.label,
    )
    options = _put_up(vote, offered)
    voters = _freeze_register(vote, roll, today)
    lot = lot_of(vote, options)
    vote.lot = {"announcement": lot.announcement(), "fingerprint": lot.fingerprint()}
    vote.save(update_fields=["lot"])
    _tell(vote, voters)
    write_entry(
        vote,
        rules=book.label,
        budget=budget,
        options=[[one.number, one.proposal.number, one.cost] for one in options],
        rule=rule,
        conflicts=vote.conflicts,
        voters=len(voters),
        closes=closes.isoformat(),
        lot=lot.fingerprint(),
    )
    return vote


def _fit_to_open(
    place: Place,
    year: int,
    budget: int,
    offered: Sequence[Offered],
    conflicts: Sequence[Sequence[int]],
    lot_source: str,
) -> None:
    if len(offered) < FEWEST_OPTIONS:
        raise Refused(_("请至少给两份建议案填写费用，才有得选。"), field="offered")
    if any(one.proposal.place_id != place.pk or one.proposal.for_year != year for one in offered):
        raise Refused(_("只能选本地、同一拟办年度的建议案。"), field="offered")
    if budget <= 0:
        raise Refused(_("请填写可用的钱。"), field="budget")
    strange = {number for group in conflicts for number in group} - set(range(1, len(offered) + 1))
    if strange:
        raise Refused(_("互斥的项目里，编号超出了备选项目的个数。"), field="conflicts")
    if not lot_source.strip():
        raise Refused(_("请事先写明并列时用什么号码抽签，例如：福利彩票3D当期号码。"), field="lot_source")


def _put_up(vote: BudgetVote, offered: Sequence[Offered]) -> list[BudgetOption]:
    rows = [
        BudgetOption(vote=vote, proposal=one.proposal, number=n, title=one.proposal.title, cost=one.cost)
        for n, one in enumerate(offered, start=1)
    ]
    return BudgetOption.objects.bulk_create(rows)


def _freeze_register(vote: BudgetVote, roll: Sequence[tuple[str, str]], today: date) -> list[Voter]:
    serving = list(serving_here(vote.place, today))
    seats = [(one, one.name, one.constituency.name) for one in serving]
    others = [(None, name, unit) for name, unit in roll]
    if not seats and not others:
        raise Refused(_("本地现在没有在任的议事代表，也没有另外的名册，不能发起表决。"), field="roll")
    doubled = [name for name, unit in roll if roll.count((name, unit)) > 1]
    if doubled:
        raise Refused(
            _("名册上%(names)s重复。同名的请写楼院加以区别。") % {"names": "、".join(dict.fromkeys(doubled))},
            field="roll",
        )
    rows = [
        Voter(vote=vote, place=vote.place, representative=seat, position=n, name=name, unit=unit)
        for n, (seat, name, unit) in enumerate([*seats, *others], start=1)
    ]
    return Voter.objects.bulk_create(rows)


def _tell(vote: BudgetVote, voters: Sequence[Voter]) -> None:
    with in_one_statement():
        for one in voters:
            person = one.representative.person if one.representative is not None else None
            if person is not None:
                tell(
                    person,
                    once=f"budget_vote.open:{vote.pk}",
                    template="budget_vote.open",
                    subject=f"请您投票：{vote.title}",
                    body=f"请在{chinese(vote.closes, 'weekday')}前投票。",
                    audience=Audience.REPRESENTATIVE,
                    about=one,
                    place_code=vote.place.code,
                )
