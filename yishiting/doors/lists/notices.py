"""公示公告 of a place, and the objections to them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.common.masking import mask_name, mask_phone, public_words
from yishiting.ground.notices.models import HowCalled
from yishiting.ground.notices.queries import calls_at
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


def _not_yet(rows: Any, state: str | None) -> Any:
    if state == "all":
        return rows
    return rows.filter(called_on=None) if state is None else rows.exclude(called_on=None)


CALLS = List(
    "desk-calls",
    _("待电话告知名单"),
    calls_at,
    (
        Column("name", _("姓名"), head=True, mask=mask_name, width=14),
        Column("unit", _("单位或受理号"), sort="unit", width=20),
        Column("phone", _("电话"), lambda one: one.phone or gettext("没有留"), mask=mask_phone, width=16),
        Column("subject", _("事项"), width=20),
        Column("body", _("告知内容"), mask=public_words, width=50),
        Column("created_at", _("列入时间"), kind=Kind.MOMENT, sort="created_at"),
        Column("called_on", _("告知日期"), kind=Kind.DAY, sort="called_on"),
        Column("how", _("怎样告知的"), kind=Kind.CHOICE, under="note"),
        Column("called_by", _("告知人"), "called_by.name", width=12),
    ),
    needs="call.note",
    filters=(
        Choice(
            "state",
            _("状态"),
            among=[("all", _("全部")), ("called", _("已告知"))],
            by=_not_yet,
            always=True,
            empty=_("还没有告知的"),
        ),
        Choice("how", _("怎样告知的"), among=HowCalled),
        Days("day", _("列入日期"), by="created_at", moments=True),
    ),
    bulk=("call.note",),
    page=100,
    empty=_("没有要打电话告知的人。系统发得到消息的，不在这里。"),
)
