"""纪要、任务 and the sheets to print: pack, sign-in sheet, minutes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk import meetings_parts as parts
from yishiting.doors.web.desk.confirming import confirm
from yishiting.doors.web.desk.meetings import RELATED, ask, press
from yishiting.doors.web.desk.meetings_forms import MinutesForm, TaskForm
from yishiting.doors.web.desk.meetings_parts import by_role, facts
from yishiting.doors.web.shared.debate import card
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.files.queries import attachments_of
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import Meeting, MeetingTask
from yishiting.year.meetings.permissions import reads_meetings
from yishiting.year.meetings.queries import agenda, invitations, members, serving_on


@door(Meeting, needs="meeting.write_minutes", related=RELATED)
def meeting_minutes(request: Request, meeting: Meeting) -> HttpResponse:
    """Put the draft into its final words."""
    return ask(
        request, meeting, MinutesForm(request.POST or None, initial={"minutes": meeting.minutes}),
        lambda minutes: actions.write_minutes(meeting, by=request.actor, minutes=minutes),
        title=_("修改纪要"), submit=_("保存"), done=_("纪要已保存。核定以后不能再改。"),
        words=_("草稿按会上的记录写成。请补充、改正，不要删去决议编号。"), about=meeting,
    )  # fmt: skip


@require_POST
@door(Meeting, needs="meeting.approve_minutes", related=RELATED)
def meeting_approve(request: Request, meeting: Meeting) -> HttpResponse:
    """Approve the minutes."""
    done = _("纪要已核定。")
    return press(request, meeting, lambda: actions.approve_minutes(meeting, by=request.actor), done)


@door(Meeting, needs="meeting.publish_minutes", related=RELATED)
def meeting_publish(request: Request, meeting: Meeting) -> HttpResponse:
    """Publish the minutes."""
    back = reverse("desk-meeting", args=[meeting.pk])
    return confirm(
        request, lambda: actions.publish_minutes(meeting, by=request.actor),
        title=_("公布纪要"), back=back, crumbs=parts.crumbs(meeting.place, Link(meeting.title, back)), about=meeting,
        words=_("核定的纪要和各项决议马上公开，并贴上公告栏。公布以后不能收回。"), done=_("纪要已公布。"),
    )  # fmt: skip


@door(Meeting, needs="task.assign", related=RELATED)
def task_assign(request: Request, meeting: Meeting) -> HttpResponse:
    """Note what somebody took on."""
    return ask(
        request, meeting, TaskForm(request.POST or None),
        lambda **words: actions.assign_task(meeting, by=request.actor, **words),
        title=_("记录会议任务"), submit=_("记录"), done=_("任务已记录。"),
    )  # fmt: skip


@require_POST
@door(MeetingTask, needs="task.finish", related=("place", "meeting"))
def task_finish(request: Request, task: MeetingTask) -> HttpResponse:
    """Note that a task is done."""
    to = reverse("desk-meeting", args=[task.meeting_id])
    return act(request, lambda: actions.finish_task(task, by=request.actor), to=to, done=_("任务已登记完成。"))


@door(Meeting, needs=reads_meetings, related=RELATED)
def meeting_pack(request: Request, meeting: Meeting) -> HttpResponse:
    """The whole pack on one page to print: notice, agenda with texts, papers, rules of debate."""
    shown = {
        "meeting": meeting,
        "facts": facts(meeting),
        "items": agenda(meeting),
        "people": by_role(request, invitations(meeting)),
        "materials": papers(attachments_of(meeting)),
        "card": card(meeting.place),
        "back": reverse("desk-meeting", args=[meeting.pk]),
    }
    return render(request, "desk/meeting_pack.html", shown)


@door(Meeting, needs=reads_meetings, related=RELATED)
def meeting_sheet(request: Request, meeting: Meeting) -> HttpResponse:
    """The sign-in sheet to print; before notice is given, the representatives in office that day."""
    due = members(meeting)
    expected = [(one.name, one.unit) for one in due] or [(r.name, r.constituency.name) for r in serving_on(meeting)]
    others = [one for one in invitations(meeting) if one not in due]
    shown = {
        "meeting": meeting,
        "expected": expected,
        "others": others,
        "back": reverse("desk-meeting", args=[meeting.pk]),
    }
    return render(request, "desk/meeting_sheet.html", shown)


urlpatterns = [
    path("meetings/<uuid:pk>/minutes/", meeting_minutes, name="meeting-minutes"),
    path("meetings/<uuid:pk>/approve/", meeting_approve, name="meeting-approve"),
    path("meetings/<uuid:pk>/publish/", meeting_publish, name="meeting-publish"),
    path("meetings/<uuid:pk>/tasks/add/", task_assign, name="task-assign"),
    path("meetings/<uuid:pk>/pack/", meeting_pack, name="meeting-pack"),
    path("meetings/<uuid:pk>/sheet/", meeting_sheet, name="meeting-sheet"),
    path("tasks/<uuid:pk>/finish/", task_finish, name="task-finish"),
]
