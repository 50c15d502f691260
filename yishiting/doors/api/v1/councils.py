"""Councils and the terms begun in them."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, allows, load, operation, page_of, place_with, under
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Body, Code, Paged, Thing, Words
from yishiting.doors.api.v1.terms import TermOut
from yishiting.year.councils.actions import amend_council, begin_term, found_council
from yishiting.year.councils.models import Council, Term
from yishiting.year.councils.permissions import reads_council
from yishiting.year.councils.states import State

router = Router(tags=["议事协商会 councils"])


class CouncilOut(Thing):
    """A council and what it is for."""

    purpose: str
    founded_on: date | None


class CouncilIn(Body):
    """What a council is for, and since when."""

    purpose: Words
    founded_on: date | None = None


class FoundIn(CouncilIn):
    """A council of a place."""

    place: Code


class TermIn(Body):
    """Which term is begun; only the first one entered needs its number."""

    number: Annotated[int, Field(ge=1, le=99)] | None = None


@router.get("/", response=Paged[CouncilOut], summary="议事协商会")
def councils(request: HttpRequest, place: str = "", page: int = 1, size: int = 50) -> dict[str, Any]:
    """The councils of a place and of the places below it."""
    rows = Council.objects.select_related("place").order_by("place__code")
    return page_of(under(rows, place), page, size)


@router.get("/{uuid:pk}", response=CouncilOut, summary="一个议事协商会")
def council(request: HttpRequest, pk: UUID) -> Council:
    """One council."""
    return load(Council, pk, "place")


@router.get("/{uuid:pk}/terms", response=list[TermOut], summary="各届")
def terms(request: HttpRequest, pk: UUID) -> list[Term]:
    """The terms of a council, newest first; one whose seats are still being planned only for the desk."""
    council = load(Council, pk, "place")
    rows = council.terms.select_related("place").prefetch_related("constituencies")
    return list(rows if allows(request, reads_council, council) else rows.exclude(state=State.PLANNING))


@operation(router, "/", "council.found", {201: CouncilOut})
def found_one(request: HttpRequest, said: FoundIn) -> Council:
    return found_council(place_with(said.place), by=actor_of(request), **said.model_dump(exclude={"place"}))


@operation(router, "/{uuid:pk}/amend", "council.amend", CouncilOut)
def amend(request: HttpRequest, pk: UUID, said: CouncilIn) -> Council:
    return amend_council(load(Council, pk, "place"), by=actor_of(request), **said.model_dump())


@operation(router, "/{uuid:pk}/terms", "term.begin", {201: TermOut})
def begin(request: HttpRequest, pk: UUID, said: TermIn) -> Term:
    return begin_term(load(Council, pk, "place"), by=actor_of(request), number=said.number)


SHAPES[Council] = CouncilOut
operations(router, Council, related=("place",))
