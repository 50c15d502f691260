"""公约: what a place keeps to, when it is looked at again, how often it was reported broken."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Search
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.agreements.models import Agreement
from yishiting.year.agreements.queries import agreements_of
from yishiting.year.agreements.states import State

TONES: dict[str, str] = {State.IN_FORCE: "open", State.ENDED: "refused"}


def _due(agreement: Agreement) -> Any:
    return agreement.review_due if agreement.state == State.IN_FORCE else None


AGREEMENTS = List(
    "desk-agreements",
    _("公约登记表"),
    agreements_of,
    (
        private("title", _("名称"), head=True, width=40),
        private("text", _("内容"), page=False, width=60),
        private("kept_by", _("谁来遵守"), width=24),
        private("looked_after_by", _("谁来照看"), width=24),
        Column("in_force_from", _("施行日期"), kind=Kind.DAY, sort="in_force_from"),
        Column("review_due", _("回顾日期"), _due, Kind.DUE, sort="review_due"),
        Column("breach_count", _("反映没有遵守"), kind=Kind.NUMBER, sort="breach_count"),
        Column("open_breaches", _("待答复"), kind=Kind.NUMBER, sort="open_breaches"),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=reads_here,
    filters=(Search("q", _("查找"), within=("title", "text")), Choice("state", _("状态"), among=State)),
    counted=("state",),
    opens="desk-agreement",
    empty=_("没有公约。审议通过的建议案不是工程、而是大家要遵守的约定的，在建议案页面点“立为公约”。"),
)
