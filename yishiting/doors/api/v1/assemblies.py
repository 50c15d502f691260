"""The residents' representative assembly: who is entitled, who came, who counts."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Thing
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.councils.models import Assembly

router = Router(tags=["议事协商会 councils"])
RELATED = ("place", "term__place", "by_election__place", "by_election__constituency")


class VoterOut(Schema):
    """Somebody entitled to vote."""

    key: str
    name: str
    unit: str
    present: bool


class AssemblyOut(Thing):
    """An assembly with its roll, for the desk."""

    term_id: UUID
    by_election_id: UUID | None
    held_on: date
    venue: str
    chair: str
    recorder: str
    voters: list[VoterOut]
    tellers: dict[str, list[str]]


@router.get("/{uuid:pk}", response=AssemblyOut, summary="居民代表会议")
def assembly(request: HttpRequest, pk: UUID) -> Assembly:
    """One assembly with its roll, for the desk."""
    kept = load(Assembly, pk, "place")
    needs(request, reads_here, kept)
    return kept


SHAPES[Assembly] = AssemblyOut
operations(router, Assembly, related=RELATED)
