"""会议: the meetings of a place, what was taken on there, and the projects a meeting reviews."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.common.masking import mask_name
from yishiting.ground.organisations.permissions import at_desk, reads_here
from yishiting.year.evaluation.queries import reviews_of
from yishiting.year.meetings.models import (
    AgendaItem,
    Attendance,
    Invitation,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingTask,
    Role,
)
from yishiting.year.meetings.queries import meetings_of
from yishiting.year.meetings.states import ItemState, State

TONES: dict[str, str] = {
    State.PLANNED: "waiting",
    State.CLOSED: "waiting",
    State.APPROVED: "waiting",
    State.CONVENED: "open",
    State.OPEN: "open",
    State.CANCELLED: "refused",
    State.PUBLISHED: "done",
}


def _attended(meeting: Meeting) -> str:
    return f"{meeting.present_count}/{meeting.due_count}" if meeting.opened_at else ""


MEETINGS = List(
    "desk-meetings",
    _("会议登记表"),
    meetings_of,
    (
        Column("title", _("会议"), head=True, width=36),
        Column("kind", _("类别"), kind=Kind.CHOICE, sort="kind", width=20),
        Column("starts_at", _("时间"), kind=Kind.MOMENT, sort="starts_at"),
        Column("venue", _("地点"), page=False),
        Column("chair", _("主持人"), page=False, width=10),
        Column("item_count", _("议题"), kind=Kind.NUMBER, sort="item_count"),
        Column("attendance", _("到会"), _attended, width=8),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("title", "venue")),
        Choice("state", _("状态"), among=State),
        Choice("kind", _("类别"), among=MeetingKind),
        Days("held", _("时间"), by="starts_at", moments=True),
    ),
    opens="desk-meeting",
    beside=False,
    empty=_("没有符合条件的会议。从上面的“筹备会议”开始。"),
)


def _tasks(place: Any) -> Any:
    return MeetingTask.objects.filter(place=place).select_related("meeting", "item", "place").order_by("due")


DONE = [("no", _("还没完成的")), ("yes", _("已完成的"))]

TASKS = List(
    "desk-tasks",
    _("会议任务登记表"),
    _tasks,
    (
        private("what", _("任务"), head=True, width=44),
        Column("who", _("责任人"), width=12),
        Column("due", _("期限"), lambda one: None if one.done_on else one.due, Kind.DUE, sort="due"),
        Column("meeting", _("会议"), "meeting.title", sort="meeting__starts_at", width=30),
        Column("done_on", _("完成日期"), kind=Kind.DAY, sort="done_on"),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("what", "who", "meeting__title")),
        Choice("done", _("完成"), among=DONE, by=lambda rows, value: rows.filter(done_on__isnull=value == "no")),
        Days("due", _("期限"), by="due"),
    ),
    bulk=("task.finish",),
    keys=("meeting_id", "item_id"),
    empty=_("没有这样的任务。会上定下谁在什么时候做什么，会出现在这里。"),
)


def _answers(name: str) -> Any:
    return lambda review: (review.result.get("answers") or {}).get(name)


REVIEWS = List(
    "desk-reviews",
    _("逐项评议登记表"),
    lambda meeting: reviews_of(meeting).select_related("meeting"),
    (
        Column("position", _("议题"), "agenda_item.position", Kind.NUMBER, sort="agenda_item__position"),
        Column("project", _("项目"), "project.title", head=True, width=40),
        Column("satisfied", _("满意"), _answers("satisfied"), Kind.NUMBER),
        Column("mostly", _("基本满意"), _answers("mostly"), Kind.NUMBER),
        Column("dissatisfied", _("不满意"), _answers("dissatisfied"), Kind.NUMBER),
        Column("percentage", _("满意率"), lambda review: review.result.get("percentage"), width=10),
        Column("state", _("结果"), kind=Kind.STATE, sort="state"),
    ),
    of=Meeting,
    needs=at_desk,
    related=("place",),
    beside=False,
    keys=("project_id", "agenda_item_id", "poll_id"),
    empty=_("还没有列入评议的项目。点“列入评议”，选择验收合格的项目。"),
)


def _items(place: Any) -> Any:
    rows = AgendaItem.objects.filter(place=place).exclude(state=ItemState.WITHDRAWN).select_related("meeting", "place")
    return rows.order_by("-meeting__starts_at", "position", "pk")


ITEMS = List(
    "desk-items",
    _("议题登记表"),
    _items,
    (
        Column("meeting", _("会议"), "meeting.title", sort="meeting__starts_at", width=30),
        Column("day", _("日期"), "meeting.day", Kind.DAY, sort="meeting__starts_at"),
        Column("position", _("议题"), kind=Kind.NUMBER),
        private("title", _("名称"), head=True, width=44),
        Column("kind", _("类别"), kind=Kind.CHOICE, sort="kind"),
        Column("state", _("状态"), kind=Kind.STATE, tones={ItemState.DECIDED: "done"}, sort="state"),
        private("outcome", _("结果"), width=36),
        Column("resolution_number", _("决议编号"), page=False, width=22),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("title", "meeting__title", "resolution_number")),
        Choice("state", _("状态"), among=[one for one in ItemState.choices if one[0] != ItemState.WITHDRAWN]),
        Choice("kind", _("类别"), among=ItemKind),
        Days("held", _("日期"), by="meeting__starts_at", moments=True),
    ),
    keys=("meeting_id", "poll_id"),
    opens=lambda item: reverse("desk-meeting", args=[item.meeting_id]),
    beside=False,
    empty=_("没有这样的议题。在会议页面“增加议题”，或从建议案“列入议程”。"),
)

PEOPLE = List(
    "meeting-people",
    _("会议签到表"),
    lambda meeting: Invitation.objects.filter(meeting=meeting).order_by("role", "name", "pk"),
    (
        Column("name", _("姓名"), head=True, mask=mask_name, width=12),
        Column("unit", _("单位"), width=24),
        Column("role", _("身份"), kind=Kind.CHOICE, sort="role", width=16),
        Column("attendance", _("到会"), kind=Kind.CHOICE, sort="attendance", width=10),
        Column("signed_in_at", _("签到时间"), kind=Kind.MOMENT),
        Column("rules_acknowledged", _("已阅议事规则"), page=False, width=16),
    ),
    of=Meeting,
    needs=reads_here,
    related=("place",),
    filters=(
        Search("q", _("查找"), within=("name", "unit")),
        Choice("role", _("身份"), among=Role),
        Choice("attendance", _("到会"), among=Attendance),
    ),
    keys=("representative_id",),
    people=True,
    page=100,
    empty=_("没有这样的与会人员。"),
)
