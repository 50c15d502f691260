"""What others give to a project: cash, goods with a value, hours."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Day, Money, OneOf, Whole, YesNo, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import WhoHere
from yishiting.instruments.funds.actions.booking import account_of, book
from yishiting.instruments.funds.models import AccountKind, Fund, Posting, PostingKind, Source
from yishiting.year.projects.models import Project
from yishiting.year.spending.actions.contracts import refuse_foreign
from yishiting.year.spending.actions.grants import goes_on, refuse_bound
from yishiting.year.spending.models import Gift, GiftKind
from yishiting.year.spending.permissions import MAY

GIVER = WhoHere(_("谁给的"), missing=_("请写明是哪个单位或谁给的。"))
IS_PRIVATE = YesNo(_("是单位还是个人"), yes=_("个人，公开时只写姓"), no=_("单位，公开写全称"))
VALUE = Money(_("金额或价值（元）"), least=1, hint=_("资金写金额，实物或服务写价值；义务劳动不写，不折成钱。"))


@verb("gift.enter", _("登记社会捐助"), MAY, done=_("已登记。"), conditions=(goes_on,))
def enter_gift(
    project: Project,
    *,
    by: Actor,
    kind: Annotated[GiftKind, OneOf(_("给的是什么"), GiftKind)],
    giver: Annotated[str, GIVER],
    private_giver: Annotated[bool, IS_PRIVATE],
    what: Annotated[
        str, line(_("内容"), hint=_("例如：捐款；太阳能路灯3盏；帮助搬运。"), missing=_("请写明给了什么。"))
    ],
    fen: Annotated[int | None, VALUE] = None,
    hours: Annotated[int | None, Whole(_("小时数"), least=1, hint=_("义务劳动才写。"))] = None,
    basis: Annotated[str, line(_("依据"), hint=_("收据、捐赠协议；实物写价值是怎么定的，例如发票、询价。"))] = "",
    received_on: Annotated[date | None, Day(_("收到日期"), past=True, initial=lambda _p: timezone.localdate())] = None,
) -> Gift:
    """Enter what somebody gave to a project: cash is booked, goods are valued, hours stay hours."""
    refuse_foreign(giver, "giver")
    _must_fit(kind, fen, hours, basis)
    gift = Gift(project=project, place=project.place, kind=kind, giver=giver, private_giver=private_giver, what=what)
    gift.fen, gift.hours, gift.basis = fen, hours, basis
    gift.received_on = received_on or timezone.localdate()
    gift.posting = _booked(project, fen or 0, basis) if kind == GiftKind.CASH else None
    gift.save(force_insert=True)
    write_entry(gift, project=str(project.pk), kind=str(kind), amount=fen, hours=hours, private={"giver": giver})
    return gift


def _must_fit(kind: GiftKind, fen: int | None, hours: int | None, basis: str) -> None:
    if kind == GiftKind.HOURS:
        if fen is not None:
            raise Refused(_("义务劳动只写小时数，不折成钱。"), field="fen")
        if hours is None:
            raise Refused(_("请写明一共多少小时。"), field="hours")
        return
    if hours is not None:
        raise Refused(_("小时数只在义务劳动时写。"), field="hours")
    if fen is None:
        raise Refused(_("请写明金额；实物或服务写价值。"), field="fen")
    if not basis:
        raise Refused(_("请写明依据：资金写收据，实物写价值是怎么定的。"), field="basis")


def _booked(project: Project, fen: int, basis: str) -> Posting:
    year = timezone.localdate().year
    fund, _made = Fund.objects.get_or_create(place=project.place, year=year, source=Source.SOCIAL)
    into = account_of(fund, AccountKind.COMMITTED, project, project.title)
    return book(PostingKind.GIFT, [(account_of(fund, AccountKind.ORIGIN), into, fen)], basis)[0]


def _still_counts(gift: Gift) -> Sentence | None:
    return _("这一项已经撤销。") if gift.withdrawn_on is not None else None


@verb("gift.withdraw", _("撤销捐助登记"), MAY, done=_("已撤销，记录还在。"), kind="danger", conditions=(_still_counts,))
def withdraw_gift(
    gift: Gift,
    *,
    by: Actor,
    reason: Annotated[str, line(_("为什么撤销"), most=200, missing=_("请写明为什么撤销。"))],
) -> Gift:
    """Withdraw a gift entered wrongly or given back; the posting of cash is reversed with it."""
    if gift.posting is not None:
        refuse_bound(gift.project, gift.posting.fen)
        was = gift.posting
        book(PostingKind.REVERSE, [(was.debit, was.credit, was.fen)], reason, reverses=was)
    gift.withdrawn_on, gift.withdrawn_because = timezone.localdate(), reason
    gift.save(update_fields=["withdrawn_on", "withdrawn_because"])
    write_entry(gift, project=str(gift.project_id), amount=gift.fen, private={"reason": reason})
    return gift
