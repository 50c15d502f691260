"""The terms of a council, from the seat plan to the last day."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import ModelSchema, Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, allows, found, load, needs, operation
from yishiting.doors.api.v1.candidates import CandidateOut, published
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.representatives import RepresentativeOut
from yishiting.doors.api.v1.shapes import Body, LineOr, Standing
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.councils.actions import set_seat_plan
from yishiting.year.councils.actions.terms import computed
from yishiting.year.councils.models import Candidate, Constituency, Representative, Term
from yishiting.year.councils.queries import roster
from yishiting.year.councils.rules import Planned
from yishiting.year.councils.states import NOT_PUBLIC

router = Router(tags=["议事协商会 councils"])
RELATED = ("place", "council__place", "notice__place")
Seats = Annotated[int, Field(ge=0, le=999)]


class ConstituencyOut(Schema):
    """A constituency and its seats."""

    id: UUID
    name: str
    sector: IdentityKind
    weight: int
    seats: int
    sends: str = Field(description="由哪个社区（村）或街乡选派，写区划代码；不是选派的为空")

    unit_id: UUID | None = Field(description="席位归哪个单位，由它推派；不是单位席位的为空")

    @staticmethod
    def resolve_sends(one: Constituency) -> str:
        """The code of the place below that sends them."""
        return one.sends.code if one.sends else ""


class TermOut(ModelSchema, Standing):
    """A term with its seat plan."""

    council_id: UUID
    notice_id: UUID | None
    result_notice_id: UUID | None
    elected_elsewhere: bool = Field(description="启用本系统以前产生，由上级确认登记，不是在本系统选举产生的")
    constituencies: list[ConstituencyOut]

    class Meta:
        model = Term
        fields = ["number", "begins", "ends", "rules_label", "entry_basis", "confirmed_on"]


class PlanLineIn(Body):
    """One line of the seat plan; without seats they are computed."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    sector: IdentityKind
    weight: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    seats: Seats | None = None
    sends: Annotated[str, Field(max_length=12)] = ""
    unit: UUID | None = None

    def planned(self) -> Planned:
        """The line as the rules want it."""
        return Planned(self.name, str(self.sector), self.weight, self.seats, self.sends, str(self.unit or ""))


class SeatPlanIn(Body):
    """A seat plan: lines, and where seats are computed their total and the method."""

    lines: list[PlanLineIn] = Field(min_length=1, max_length=100)
    total: Seats | None = None
    method: LineOr = ""

    def words(self) -> dict[str, Any]:
        """The plan as the verb wants it."""
        return {"lines": [line.planned() for line in self.lines], "total": self.total, "method": self.method}


class TriedOut(Schema):
    """What the plan comes to; nothing is saved."""

    seats: list[int]
    total: int
    record: dict[str, Any]


@router.get("/{uuid:pk}", response=TermOut, summary="一届")
def term(request: HttpRequest, pk: UUID) -> Term:
    """One term; while its seats are planned, or its entry is not confirmed, only for the desk."""
    kept = load(Term, pk, "place")
    shown: Term = found(kept if kept.state not in NOT_PUBLIC or allows(request, reads_here, kept) else None)
    return shown


@router.get("/{uuid:pk}/representatives", response=list[RepresentativeOut], summary="一届的代表")
def representatives(request: HttpRequest, pk: UUID, serving: bool = False) -> list[Representative]:
    """Everyone who held a seat in a term, or those who serve today, each with only what they agreed to."""
    today, seats = timezone.localdate(), roster(load(Term, pk, "place"))
    return [one for one in seats if not serving or one.serves(today)]


@router.get("/{uuid:pk}/candidates", response=list[CandidateOut], summary="公示的候选人")
def candidates(request: HttpRequest, pk: UUID) -> list[Candidate]:
    """The candidates once they are published, each with only what they agreed to."""
    return published(load(Term, pk, *RELATED))


@router.post("/{uuid:pk}/plan/try", response=TriedOut, operation_id="try_plan", summary="试算席位方案")
def try_plan(request: HttpRequest, pk: UUID, said: SeatPlanIn) -> dict[str, Any]:
    """What a seat plan comes to under the rules in force, or the sentence of the rule it breaks; nothing is saved."""
    term = load(Term, pk, "place")
    needs(request, VERBS["term.plan_seats"].may, term)
    plan = computed(term.place, **said.words())
    return {"seats": plan.seats, "total": plan.total, "record": plan.record}


@operation(router, "/{uuid:pk}/plan", "term.plan_seats", TermOut)
def plan(request: HttpRequest, pk: UUID, said: SeatPlanIn) -> Term:
    return set_seat_plan(load(Term, pk, "place"), by=actor_of(request), **said.words())


SHAPES[Term] = TermOut
operations(router, Term, related=RELATED)
