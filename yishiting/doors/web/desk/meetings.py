"""会议 at the desk: the year's calendar, planning, notice, and the one screen a meeting is run from."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk import meetings_parts as parts
from yishiting.doors.web.desk.agenda_forms import OffForm
from yishiting.doors.web.desk.meetings_forms import (
    AmendForm,
    AttendanceForm,
    MaterialForm,
    MeetingFilters,
    MeetingForm,
    PostponeForm,
    starting_values,
)
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.refused import Refused
from yishiting.ground.files.actions import attach
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.places.models import Place
from yishiting.year.councils.models import Council
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import Meeting, MeetingKind
from yishiting.year.meetings.permissions import reads_meetings
from yishiting.year.meetings.queries import agenda, due_meetings, invitations, meetings_of, open_tasks

PAGE = 30
RELATED = ("place", "council", "notice", "minutes_approved_by")


@door(Place, needs=reads_meetings)
def meeting_list(request: Request, place: Place) -> HttpResponse:
    """The calendar of due meetings, every meeting, and what was taken on and is not done."""
    today, filters = timezone.localdate(), MeetingFilters(request.GET)
    rows = meetings_of(place)
    if filters.is_valid():
        rows = rows.filter(**{name: value for name, value in filters.cleaned_data.items() if value})
    shown = {
        "calendar": [(row, parts.due_verb(request, row, place)) for row in due_meetings(place, today.year, today)],
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "tasks": [(task, parts.task_verb(request, task)) for task in open_tasks(place)],
        "filters": filters,
        "plan": parts.plan_verb(request, place),
        "year": today.year,
        "crumbs": parts.crumbs(place),
    }
    return render(request, "desk/meetings.html", shown)


@door(Place, needs="meeting.plan")
def meeting_plan(request: Request, place: Place) -> HttpResponse:
    """Plan a meeting."""
    council = Council.objects.filter(place=place).select_related("place").first()
    if council is None:
        raise Refused(_("本地还没有成立议事协商会。请先在“议事协商会”里登记，再筹备会议。"))
    asked = request.GET.get("kind", "")
    kind = asked if asked in MeetingKind.values else MeetingKind.DELIBERATION.value
    title = f"{place.name}{timezone.localdate().year}年{MeetingKind(kind).label.split('（')[0]}"
    return perform(
        request,
        MeetingForm(request.POST or None, initial={"kind": kind, "title": title, "chair": str(request.person)}),
        lambda **words: actions.plan_meeting(council, by=request.actor, **words),
        page="desk/form.html",
        to=lambda meeting: reverse("desk-meeting", args=[meeting.pk]),
        done=_("已列入筹备。下一步：列入议题，然后发出通知。"),
        context={
            "title": _("筹备会议"),
            "submit": _("开始筹备"),
            "back": reverse("desk-meetings", args=[place.code]),
            "crumbs": parts.crumbs(place, Link(_("筹备会议"), "")),
        },
    )


@door(Meeting, needs=reads_meetings, related=RELATED)
def meeting(request: Request, meeting: Meeting) -> HttpResponse:
    """The one screen: where the meeting stands, its agenda with the next step of each item, people, papers, minutes."""
    items, people = agenda(meeting), invitations(meeting)
    shown = {
        "meeting": meeting,
        "facts": parts.facts(meeting),
        "verbs": parts.meeting_verbs(request, meeting, items),
        "items": [(item, parts.item_verbs(request, meeting, item)) for item in items],
        "people": parts.by_role(request, people),
        "person_count": len(people),
        "materials": papers(attachments_of(meeting)),
        "tasks": [(task, parts.task_verb(request, task)) for task in meeting.tasks.all()],
        "reviews": meeting.kind == MeetingKind.REVIEW,
        "quorum": parts.quorum_sentence(meeting, people),
        "crumbs": parts.crumbs(meeting.place, Link(meeting.title, "")),
    }
    return render(request, "desk/meeting.html", shown)


@door(Meeting, needs="meeting.amend", related=RELATED)
def meeting_amend(request: Request, meeting: Meeting) -> HttpResponse:
    """Change the plan."""
    form = AmendForm(request.POST or None, initial=starting_values(meeting))
    return ask(
        request, meeting, form, lambda **words: actions.amend_meeting(meeting, by=request.actor, **words),
        title=_("修改会议安排"), submit=_("保存"), done=_("已保存。"), about=meeting,
    )  # fmt: skip


@require_POST
@door(Meeting, needs="meeting.convene", related=RELATED)
def meeting_convene(request: Request, meeting: Meeting) -> HttpResponse:
    """Give notice."""
    done = _("已通知在任代表和列席人员。会议当天在这里登记签到、开会。")
    return press(request, meeting, lambda: actions.convene_meeting(meeting, by=request.actor), done)


@door(Meeting, needs="meeting.postpone", related=RELATED)
def meeting_postpone(request: Request, meeting: Meeting) -> HttpResponse:
    """Put the meeting on another day."""
    return ask(
        request, meeting, PostponeForm(request.POST or None),
        lambda **words: actions.postpone_meeting(meeting, by=request.actor, **words),
        title=_("会议改期"), submit=_("改期并告知"), done=_("已改期并告知与会人员。请重新发出通知。"),
        about=meeting,
    )  # fmt: skip


@door(Meeting, needs="meeting.cancel", related=RELATED)
def meeting_cancel(request: Request, meeting: Meeting) -> HttpResponse:
    """Cancel the meeting."""
    return ask(
        request, meeting, OffForm(request.POST or None),
        lambda reason: actions.cancel_meeting(meeting, by=request.actor, reason=reason),
        title=_("取消会议"), submit=_("取消会议"), done=_("会议已取消。"), kind="danger",
    )  # fmt: skip


@door(Meeting, needs="meeting.take_attendance", related=RELATED)
def meeting_attendance(request: Request, meeting: Meeting) -> HttpResponse:
    """Take over the paper sign-in sheet."""
    people = invitations(meeting)
    return ask(
        request, meeting, AttendanceForm(people, request.POST or None),
        lambda attendance: actions.take_attendance(meeting, by=request.actor, attendance=attendance),
        title=_("登记签到"), submit=_("保存签到"), done=_("签到已登记。"), page="desk/meeting_attendance.html",
    )  # fmt: skip


@require_POST
@door(Meeting, needs="meeting.open", related=RELATED)
def meeting_open(request: Request, meeting: Meeting) -> HttpResponse:
    """Open the meeting."""
    done = _("到会人数符合规定，会议开始。请按议程逐项办理。")
    return press(request, meeting, lambda: actions.open_meeting(meeting, by=request.actor), done)


@require_POST
@door(Meeting, needs="meeting.close", related=RELATED)
def meeting_close(request: Request, meeting: Meeting) -> HttpResponse:
    """Close the meeting."""
    done = _("已散会，纪要草稿已经写好。请核对后核定。")
    return press(request, meeting, lambda: actions.close_meeting(meeting, by=request.actor), done)


@door(Meeting, needs=parts.prepares, related=RELATED)
def meeting_material(request: Request, meeting: Meeting) -> HttpResponse:
    """Hang a paper on the meeting."""
    return ask(
        request, meeting, MaterialForm(request.POST or None, request.FILES or None),
        lambda upload, caption, public: attach(
            meeting, upload, by=request.actor, purpose="material", public=public, caption=caption
        ),
        title=_("增加会议材料"), submit=_("上传"), done=_("材料已上传。"),
    )  # fmt: skip


def ask(
    request: Request,
    meeting: Meeting,
    form: Any,
    verb: Callable[..., Any],
    *,
    title: str,
    submit: str,
    done: str,
    words: str = "",
    kind: str = "primary",
    page: str = "desk/form.html",
    about: BaseRecord | None = None,
) -> HttpResponse:
    """A form about a meeting, and back to its screen. `about` is what the person had before them and changes."""
    back = reverse("desk-meeting", args=[meeting.pk])
    context = {"title": title, "submit": submit, "words": words, "kind": kind, "back": back, "meeting": meeting}
    context["crumbs"] = parts.crumbs(meeting.place, Link(meeting.title, back), Link(title, ""))
    context["revision"] = about.token if about is not None else None
    return perform(request, form, verb, page=page, to=back, done=done, context=context)


def press(request: Request, meeting: Meeting, verb: Callable[[], Any], done: str) -> HttpResponse:
    """A button of the meeting's screen."""
    return act(request, verb, to=reverse("desk-meeting", args=[meeting.pk]), done=done)


urlpatterns = [
    path("p/<str:code>/meetings/", meeting_list, name="desk-meetings"),
    path("p/<str:code>/meetings/plan/", meeting_plan, name="meeting-plan"),
    path("meetings/<uuid:pk>/", meeting, name="desk-meeting"),
    path("meetings/<uuid:pk>/amend/", meeting_amend, name="meeting-amend"),
    path("meetings/<uuid:pk>/convene/", meeting_convene, name="meeting-convene"),
    path("meetings/<uuid:pk>/postpone/", meeting_postpone, name="meeting-postpone"),
    path("meetings/<uuid:pk>/cancel/", meeting_cancel, name="meeting-cancel"),
    path("meetings/<uuid:pk>/attendance/", meeting_attendance, name="meeting-attendance"),
    path("meetings/<uuid:pk>/open/", meeting_open, name="meeting-open"),
    path("meetings/<uuid:pk>/close/", meeting_close, name="meeting-close"),
    path("meetings/<uuid:pk>/material/", meeting_material, name="meeting-material"),
]
