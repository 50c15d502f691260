"""Meetings that are due, those that are planned, who is expected, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import same_name
from yishiting.ground.notices.queries import Whom, reached_about
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.queries import contacts_in_force
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.rules import Voter
from yishiting.instruments.ballots.states import State as PollState
from yishiting.methods.strokes import by_strokes
from yishiting.year.councils.models import Representative
from yishiting.year.councils.queries import first_seated_on
from yishiting.year.meetings.models import (
    AgendaItem,
    Attendance,
    Invitation,
    Meeting,
    MeetingKind,
    MeetingTask,
    Role,
)
from yishiting.year.meetings.rules import Due, due_in
from yishiting.year.meetings.states import ItemState, State

DONE = (State.CLOSED, State.APPROVED, State.PUBLISHED)
AHEAD = (State.PLANNED, State.CONVENED, State.OPEN)


@dataclass(frozen=True, slots=True)
class DueMeeting:
    """A meeting the year asks for, the one planned for it, and how it stands on a day."""

    due: Due
    meeting: Meeting | None
    standing: str

    @property
    def label(self) -> str:
        """The word of its kind."""
        return str(MeetingKind(self.due.kind).label)


def due_meetings(
    place: Place, year: int, today: date | None = None, known: "Iterable[Meeting] | None" = None
) -> list[DueMeeting]:
    """The calendar of a place: each due meeting with `held`, `planned`, `open` (to be planned), `ahead` or `late`.

    What was due before a council first sat here nobody could hold, so it is left out.
    `known` are the meetings of that year, for a caller who has read them.
    """
    day = today or timezone.localdate()
    table = rules_for(place).listed("meeting.due")
    held = place.meetings.filter(starts_at__year=year) if known is None else known
    planned = {
        meeting.kind: meeting
        for meeting in sorted(held, key=lambda one: one.starts_at)
        if meeting.day.year == year and meeting.state != State.CANCELLED
    }
    since = first_seated_on(place) or date.min
    return [
        DueMeeting(due, planned.get(due.kind), _standing(due, planned.get(due.kind), day))
        for due in due_in(year, table)
        if due.closes >= since or due.kind in planned
    ]


def _standing(due: Due, meeting: Meeting | None, day: date) -> str:
    if meeting is not None and meeting.state in DONE:
        return "held"
    if day > due.closes:
        return "late"
    if meeting is not None:
        return "planned"
    return "open" if day >= due.opens else "ahead"


def meetings_of(place: Place) -> "QuerySet[Meeting]":
    """Every meeting of a place, newest first, with the number of its items."""
    listed = Count("items", filter=~Q(items__state=ItemState.WITHDRAWN))
    return place.meetings.select_related("place", "council").annotate(item_count=listed).order_by("-starts_at")


def meetings_ahead(place: Place) -> "QuerySet[Meeting]":
    """Meetings of a place that can still take items, soonest first."""
    return place.acting.meetings.filter(state__in=AHEAD).select_related("place").order_by("starts_at")


def published_meetings(place: Place) -> "QuerySet[Meeting]":
    """Meetings whose minutes are public, and those announced, newest first."""
    return place.meetings.filter(state__in=[State.CONVENED, State.OPEN, *DONE])


def serving_on(meeting: Meeting) -> list[Representative]:
    """The representatives in office on the day of the meeting: they and nobody else are due."""
    rows = Representative.objects.serving(meeting.day).filter(place_id=meeting.place_id)
    return sorted(rows.select_related("person", "constituency", "term"), key=lambda one: by_strokes(one.name))


def invitations(meeting: Meeting) -> list[Invitation]:
    """Everyone invited, members first, by the strokes of their names."""
    rows = list(
        meeting.invitations.select_related("representative__constituency", "representative__candidate", "person")
    )
    order = list(Role.values)
    return sorted(rows, key=lambda one: (order.index(one.role), by_strokes(one.name)))


def members(meeting: Meeting) -> list[Invitation]:
    """The members due, in the order of the roster."""
    return [one for one in invitations(meeting) if one.role == Role.MEMBER]


def lawyer_asked(meeting: Meeting) -> bool:
    """Whether a lawyer has been asked to attend."""
    return meeting.invitations.filter(role=Role.LAWYER).exists()


def agenda(meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting in order, without those taken off."""
    return list(meeting.items.exclude(state=ItemState.WITHDRAWN).select_related("poll", "place", "meeting__place"))


