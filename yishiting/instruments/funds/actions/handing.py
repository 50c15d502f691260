"""Money comes into a fund, is handed down the tree, given back and carried over."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.money import amount
from yishiting.ground.common.parameters import A, Money, OneOf, Ref, Whole
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.instruments.funds.actions.booking import AMOUNT, BASIS, account_of, book
from yishiting.instruments.funds.models import HANDED_DOWN, AccountKind, Fund, Posting, PostingKind, Source
from yishiting.instruments.funds.permissions import MAY
from yishiting.instruments.funds.queries import above, below, has_next_year, left_in

YEARS_AROUND = 1


@verb("fund.open", _("设立资金"), MAY, done=_("已设立，请登记预算或收入。"))
def open_fund(
    place: Place,
    *,
    by: Actor,
    source: Annotated[Source, OneOf(_("资金来源"), Source)],
    year: Annotated[int, Whole(_("年度"), initial=lambda _place: timezone.localdate().year)],
) -> Fund:
    """Open the fund of a place for a year and a source."""
    now = timezone.localdate().year
    if abs(year - now) > YEARS_AROUND:
        told = {"first": now - YEARS_AROUND, "last": now + YEARS_AROUND}
        raise Refused(_("年度应在%(first)s到%(last)s之间。") % told, field="year")
    fund = Fund.objects.create(place=place, year=year, source=source)
    write_entry(fund, year=year, source=str(source))
    return fund


@verb("fund.budget", _("登记预算或收入"), MAY, done=_("已登记。"))
def set_budget(fund: Fund, *, by: Actor, fen: Annotated[int, AMOUNT], basis: Annotated[str, BASIS]) -> Posting:
    """Enter what the budget gives to a fund, or what a place has earned."""
    into = account_of(fund, AccountKind.LEFT)
    [posting] = book(PostingKind.BUDGET, [(account_of(fund, AccountKind.ORIGIN), into, fen)], basis)
    write_entry(posting, amount=fen, source=fund.source, year=fund.year, private={"basis": basis})
    return posting


def can_be_handed_down(fund: Fund) -> Sentence | None:
    """Only what comes from above goes on below, where there is somebody below."""
    if fund.source not in HANDED_DOWN:
        return _("这是本地自己的钱，不向下级下达，请用“安排经费”用在项目上。专项资金和服务群众经费才下达。")
    return None if below(fund).exists() else _("这里没有下级，请用“安排经费”用在项目上。")


TO = Ref(
    _("下达到哪里"),
    below,
    key="code",
    called=lambda place: place.name,
    missing=_("请选下达到哪里。"),
)


@verb(
    "fund.allot",
    _("下达资金"),
    MAY,
    before=lambda fund: _("%(fund)s还有%(left)s可以下达。") % {"fund": fund, "left": amount(left_in(fund))},
    done=lambda made: _("已下达到%(place)s。") % {"place": made.debit.fund.place.name},
    conditions=(can_be_handed_down,),
)
def allot(
    fund: Fund,
    *,
    by: Actor,
    to: Annotated[A[Place], TO],
    fen: Annotated[int, AMOUNT],
    basis: Annotated[str, BASIS],
) -> Posting:
    """Hand money down to a place directly below; its fund of the same year and source is opened with it."""
    posting = hand_down(fund, to, fen, basis)
    write_entry(posting, amount=fen, source=fund.source, year=fund.year, place=to.code, private={"basis": basis})
    return posting


def hand_down(fund: Fund, to: Place, fen: int, basis: str) -> Posting:
    """The posting that hands money down; part of what allots one amount or many."""
    theirs, _made = Fund.objects.get_or_create(place=to, year=fund.year, source=fund.source)
    out_of, into = account_of(fund, AccountKind.LEFT), account_of(theirs, AccountKind.LEFT)
    return book(PostingKind.ALLOT, [(out_of, into, fen)], basis)[0]


NOT_FROM_ABOVE = _("这笔钱不是上级下达的，没有上级可以缴回。用不完的，到下一年度“结转下年”。")


def _came_from_above(fund: Fund) -> Sentence | None:
    return None if above(fund) is not None else NOT_FROM_ABOVE


@verb("fund.return", _("缴回上级"), MAY, done=_("已缴回上级。"), conditions=(_came_from_above,))
def give_back(fund: Fund, *, by: Actor, fen: Annotated[int, AMOUNT], basis: Annotated[str, BASIS]) -> Posting:
    """Give back to the place above what is not used."""
    if (higher := above(fund)) is None:
        raise Refused(NOT_FROM_ABOVE)
    out_of, into = account_of(fund, AccountKind.LEFT), account_of(higher, AccountKind.LEFT)
    [posting] = book(PostingKind.RETURN, [(out_of, into, fen)], basis)
    write_entry(posting, amount=fen, source=fund.source, year=fund.year, private={"basis": basis})
    return posting


def _year_is_over(fund: Fund) -> Sentence | None:
    if timezone.localdate().year > fund.year or has_next_year(fund) is not None:
        return None
    return _("本年度还没有结束。到了下一年度，或先用“设立资金”立好下一年度的，再结转。")


CARRIED = Money(_("结转金额（元）"), least=1, initial=left_in, hint=AMOUNT.hint, missing=AMOUNT.missing)


@verb(
    "fund.carry_over",
    _("结转下年"),
    MAY,
    done=_("已结转到下一年度。已安排到项目的钱留在原年度继续支付。"),
    conditions=(_year_is_over,),
)
def carry_over(fund: Fund, *, by: Actor, fen: Annotated[int, CARRIED], basis: Annotated[str, BASIS]) -> Posting:
    """Carry what is left over into the same fund of the coming year."""
    coming, _made = Fund.objects.get_or_create(place=fund.place, year=fund.year + 1, source=fund.source)
    out_of, into = account_of(fund, AccountKind.LEFT), account_of(coming, AccountKind.LEFT)
    [posting] = book(PostingKind.CARRY_OVER, [(out_of, into, fen)], basis)
    write_entry(posting, amount=fen, source=fund.source, year=fund.year, private={"basis": basis})
    return posting
