"""经费: the funds of a place and below it, everything that was booked, the payments and how long their steps took."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.organisations.permissions import reads_money
from yishiting.instruments.funds.models import Fund, Posting, PostingKind, Source
from yishiting.instruments.funds.queries import figures_of, funds_at, postings_at
from yishiting.year.spending.models import Payment
from yishiting.year.spending.queries import payments_at, took
from yishiting.year.spending.states import State

TONES: dict[str, str] = {
    State.ASKED: "waiting",
    State.APPROVED: "waiting",
    State.PAID: "done",
    State.SENT_BACK: "refused",
    State.REVERSED: "refused",
}


def _with_figures(rows: Sequence[Fund]) -> Sequence[Fund]:
    for one, figures in zip(rows, figures_of(rows).values(), strict=True):
        one.figures = figures  # type: ignore[attr-defined]
    return rows


def _figure(name: str, label: Any) -> Column:
    return Column(name, label, f"figures.{name}", Kind.MONEY, width=16)


FUNDS = List(
    "desk-funds",
    _("资金汇总表"),
    funds_at,
    (
        Column("place", _("地方"), "place.name", sort="place__code", head=True, width=20),
        Column("year", _("年度"), kind=Kind.NUMBER, sort="year"),
        Column("source", _("资金来源"), kind=Kind.CHOICE, sort="source", width=16),
        _figure("given", _("到账（元）")),
        _figure("allotted", _("下达（元）")),
        _figure("carried", _("结转（元）")),
        _figure("committed", _("已安排未支付（元）")),
        _figure("spent", _("已支付（元）")),
        _figure("left", _("可用（元）")),
    ),
    needs=reads_money,
    filters=(Choice("source", _("资金来源"), among=Source),),
    prepare=_with_figures,
    opens="desk-fund",
    empty=_("还没有设立资金。在“经费”页面点“设立资金”，再登记预算，或等上级下达。"),
)


def _from(posting: Posting) -> str:
    return f"{posting.credit.fund.place.name} {posting.credit}"


def _to(posting: Posting) -> str:
    return f"{posting.debit.fund.place.name} {posting.debit}"


POSTINGS = List(
    "desk-postings",
    _("账目明细表"),
    postings_at,
    (
        Column("booked_on", _("记账日期"), kind=Kind.DAY, sort="booked_on", head=True),
        Column("kind", _("类别"), kind=Kind.CHOICE, sort="kind", width=14),
        Column("credit", _("贷：从哪里"), _from, width=34),
        Column("debit", _("借：到哪里"), _to, width=34),
        private("title", _("用途"), lambda one: one.debit.title or one.credit.title, width=28),
        Column("fen", _("金额（元）"), kind=Kind.MONEY, sort="fen", width=16),
        private("basis", _("依据"), width=28),
        Column("is_reversed", _("已冲正"), kind=Kind.YES, width=8),
    ),
    needs=reads_money,
    filters=(
        Search("q", _("查找"), within=("basis", "debit__title", "credit__title")),
        Choice("kind", _("类别"), among=PostingKind),
        Days("booked", _("记账日期"), by="booked_on"),
    ),
    opens=lambda one: reverse("desk-fund", args=[one.debit.fund_id]),
    empty=_("还没有账目。"),
)


def _approval(payment: Payment) -> int | None:
    return took(payment, timezone.localdate()).approval


def _paying(payment: Payment) -> int | None:
    return took(payment, timezone.localdate()).payment


PAYMENTS = List(
    "desk-payments",
    _("支付明细表"),
    payments_at,
    (
        Column(
            "project", _("项目编号"), "contract.project.number", sort="contract__project__number", head=True, width=26
        ),
        private("title", _("项目名称"), "contract.project.title", width=28),
        Column("number", _("合同编号"), "contract.number", width=18),
        private("payee", _("收款人"), "contract.payee", width=24),
        Column("position", _("第几期"), "milestone.position", Kind.NUMBER),
        Column("fen", _("金额（元）"), "milestone.fen", Kind.MONEY, sort="milestone__fen", width=16),
        Column("asked_on", _("申请日期"), kind=Kind.DAY, sort="asked_on"),
        Column("approved_on", _("审批日期"), kind=Kind.DAY, sort="approved_on"),
        Column("paid_on", _("支付日期"), kind=Kind.DAY, sort="paid_on"),
        Column("approval", _("审批用了几个工作日"), _approval, Kind.NUMBER),
        Column("paying", _("支付用了几个工作日"), _paying, Kind.NUMBER),
        Column("voucher", _("凭证号"), page=False, width=18),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=reads_money,
    filters=(
        Search("q", _("查找"), within=("contract__project__number", "contract__project__title", "contract__payee")),
        Choice("state", _("状态"), among=State),
        Days("asked", _("申请日期"), by="asked_on"),
    ),
    counted=("state",),
    opens=lambda one: reverse("desk-project", args=[one.contract.project_id]),
    empty=_("还没有支付。在项目页面登记合同，再按付款条件申请支付。"),
)