def voters(meeting: Meeting, recused: dict[str, str]) -> list[Voter]:
    """The members as the vote writes them down: present now, standing aside for the reason given."""
    return [
        Voter(
            key=str(one.representative_id),
            name=one.name,
            present=one.attendance == Attendance.PRESENT,
            recused=recused.get(str(one.pk), ""),
        )
        for one in members(meeting)
    ]


def counted_as_present(meeting: Meeting) -> set[str]:
    """The keys of the representatives whom a vote of this meeting has counted as present."""
    polls = [item.poll for item in agenda(meeting) if item.poll is not None and item.poll.state != PollState.VOID]
    return {one["key"] for poll in polls for one in poll.entitled if one["present"]}


def open_tasks(place: Place) -> "QuerySet[MeetingTask]":
    """What was taken on at meetings of a place and is not done, by date."""
    return MeetingTask.objects.filter(place=place, done_on__isnull=True).select_related("meeting", "item")


def invitations_of(person: Person) -> list[Invitation]:
    """The meetings ahead a person is invited to, soonest first."""
    rows = Invitation.objects.filter(person=person, meeting__state__in=[State.CONVENED, State.OPEN])
    return list(rows.select_related("meeting__place", "place", "representative").order_by("meeting__starts_at"))


@dataclass(frozen=True, slots=True)
class VoteTaken:
    """One vote a representative was due at, and whether they took part; never how they voted."""

    item: AgendaItem
    part: str


def votes_of(person: Person) -> list[VoteTaken]:
    """The votes of the meetings a person was a member of, newest first: took part, stood aside or was absent."""
    keys = {str(pk) for pk in person.seats.values_list("pk", flat=True)}
    rows = AgendaItem.objects.filter(
        meeting__invitations__person=person, meeting__invitations__role=Role.MEMBER, state=ItemState.DECIDED
    )
    items = rows.select_related("poll", "meeting__place").order_by("-meeting__starts_at", "position")
    return [VoteTaken(item, part) for item in items if (part := _part(item, keys))]


def _part(item: AgendaItem, keys: set[str]) -> str:
    if item.poll is None:
        return ""
    if any(one["key"] in keys for one in item.poll.recused):
        return "recused"
    mine = [one for one in item.poll.entitled if one["key"] in keys]
    return "" if not mine else "present" if mine[0]["present"] else "absent"


def names(people: Iterable[Invitation], *attendance: str) -> list[str]:
    """The names of those who came, stayed away or asked for leave."""
    return [one.name for one in people if one.attendance in attendance]


def whom(invitation: Invitation) -> Whom:
    """Who is invited, with all that is on file of how they are reached."""
    seat, unit = invitation.representative, invitation.organisation
    if invitation.person is None and unit is not None and seat is None:
        return _of_a_unit(invitation, unit)
    phone = seat.candidate.phone if seat is not None and seat.candidate is not None else ""
    return Whom(name=invitation.name, person=invitation.person, phone=phone, unit=invitation.unit)


def _of_a_unit(invitation: Invitation, unit: Organisation) -> Whom:
    """Of a unit that is invited: the contact of that name, or whoever else acts for it."""
    known = contacts_in_force(unit)
    contact = next((one for one in known if same_name(one.name, invitation.name)), known[0] if known else None)
    if contact is None:
        return Whom(name=invitation.name, phone=unit.contact_phone or unit.telephone, unit=invitation.unit)
    account = Person.objects.with_phone(contact.phone).first()
    return Whom(name=invitation.name, person=account, phone=contact.phone, unit=invitation.unit)


def reached(meeting: Meeting) -> set[str]:
    """The keys of those to whom a message about this meeting went."""
    return reached_about(f"meeting:{meeting.pk}:")
