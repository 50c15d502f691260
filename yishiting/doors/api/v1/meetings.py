"""Meetings, from the plan to the published minutes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router
from pydantic import Field

from yishiting.doors.api.v1.base import (
    actor_of,
    allows,
    chosen,
    found,
    load,
    needs,
    operation,
    page_of,
    under,
)
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.invitations import InvitationOut
from yishiting.doors.api.v1.items import ItemAtDesk, ItemOut
from yishiting.doors.api.v1.shapes import (
    Body,
    Paged,
    Standing,
)
from yishiting.doors.api.v1.tasks import TaskOut
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import AgendaItem, Attendance, Invitation, Meeting, MeetingKind, MeetingTask
from yishiting.year.meetings.queries import AHEAD, DONE, agenda, invitations
from yishiting.year.meetings.states import State

router = Router(tags=["会议 meetings"])
RELATED = ("place", "council__place", "notice", "minutes_approved_by")
ANNOUNCED = tuple(state for state in (*AHEAD, *DONE) if state != State.PLANNED)


class MeetingLine(ModelSchema, Standing):
    """A meeting as lists show it."""

    council_id: UUID
    kind: MeetingKind

    class Meta:
        model = Meeting
        fields = [
            "title", "starts_at", "venue", "convened_on", "opened_at", "closed_at", "due_count", "present_count",
            "observer_count", "rules_label",
        ]  # fmt: skip


class MeetingOut(MeetingLine):
    """A meeting as everyone may read it; its minutes once they are published."""

    purpose: str
    items: list[ItemOut]
    minutes: str
    minutes_approved_on: date | None
    notice_id: UUID | None

    @staticmethod
    def resolve_items(meeting: Meeting) -> list[AgendaItem]:
        """The agenda in order."""
        return agenda(meeting)

    @staticmethod
    def resolve_minutes(meeting: Meeting) -> str:
        """Nothing before they are published."""
        return meeting.minutes if meeting.state == State.PUBLISHED else ""


class MeetingAtDesk(MeetingLine):
    """A meeting as the desk has it before it: agenda, people, tasks, the draft of the minutes."""

    purpose: str
    consent: str
    chair: str
    recorder: str
    minutes: str
    minutes_approved_on: date | None
    notice_id: UUID | None
    cancel_reason: str
    items: list[ItemAtDesk]
    people: list[InvitationOut]
    tasks: list[TaskOut]

    @staticmethod
    def resolve_items(meeting: Meeting) -> list[AgendaItem]:
        """The agenda in order."""
        return agenda(meeting)

    @staticmethod
    def resolve_people(meeting: Meeting) -> list[Invitation]:
        """Everyone invited, members first."""
        return invitations(meeting)

    @staticmethod
    def resolve_tasks(meeting: Meeting) -> list[MeetingTask]:
        """What was taken on."""
        return list(meeting.tasks.select_related("place"))


class AttendanceIn(Body):
    """The sign-in sheet: each invitation and whether its person came."""

    attendance: dict[UUID, Attendance] = Field(max_length=1000)


@router.get("/", response=Paged[MeetingLine], summary="会议")
def meetings(
    request: HttpRequest,
    place: str = "",
    kind: MeetingKind | None = None,
    state: State | None = None,
    page: int = 1,
    size: int = 50,
) -> dict[str, Any]:
    """Meetings announced and held at a place and below it, newest first."""
    rows = Meeting.objects.filter(state__in=ANNOUNCED).select_related("place")
    return page_of(chosen(under(rows, place), kind=kind, state=state), page, size)


@router.get("/{uuid:pk}", response=MeetingOut, summary="一次会议")
def meeting(request: HttpRequest, pk: UUID) -> Meeting:
    """One meeting that has been announced: its agenda, what each item came to, the published minutes."""
    kept = load(Meeting, pk, *RELATED)
    shown: Meeting = found(kept if kept.state != State.PLANNED or allows(request, reads_here, kept) else None)
    return shown


@router.get("/{uuid:pk}/desk", response=MeetingAtDesk, summary="会议现场")
def meeting_at_desk(request: HttpRequest, pk: UUID) -> Meeting:
    """One meeting with its people, its notes and the draft of its minutes, for the desk."""
    kept = load(Meeting, pk, *RELATED)
    needs(request, reads_here, kept)
    return kept


@operation(router, "/{uuid:pk}/attendance", "meeting.take_attendance", MeetingAtDesk)
def attendance(request: HttpRequest, pk: UUID, said: AttendanceIn) -> Meeting:
    sheet = {str(one): came for one, came in said.attendance.items()}
    return actions.take_attendance(load(Meeting, pk, *RELATED), by=actor_of(request), attendance=sheet)


SHAPES[Meeting] = MeetingAtDesk
SHAPES[MeetingTask] = TaskOut
operations(router, Meeting, related=RELATED, done=("meeting.take_attendance",))
