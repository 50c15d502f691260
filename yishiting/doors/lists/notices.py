"""公示公告 of a place, and the objections to them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.places.models import Place
from yishiting.instruments.publicity.models import NoticeKind, Objection
from yishiting.instruments.publicity.queries import desk_notices
from yishiting.instruments.publicity.states import ObjectionState, State

TONES: dict[str, str] = {State.POSTED: "open", State.CLEAR: "done", State.UPHELD: "refused"}
OBJECTION_TONES: dict[str, str] = {
    ObjectionState.RECEIVED: "waiting",
    ObjectionState.UPHELD: "refused",
    ObjectionState.DISMISSED: "done",
}


def _waiting(notice: Any) -> str:
    return gettext("（%(n)s件待答复）") % {"n": notice.unanswered} if notice.unanswered else ""


NOTICES = List(
    "desk-notices",
    _("公示公告登记表"),
    desk_notices,
    (
        Column("number", _("编号"), sort="number", width=24),
        Column("title", _("标题"), head=True, width=44),
        Column("kind", _("类别"), kind=Kind.CHOICE, sort="kind"),
        Column("posted_on", _("公示开始"), kind=Kind.DAY, sort="posted_on"),
        Column("last_day", _("公示截止"), kind=Kind.DAY, sort="last_day"),
        Column("objection_count", _("异议"), kind=Kind.NUMBER, sort="objection_count", under=_waiting),
        Column("unanswered", _("待答复"), kind=Kind.NUMBER, page=False),
        Column("state", _("状态"), kind=Kind.STATE, words=lambda one: one.standing, tones=TONES, sort="state"),
    ),
    needs=at_desk,
    filters=(
        Search("q", _("查找"), within=("number", "title")),
        Choice("state", _("状态"), among=State),
        Choice("kind", _("类别"), among=NoticeKind),
        Days("posted", _("公示开始"), by="posted_on"),
    ),
    opens="desk-notice",
    bulk=("notice.close",),
    empty=_("没有符合条件的公示公告。"),
)


def _answer_due(objection: Objection) -> Any:
    return objection.answer_due if objection.state == ObjectionState.RECEIVED else None


def _objections(place: Place) -> Any:
    return Objection.objects.filter(place=place).select_related("notice", "place").order_by("-received_on", "receipt")


OBJECTIONS = List(
    "desk-objections",
    _("异议登记表"),
    _objections,
    (
        Column("receipt", _("登记号"), kind=Kind.RECEIPT, sort="receipt"),
        private("text", _("异议内容"), head=True, width=60),
        Column("notice", _("公示"), "notice.title", sort="notice__posted_on", width=36),
        Column("received_on", _("收到日期"), kind=Kind.DAY, sort="received_on"),
        Column("answer_due", _("答复期限"), _answer_due, Kind.DUE, sort="answer_due"),
        Column("state", _("状态"), kind=Kind.STATE, tones=OBJECTION_TONES, sort="state"),
        private("answer", _("处理结果"), page=False, width=44),
        Column("answered_on", _("答复日期"), kind=Kind.DAY, page=False),
    ),
    needs=at_desk,
    filters=(Choice("state", _("状态"), among=ObjectionState), Days("received", _("收到"), by="received_on")),
    counted=("state",),
    opens=lambda objection: reverse("desk-notice", args=[objection.notice_id]),
    keys=("notice_id",),
    beside=False,
    empty=_("没有这样的异议。"),
)
