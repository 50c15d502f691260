"""Councils and the terms begun in them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import allows, load, page_of, under
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Thing
from yishiting.doors.api.v1.terms import TermOut
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.councils.models import Council, Term
from yishiting.year.councils.states import NOT_PUBLIC

router = Router(tags=["议事协商会 councils"])


class CouncilOut(Thing):
    """A council and what it is for."""

    purpose: str
    founded_on: date | None


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
    """The terms of a council, newest first; what is still planned or not confirmed only for the desk."""
    council = load(Council, pk, "place")
    rows = council.terms.select_related("place").prefetch_related("constituencies__sends")
    return list(rows if allows(request, reads_here, council) else rows.exclude(state__in=NOT_PUBLIC))


SHAPES[Council] = CouncilOut
operations(router, Council, related=("place",))
