"""Opening a budget vote: options, register, rule and lot are fixed from here on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.names import name_key
from yishiting.ground.common.parameters import Day, Given, Money, Text, Whole, line
from yishiting.ground.common.people_parameters import Name
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import in_one_statement, tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.actions.naming import RollHere
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.budgeting import rules
from yishiting.year.budgeting.actions.refusing import lot_of, usable
from yishiting.year.budgeting.models import (
    BudgetOption,
    BudgetVote,
    Voter,
)
from yishiting.year.budgeting.permissions import MAY
from yishiting.year.councils.queries import serving_here
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import words_of
from yishiting.year.proposals.rules import whole_text


@dataclass(frozen=True, slots=True)
class Offered:
    """One proposal to be voted on and what it costs, in fen."""

    proposal: Proposal
    cost: int


def _title(place: Place) -> str:
    words = {"place": place.name, "year": timezone.localdate().year + 1}
    return _("%(place)s%(year)s年实事项目预算表决") % words


TITLE = line(_("名称"), most=120, initial=_title)
YEAR = Whole(_("拟办年度"), least=2000, most=2200)
BUDGET = Money(_("经费总额"), least=100, hint=_("例如：20万"), missing=_("请填写经费总额。"))
OFFERED = Given(_("备选项目"), missing=_("请至少给两份建议案填写费用，才有得选。"))
CLOSES = Day(_("截止日期"), ahead=True, hint=_("例如：3月20日"))
LOT_SOURCE = line(
    _("并列时用什么号码抽签"),
    most=120,
    hint=_("要在截止之后才公布、谁都改不了的号码，例如：福利彩票3D当期号码"),
    missing=_("请事先写明并列时用什么号码抽签，例如：福利彩票3D当期号码。"),
)
LOT_DAY = Day(_("号码公布日期"), hint=_("要晚于截止日期。"))
PURPOSE = Text(_("给投票人的说明"), most=2000, rows=2)
ROLL = RollHere(
    _("另外请谁投纸质票"),
    {"name": Name(_("姓名")), "unit": line(_("楼院"), most=60)},
    most=5000,
    rows=4,
    needs=1,
    hint=_("在任议事代表已经在名册上。还请居民代表投票的，一行一人：姓名 楼院"),
)


@verb("budget_vote.open", _("发起预算表决"), MAY, done=_("已发起，名册、项目、规则和抽签办法从现在起不能改。"))
def open_vote(
    place: Place,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    year: Annotated[int, YEAR],
    budget: Annotated[int, BUDGET],
    offered: Annotated[Sequence[Offered], OFFERED],
    closes: Annotated[date, CLOSES],
    lot_source: Annotated[str, LOT_SOURCE],
    lot_day: Annotated[date, LOT_DAY],
    purpose: Annotated[str, PURPOSE] = "",
    conflicts: Annotated[Sequence[Sequence[int]], Given(_("只能办一个的项目"))] = (),
    roll: Annotated[Sequence[tuple[str, str]], ROLL] = (),
) -> BudgetVote:
    """Question the register which proposals a sum of money should go to; options, rule and lot are fixed from here on."""
    today, book = timezone.localdate(), rules_for(place)
    _fit_to_open(place, year, offered, conflicts)
    if lot_day <= closes:
        raise Refused(_("抽签号码必须在截止之后才公布，请选更晚的一天。"), field="lot_day")
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
        lot_source=lot_source,
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


def _fit_to_open(place: Place, year: int, offered: Sequence[Offered], conflicts: Sequence[Sequence[int]]) -> None:
    if len(offered) < 2:  # noqa: PLR2004 - a choice needs two
        raise Refused(OFFERED.missing, field="offered")
    if any(one.proposal.place.acting.pk != place.pk or one.proposal.for_year != year for one in offered):
        raise Refused(_("只能选本地、同一拟办年度的建议案。"), field="offered")
    strange = {number for group in conflicts for number in group} - set(range(1, len(offered) + 1))
    if strange:
        raise Refused(_("互斥的项目里，编号超出了备选项目的个数。"), field="conflicts")


def _put_up(vote: BudgetVote, offered: Sequence[Offered]) -> list[BudgetOption]:
    rows = [
        BudgetOption(
            vote=vote,
            proposal=one.proposal,
            number=n,
            title=one.proposal.title,
            cost=one.cost,
            text=whole_text(words_of(one.proposal)),
        )
        for n, one in enumerate(offered, start=1)
    ]
    return BudgetOption.objects.bulk_create(rows)


def _freeze_register(vote: BudgetVote, roll: Sequence[tuple[str, str]], today: date) -> list[Voter]:
    serving = list(serving_here(vote.place, today))
    seats = [(one, one.name, one.constituency.name) for one in serving]
    others = [(None, name, unit) for name, unit in roll]
    if not seats and not others:
        raise Refused(_("本地现在没有在任的议事代表，也没有另外的名册，不能发起表决。"), field="roll")
    keys = {name_key(name) for _seat, name, _unit in seats}
    if twice := [name for name, _unit in roll if name_key(name) in keys]:
        said = _("%(names)s是在任的议事代表，已经在名册上，一人一票，请从另加的名单里去掉。")
        more = _("确是同名的另一个人，请在姓名后用括号注明，例如：李明（3号楼）。")
        raise Refused(f"{said % {'names': '、'.join(dict.fromkeys(twice))}}{more}", field="roll")
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
