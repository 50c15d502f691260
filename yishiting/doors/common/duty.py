"""履职记录: what a representative was due at and took part in. It counts nothing against anybody and ranks nobody."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from yishiting.year.councils.models import Outreach, Representative
from yishiting.year.meetings.models import AgendaItem, Attendance, Invitation, Role
from yishiting.year.meetings.states import ItemState
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Finding, Supervisor
from yishiting.year.suggestions.models import Suggestion

PRESENT, ABSENT, RECUSED = "present", "absent", "recused"
HELD = (MeetingState.CLOSED, MeetingState.APPROVED, MeetingState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Duty:
    """One representative's record, each part a list that can be opened."""

    representative: Representative
    invitations: Sequence[Invitation] = ()
    votes: Sequence[tuple[AgendaItem, str]] = ()
    suggestions: Sequence[Suggestion] = ()
    supervisions: Sequence[Supervisor] = ()
    findings: Sequence[Finding] = ()
    outreach: Sequence[Outreach] = ()
    came: Counter[str] = field(default_factory=Counter)

    @property
    def present(self) -> int:
        """Meetings attended, whole or in part."""
        return self.came[Attendance.PRESENT] + self.came[Attendance.LEFT]

    @property
    def excused(self) -> int:
        """Meetings asked leave from."""
        return self.came[Attendance.EXCUSED]

    @property
    def voted(self) -> int:
        """Votes taken part in; how is nobody's business."""
        return sum(part == PRESENT for _, part in self.votes)


def duty_records(representatives: Iterable[Representative]) -> list[Duty]:
    """The records of these representatives, in the order given, with as many queries for one as for fifteen."""
    seats = list(representatives)
    keys, people = [seat.pk for seat in seats], [seat.person_id for seat in seats if seat.person_id]
    invited = list(
        Invitation.objects.filter(representative__in=keys, role=Role.MEMBER, meeting__state__in=HELD)
        .select_related("meeting")
        .order_by("-meeting__starts_at")
    )
    decided = list(
        AgendaItem.objects.filter(place__in={seat.place_id for seat in seats}, state=ItemState.DECIDED)
        .exclude(poll=None)
        .select_related("poll", "meeting")
        .order_by("-meeting__starts_at", "position")
    )
    said = list(Suggestion.objects.standing().filter(proposer__in=people).order_by("-received_on"))
    supervised = list(Supervisor.objects.filter(representative__in=keys).select_related("project"))
    called = list(Outreach.objects.standing().filter(representative__in=keys).select_related("representative", "place"))
    found = list(Finding.objects.filter(found_by__in=people).select_related("project"))
    return [
        Duty(
            seat,
            invitations=(mine := [one for one in invited if one.representative_id == seat.pk]),
            votes=_votes(seat, decided),
            suggestions=[one for one in said if one.proposer_id == seat.person_id and _during(seat, one)],
            supervisions=[one for one in supervised if one.representative_id == seat.pk],
            outreach=[one for one in called if one.representative_id == seat.pk],
            findings=[one for one in found if one.found_by_id == seat.person_id],
            came=Counter(one.attendance for one in mine),
        )
        for seat in seats
    ]


def _votes(seat: Representative, decided: Sequence[AgendaItem]) -> list[tuple[AgendaItem, str]]:
    """The votes this seat was due at, with whether its holder took part, stood aside or was not there."""
    key, found = str(seat.pk), []
    for item in decided:
        if item.poll is None:
            continue
        mine = next((one for one in item.poll.entitled if one["key"] == key), None)
        if mine is not None:
            aside = any(one["key"] == key for one in item.poll.recused)
            found.append((item, RECUSED if aside else PRESENT if mine["present"] else ABSENT))
    return found


def _during(seat: Representative, suggestion: Suggestion) -> bool:
    return seat.since <= suggestion.received_on and (seat.until is None or suggestion.received_on <= seat.until)
