"""Constituencies: where candidates are put forward and vacant seats are filled."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, load, operation, place_with
from yishiting.doors.api.v1.by_elections import ByElectionOut
from yishiting.doors.api.v1.candidates import CandidateAtDesk, CandidateOwn, Year
from yishiting.doors.api.v1.shapes import Body, Name, Reason, Thing, Words
from yishiting.ground.organisations.models import IdentityKind
from yishiting.year.councils.actions import call_by_election, nominate, stand
from yishiting.year.councils.actions.candidates import Particulars
from yishiting.year.councils.models import ByElection, Candidate, Constituency, Publishable, Route
from yishiting.year.councils.queries import taking_nominations

router = Router(tags=["议事协商会 councils"])
RELATED = ("place", "term__place")
Phone = Annotated[str, Field(pattern=r"^(1[3-9]\d{9})?$")]
Eighty = Annotated[str, Field(max_length=80)]


class NominatingOut(Thing):
    """A constituency that takes nominations."""

    term_id: UUID
    name: str
    sector: IdentityKind
    seats: int


class StandIn(Body):
    """What somebody who comes forward says of themselves, and what of it may be published."""

    name: Name
    birth_year: Year
    gender: Literal["", "女", "男"] = ""
    unit: Eighty = ""
    phone: Phone = ""
    introduction: Words = ""
    identities: list[IdentityKind] = Field(default=[], max_length=20)
    consents: bool = False
    publishes: list[Publishable] = Field(default=[], max_length=20)

    def who(self) -> Particulars:
        """The particulars as the verb wants them."""
        own = ("name", "birth_year", "gender", "unit", "phone", "introduction")
        kinds: Sequence[str] = [str(kind) for kind in self.identities]
        return Particulars(**{name: getattr(self, name) for name in own}, identities=kinds)


class NominateIn(StandIn):
    """A nomination form, and who nominates."""

    route: Literal["nomination", "recommendation", "self_nomination"]
    proposed_by: Eighty = ""


@router.get("/", response=list[NominatingOut], summary="可以报名的推选单位")
def constituencies(request: HttpRequest, place: str) -> list[Constituency]:
    """Where residents may stand at a place today."""
    return taking_nominations(place_with(place))


@operation(router, "/{uuid:pk}/candidates", "candidate.nominate", {201: CandidateAtDesk})
def put_forward(request: HttpRequest, pk: UUID, said: NominateIn) -> Candidate:
    more = said.model_dump(include={"proposed_by", "consents", "publishes"})
    return nominate(
        load(Constituency, pk, *RELATED), by=actor_of(request), route=Route(said.route), who=said.who(), **more
    )


@operation(router, "/{uuid:pk}/stand", "candidate.stand", {201: CandidateOwn})
def come_forward(request: HttpRequest, pk: UUID, said: StandIn) -> Candidate:
    more = said.model_dump(include={"consents", "publishes"})
    return stand(load(Constituency, pk, *RELATED), by=actor_of(request), who=said.who(), **more)


@operation(router, "/{uuid:pk}/by-elections", "by_election.call", {201: ByElectionOut})
def call(request: HttpRequest, pk: UUID, said: Reason) -> ByElection:
    return call_by_election(load(Constituency, pk, *RELATED), by=actor_of(request), reason=said.reason)
