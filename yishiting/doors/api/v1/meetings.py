"""Meetings, from the plan to the published minutes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from yishiting.doors.api.v1.base import (
    actor_of,
    allows,
    chosen,
    found,
    load,
    load_all,
    needs,
    operation,
    page_of,
    place_with,
    under,
)
from yishiting.doors.api.v1.invitations import InvitationOut
from yishiting.doors.api.v1.items import ItemAtDesk, ItemIn, ItemOut
from yishiting.doors.api.v1.shapes import (
    Body,
    Code,
    Line,
    LineOr,
    Name,
    Paged,
    Reason,
    ShortOr,
    Standing,
    TitleOr,
    Words,
)
from yishiting.doors.api.v1.tasks import TaskOut
from yishiting.ground.accounts.models import Person
from yishiting.year.councils.models import Council
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import AgendaItem, Attendance, Invitation, Meeting, MeetingKind, MeetingTask, Role
from yishiting.year.meetings.permissions import reads_meetings
from yishiting.year.meetings.queries import AHEAD, DONE, agenda, invitations, meetings_of
from yishiting.year.meetings.states import State

router = Router(tags=["会议 meetings"])
RELATED = ("place", "council__place", "notice", "minutes_approved_by")
ANNOUNCED = tuple(state for state in (*AHEAD, *DONE) if state != State.PLANNED)


class MeetingLine(Standing):
    """A meeting as lists show it."""

    council_id: UUID
    kind: MeetingKind
    title: str
    starts_at: datetime
    venue: str
    convened_on: date | None
    opened_at: datetime | None
    closed_at: datetime | None
    due_count: int
    present_count: int
    observer_count: int
    rules_label: str


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


class MeetingPlanIn(Body):
    """A meeting of the council of a place; one outside the calendar names who consented to it."""

    place: Code
    kind: MeetingKind
    title: Line
    starts_at: datetime
    venue: Line
    purpose: Words = ""
    chair: ShortOr = ""
    recorder: ShortOr = ""
    consent: TitleOr = ""


class MeetingAmendIn(Body):
    """What changes of a meeting that has not been announced; what is left out stays."""

    title: Line | None = None
    starts_at: datetime | None = None
    venue: Line | None = None
    purpose: Words | None = None
    chair: ShortOr | None = None
    recorder: ShortOr | None = None
    consent: TitleOr | None = None


class InviteIn(Body):
    """Somebody who attends without a vote."""

    role: Role
    name: Name
    unit: str = Field(default="", max_length=80)
    person: UUID | None = None


class PostponeIn(Body):
    """The new day, and why."""

    starts_at: datetime
    reason: Words
    venue: LineOr = ""


class AttendanceIn(Body):
    """The sign-in sheet: each invitation and whether its person came."""

    attendance: dict[UUID, Attendance] = Field(max_length=1000)


class MinutesIn(Body):
    """The words of the minutes."""

    minutes: str = Field(max_length=200_000)


class TaskIn(Body):
    """What somebody takes on, and by when."""

    what: Words = Field(min_length=1)
    who: Name
    due: date
    item: UUID | None = None


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


@router.get("/desk", response=Paged[MeetingLine], summary="工作台的会议")
def meetings_at_desk(
    request: HttpRequest, place: str, state: State | None = None, page: int = 1, size: int = 50
) -> dict[str, Any]:
    """Every meeting of one place, the planned and the cancelled too."""
    here = place_with(place)
    needs(request, reads_meetings, here)
    return page_of(chosen(meetings_of(here), state=state), page, size)


@router.get("/{uuid:pk}", response=MeetingOut, summary="一次会议")
def meeting(request: HttpRequest, pk: UUID) -> Meeting:
    """One meeting that has been announced: its agenda, what each item came to, the published minutes."""
    kept = load(Meeting, pk, *RELATED)
    shown: Meeting = found(kept if kept.state != State.PLANNED or allows(request, reads_meetings, kept) else None)
    return shown


@router.get("/{uuid:pk}/desk", response=MeetingAtDesk, summary="会议现场")
def meeting_at_desk(request: HttpRequest, pk: UUID) -> Meeting:
    """One meeting with its people, its notes and the draft of its minutes, for the desk."""
    kept = load(Meeting, pk, *RELATED)
    needs(request, reads_meetings, kept)
    return kept


@operation(router, "/", "meeting.plan", {201: MeetingAtDesk})
def plan(request: HttpRequest, said: MeetingPlanIn) -> Meeting:
    council = found(Council.objects.select_related("place").filter(place=place_with(said.place)).first())
    return actions.plan_meeting(council, by=actor_of(request), **said.model_dump(exclude={"place"}))


@operation(router, "/{uuid:pk}/amend", "meeting.amend", MeetingAtDesk)
def amend(request: HttpRequest, pk: UUID, said: MeetingAmendIn) -> Meeting:
    return actions.amend_meeting(
        load(Meeting, pk, *RELATED), by=actor_of(request), **said.model_dump(exclude_none=True)
    )


@operation(router, "/{uuid:pk}/invitations", "meeting.invite", {201: InvitationOut})
def invite(request: HttpRequest, pk: UUID, said: InviteIn) -> Invitation:
    person = load_all(Person, [said.person], "person")[0] if said.person else None
    given = said.model_dump(exclude={"person"})
    return actions.invite(load(Meeting, pk, *RELATED), by=actor_of(request), person=person, **given)


@operation(router, "/{uuid:pk}/items", "item.add", {201: ItemAtDesk})
def add_item(request: HttpRequest, pk: UUID, said: ItemIn) -> AgendaItem:
    return actions.add_item(load(Meeting, pk, *RELATED), by=actor_of(request), **said.model_dump())


@operation(router, "/{uuid:pk}/convene", "meeting.convene", MeetingAtDesk)
def convene(request: HttpRequest, pk: UUID) -> Meeting:
    return actions.convene_meeting(load(Meeting, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/postpone", "meeting.postpone", MeetingAtDesk)
def postpone(request: HttpRequest, pk: UUID, said: PostponeIn) -> Meeting:
    return actions.postpone_meeting(load(Meeting, pk, *RELATED), by=actor_of(request), **said.model_dump())


@operation(router, "/{uuid:pk}/cancel", "meeting.cancel", MeetingAtDesk)
def cancel(request: HttpRequest, pk: UUID, said: Reason) -> Meeting:
    return actions.cancel_meeting(load(Meeting, pk, *RELATED), by=actor_of(request), reason=said.reason)


@operation(router, "/{uuid:pk}/attendance", "meeting.take_attendance", MeetingAtDesk)
def attendance(request: HttpRequest, pk: UUID, said: AttendanceIn) -> Meeting:
    sheet = {str(one): came for one, came in said.attendance.items()}
    return actions.take_attendance(load(Meeting, pk, *RELATED), by=actor_of(request), attendance=sheet)


@operation(router, "/{uuid:pk}/open", "meeting.open", MeetingAtDesk)
def open_one(request: HttpRequest, pk: UUID) -> Meeting:
    return actions.open_meeting(load(Meeting, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/close", "meeting.close", MeetingAtDesk)
def close(request: HttpRequest, pk: UUID) -> Meeting:
    return actions.close_meeting(load(Meeting, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/minutes", "meeting.write_minutes", MeetingAtDesk)
def write_minutes(request: HttpRequest, pk: UUID, said: MinutesIn) -> Meeting:
    return actions.write_minutes(load(Meeting, pk, *RELATED), by=actor_of(request), minutes=said.minutes)


@operation(router, "/{uuid:pk}/minutes/approve", "meeting.approve_minutes", MeetingAtDesk)
def approve_minutes(request: HttpRequest, pk: UUID) -> Meeting:
    return actions.approve_minutes(load(Meeting, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/minutes/publish", "meeting.publish_minutes", MeetingAtDesk)
def publish_minutes(request: HttpRequest, pk: UUID) -> Meeting:
    return actions.publish_minutes(load(Meeting, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/tasks", "task.assign", {201: TaskOut})
def assign_task(request: HttpRequest, pk: UUID, said: TaskIn) -> MeetingTask:
    meeting = load(Meeting, pk, *RELATED)
    item = found(meeting.items.filter(pk=said.item).first()) if said.item else None
    given = said.model_dump(exclude={"item"})
    return actions.assign_task(meeting, by=actor_of(request), item=item, **given)
