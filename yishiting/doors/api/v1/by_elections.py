"""By-elections: vacant seats filled for the rest of the term."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import load, page_of, place_with
from yishiting.doors.api.v1.candidates import CandidateOut, published
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Standing
from yishiting.year.councils.models import ByElection, Candidate

router = Router(tags=["议事协商会 councils"])
RELATED = ("place", "term__place", "constituency", "notice__place")


class ByElectionOut(Standing):
    """A by-election; why it was called stays with the desk."""

    term_id: UUID
    constituency_id: UUID
    constituency: str
    seats: int
    called_on: date
    notice_id: UUID | None
    result_notice_id: UUID | None

    @staticmethod
    def resolve_constituency(by_election: ByElection) -> str:
        """The name of the constituency."""
        return by_election.constituency.name


@router.get("/", response=Paged[ByElectionOut], summary="补选")
def by_elections(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """The by-elections of a place, newest first."""
    rows = ByElection.objects.filter(place=place_with(place)).select_related("place", "constituency")
    return page_of(rows, page, size)


@router.get("/{uuid:pk}", response=ByElectionOut, summary="一次补选")
def by_election(request: HttpRequest, pk: UUID) -> ByElection:
    """One by-election."""
    return load(ByElection, pk, "place", "constituency")


@router.get("/{uuid:pk}/candidates", response=list[CandidateOut], summary="公示的补选候选人")
def by_election_candidates(request: HttpRequest, pk: UUID) -> list[Candidate]:
    """The candidates once they are published, each with only what they agreed to."""
    return published(load(ByElection, pk, *RELATED))


SHAPES[ByElection] = ByElectionOut
operations(router, ByElection, related=RELATED)
