"""会议 at the desk: the year's calendar, planning, notice, and the one screen a meeting is run from."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.meetings import ITEMS, MEETINGS, PEOPLE, TASKS
from yishiting.doors.web.desk import meetings_parts as parts
from yishiting.doors.web.desk.meetings_forms import (
    AttendanceForm,
    MaterialForm,
)
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, address_of, know
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.refused import Refused
from yishiting.ground.files.actions import attach
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.councils.models import Council
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import AgendaItem, Invitation, Meeting, MeetingKind, MeetingTask
from yishiting.year.meetings.queries import agenda, due_meetings, invitations, open_tasks

TASKS_SHOWN = 20
RELATED = ("place", "council", "notice", "minutes_approved_by")

know(
    Noun(
        Meeting,
        pages={"desk": "desk-meeting", "public": "meeting"},
        lists={"desk": ("desk-meetings", gettext_lazy("会议"))},
        related=RELATED,
        by_hand={"meeting.take_attendance": "meeting-attendance"},
        called=lambda meeting: meeting.title,
    ),
    Noun(
        AgendaItem,
        part_of="meeting",
        related=("place", "meeting__place", "meeting__council__place", "poll"),
        by_hand={"item.put_to_vote": "item-vote", "item.decide": "item-decide"},
        called=lambda item: item.title,
    ),
    Noun(MeetingTask, part_of="meeting", related=("place", "meeting__place"), called=lambda task: task.what),
    Noun(
        Invitation,
        pages={"council": "my-meeting"},
        part_of="meeting",
        related=("place", "meeting__place", "representative", "person"),
        called=lambda invitation: invitation.meeting.title,
    ),
    Noun(Council, pages={"desk": "desk-council"}, of_place=True, related=("place",)),
)


def _around(request: Request, place: Place) -> Around:
    """The calendar of due meetings, every meeting, and what was taken on and is not done."""
    today, plan = timezone.localdate(), parts.plan_verb(request, place)
    tasks = [(task, parts.task_verb(request, task)) for task in open_tasks(place)[:TASKS_SHOWN]]
    return Around(
        _("会议"),
        parts.crumbs(place),
        verbs=[plan] if plan else [],
        links=[
            Link(_("议题"), reverse("desk-items", args=[place.code])),
            Link(_("会议任务"), reverse("desk-tasks", args=[place.code])),
        ],
        more={
            "calendar": [(row, parts.due_verb(request, row, place)) for row in due_meetings(place, today.year, today)],
            "tasks": tasks,
            "year": today.year,
        },
    )


def _around_tasks(request: Request, place: Place) -> Around:
    """What was taken on at meetings, done or not."""

    def buttons(task: MeetingTask) -> list[Button]:
        found = parts.task_verb(request, task)
        return [found] if found else []

    return Around(_("会议任务"), parts.crumbs(place, Link(_("会议任务"), "")), buttons=buttons)


def _around_items(request: Request, place: Place) -> Around:
    """What was put before the council, at all meetings."""
    return Around(_("议题"), parts.crumbs(place, Link(_("议题"), "")))


def _around_people(request: Request, meeting: Meeting) -> Around:
    """Who was invited to a meeting, and who came."""
    back = Link(meeting.title, reverse("desk-meeting", args=[meeting.pk]))
    return Around(_("与会人员"), parts.crumbs(meeting.place, back, Link(_("与会人员"), "")))


@door(Place, needs="meeting.plan")
def meeting_plan(request: Request, place: Place) -> HttpResponse:
    """Plan a meeting."""
    council = Council.objects.filter(place=place).select_related("place").first()
    if council is None:
        raise Refused(_("本地还没有成立议事协商会。请先在“议事协商会”里登记，再筹备会议。"))
    kind = request.GET.get("kind", "")
    return redirect(address_of("meeting.plan", council) + (f"?kind={kind}" if kind in MeetingKind.values else ""))


@door(Meeting, needs=reads_here, related=RELATED)
def meeting(request: Request, meeting: Meeting) -> HttpResponse:
    """The one screen: where the meeting stands, its agenda with the next step of each item, people, papers, minutes."""
    items, people = agenda(meeting), invitations(meeting)
    shown = {
        "meeting": meeting,
        "facts": [*parts.facts(meeting), *parts.attending(meeting, items, people)],
        "verbs": parts.meeting_verbs(request, meeting, items),
        "items": [(item, parts.item_verbs(request, meeting, item)) for item in items],
        "people": parts.by_role(request, people),
        "person_count": len(people),
        "materials": papers(attachments_of(meeting), request),
        "tasks": [
            (task, parts.task_verb(request, task), parts.task_mending(request, task)) for task in meeting.tasks.all()
        ],
        "assign": parts.assign_verb(request, meeting),
        "reviews": meeting.kind == MeetingKind.REVIEW,
        "quorum": parts.quorum_sentence(meeting, people),
        "crumbs": parts.crumbs(meeting.place, Link(meeting.title, "")),
    }
    return render(request, "desk/meeting.html", shown)


@door(Meeting, needs="meeting.take_attendance", related=RELATED)
def meeting_attendance(request: Request, meeting: Meeting) -> HttpResponse:
    """Take over the paper sign-in sheet."""
    people = invitations(meeting)
    return ask(
        request, meeting, AttendanceForm(people, request.POST or None),
        lambda attendance: actions.take_attendance(meeting, by=request.actor, attendance=attendance),
        title=_("登记签到"), submit=_("保存签到"), done=_("签到已登记。"), page="desk/meeting_attendance.html",
    )  # fmt: skip


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


urlpatterns = [
    path("p/<str:code>/tasks/", list_page(TASKS, _around_tasks), name="desk-tasks"),
    path("p/<str:code>/agenda-items/", list_page(ITEMS, _around_items), name="desk-items"),
    path("meetings/<uuid:pk>/people/", list_page(PEOPLE, _around_people), name="meeting-people"),
    path("p/<str:code>/meetings/", list_page(MEETINGS, _around, "desk/meetings.html"), name="desk-meetings"),
    path("p/<str:code>/meetings/plan/", meeting_plan, name="meeting-plan"),
    path("meetings/<uuid:pk>/", meeting, name="desk-meeting"),
    path("meetings/<uuid:pk>/attendance/", meeting_attendance, name="meeting-attendance"),
    path("meetings/<uuid:pk>/material/", meeting_material, name="meeting-material"),
]
