"""The residents' representative assembly: who is entitled, who came, who counts."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, load, needs, operation
from yishiting.doors.api.v1.shapes import Body, Name, ShortOr, Thing
from yishiting.year.councils.actions import appoint_tellers, sign_in_voters
from yishiting.year.councils.models import Assembly
from yishiting.year.councils.permissions import reads_council

router = Router(tags=["议事协商会 councils"])
RELATED = ("place", "term__place", "by_election__place")


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


class AssemblyIn(Body):
    """When and where the assembly meets, and who is entitled: one person a line, the name, a blank, the building."""

    held_on: date
    venue: Annotated[str, Field(min_length=1, max_length=80)]
    roll: Annotated[str, Field(max_length=200_000)]
    chair: ShortOr = ""
    recorder: ShortOr = ""


class PresentIn(Body):
    """The keys of those who came."""

    present: list[Annotated[str, Field(max_length=10)]] = Field(max_length=5000)


class TellersIn(Body):
    """Who watches, counts, calls and writes."""

    chief: list[Name] = Field(default=[], max_length=20)
    watcher: list[Name] = Field(default=[], max_length=20)
    counter: list[Name] = Field(default=[], max_length=20)
    caller: list[Name] = Field(default=[], max_length=20)
    writer: list[Name] = Field(default=[], max_length=20)


@router.get("/{uuid:pk}", response=AssemblyOut, summary="居民代表会议")
def assembly(request: HttpRequest, pk: UUID) -> Assembly:
    """One assembly with its roll, for the desk."""
    kept = load(Assembly, pk, "place")
    needs(request, reads_council, kept)
    return kept


@operation(router, "/{uuid:pk}/sign-in", "assembly.sign_in", AssemblyOut)
def sign_in(request: HttpRequest, pk: UUID, said: PresentIn) -> Assembly:
    return sign_in_voters(load(Assembly, pk, *RELATED), by=actor_of(request), present=said.present)


@operation(router, "/{uuid:pk}/tellers", "assembly.appoint_tellers", AssemblyOut)
def tellers(request: HttpRequest, pk: UUID, said: TellersIn) -> Assembly:
    return appoint_tellers(load(Assembly, pk, *RELATED), by=actor_of(request), tellers=said.model_dump())
