"""政策程序问题: what the office of a place was asked, what was asked from a place, what a person asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.inquiries.models import Inquiry, RuleName
from yishiting.year.inquiries.permissions import asks_here
from yishiting.year.inquiries.queries import asked_from, received_at
from yishiting.year.inquiries.states import State

TONES: dict[str, str] = {
    State.ASKED: "waiting",
    State.RETURNED: "waiting",
    State.ANSWERED: "done",
    State.WITHDRAWN: "refused",
}
FILTERS = (
    Search("q", _("查找"), within=("title",)),
    Choice("state", _("状态"), among=State),
    Choice("rule", _("规则"), among=RuleName),
    Days("asked", _("提出日期"), by="asked_on"),
)


def _due(inquiry: Inquiry) -> Any:
    return inquiry.due if inquiry.state == State.ASKED else None


def _about(inquiry: Inquiry) -> str:
    return str(RuleName(inquiry.rule).label) if inquiry.rule in RuleName.values else str(inquiry.dossier or "")


def _columns(other: Column) -> tuple[Column, ...]:
    return (
        private("title", _("问题"), head=True, width=44),
        Column("rule", _("关于"), _about, width=26),
        other,
        Column("asked_on", _("提出日期"), kind=Kind.DAY, sort="asked_on"),
        Column("due", _("答复期限"), _due, Kind.DUE, sort="due"),
        Column("answered_on", _("答复日期"), kind=Kind.DAY, sort="answered_on"),
        Column("public", _("对外公开"), kind=Kind.YES, page=False),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    )


RECEIVED = List(
    "desk-inquiries",
    _("收到的政策程序问题"),
    received_at,
    _columns(Column("place", _("提出的地方"), "place.name", sort="place__code", width=18)),
    needs=reads_here,
    filters=FILTERS,
    counted=("state",),
    opens="desk-inquiry",
    empty=_("没有这样的问题。下级遇到规则、程序上拿不准的事，会提到这里。"),
)

ASKED = List(
    "desk-own-inquiries",
    _("提出的政策程序问题"),
    asked_from,
    _columns(Column("asked_at", _("向哪里提出"), "asked_at.name", sort="asked_at__code", width=18)),
    needs=asks_here | reads_here,
    filters=FILTERS,
    counted=("state",),
    opens="desk-inquiry",
    empty=_("没有这样的问题。规则、程序上拿不准的，点“提出政策程序问题”。"),
)
