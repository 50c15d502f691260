"""Constituencies: where candidates are put forward and vacant seats are filled."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import place_with
from yishiting.doors.api.v1.declared import operations
from yishiting.doors.api.v1.shapes import Thing
from yishiting.ground.organisations.models import IdentityKind
from yishiting.year.councils.models import Constituency
from yishiting.year.councils.queries import taking_nominations

router = Router(tags=["议事协商会 councils"])


class NominatingOut(Thing):
    """A constituency that takes nominations."""

    term_id: UUID
    name: str
    sector: IdentityKind
    seats: int


@router.get("/", response=list[NominatingOut], summary="可以报名的推选单位")
def constituencies(request: HttpRequest, place: str) -> list[Constituency]:
    """Where residents may stand at a place today."""
    return taking_nominations(place_with(place))


operations(router, Constituency, related=("place", "term__place"))
