"""Rounds of voting in an election."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.polls import PollOut
from yishiting.doors.api.v1.shapes import Thing
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.councils.models import ElectionRound
from yishiting.year.councils.states import RoundKind

router = Router(tags=["议事协商会 councils"])
RELATED = ("place", "constituency__term__place", "by_election__place", "poll__place", "assembly")


class RoundOut(Thing):
    """A round with its sheet and result."""

    constituency_id: UUID
    constituency: str
    by_election_id: UUID | None
    assembly_id: UUID | None
    poll_id: UUID
    poll_state: str
    number: int
    kind: RoundKind
    seats: int
    declared_on: date | None
    outcome: str
    poll: PollOut

    @staticmethod
    def resolve_constituency(election_round: ElectionRound) -> str:
        """The name of the constituency."""
        return election_round.constituency.name

    @staticmethod
    def resolve_poll_state(election_round: ElectionRound) -> str:
        """How far the count is."""
        return election_round.poll.state


@router.get("/{uuid:pk}", response=RoundOut, summary="一轮投票")
def one_round(request: HttpRequest, pk: UUID) -> ElectionRound:
    """One round with its sheet, for the desk."""
    kept = load(ElectionRound, pk, *RELATED)
    needs(request, reads_here, kept)
    return kept


SHAPES[ElectionRound] = RoundOut
operations(router, ElectionRound, related=RELATED)
