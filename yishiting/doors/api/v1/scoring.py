"""Rounds of scoring: opened, sheets by judges or from paper, closed, decided by lot, published."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import (
    actor_of,
    allows,
    chosen,
    found,
    load,
    load_all,
    needs,
    operation,
    page_of,
    person_of,
    place_with,
    under,
)
from yishiting.doors.api.v1.shapes import Body, Code, LineOr, Paged, Reason, Standing, Thing, Words
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring import actions
from yishiting.year.scoring.models import Judge, Origin, ScoredProposal, ScoreRound
from yishiting.year.scoring.permissions import reads_rounds, the_judge
from yishiting.year.scoring.queries import open_for, rounds_of, scored_in, standings
from yishiting.year.scoring.rules import Line
from yishiting.year.scoring.states import State

router = Router(tags=["打分 scoring"])
judges_router = Router(tags=["打分 scoring"])
JUDGE = ("place", "round__place", "representative")

Mark = Annotated[str, Field(pattern=r"^\d{1,3}(\.\d)?$", description="一项的分数，例如 8 或 8.5")]
Numbers = Annotated[list[Annotated[int, Field(ge=0, le=10**9)]], Field(min_length=1, max_length=50)]


class ScoreRoundLine(Standing):
    """A round as a list shows it."""

    title: str
    opened_on: date
    closes: date
    closed_on: date | None
    published_on: date | None
    rules_label: str


class ScoredOut(Schema):
    """One proposal of a round."""

    id: UUID
    proposal_id: UUID
    position: int
    label: str


class ScoreRoundOut(ScoreRoundLine):
    """A round with its rule; once published, with the result: every figure exact, no judge named."""

    purpose: str
    meeting_id: UUID | None
    rule: dict[str, Any]
    lot_source: str
    lot_day: date | None
    lot: dict[str, Any]
    scored: list[ScoredOut]
    result: dict[str, Any]
    notice_id: UUID | None

    @staticmethod
    def resolve_scored(score_round: ScoreRound) -> list[ScoredProposal]:
        """The proposals in order."""
        return scored_in(score_round)


class JudgeStandingOut(Schema):
    """One judge of a round: how far the sheet has come, and where two keyings differ."""

    judge: UUID
    name: str
    progress: str
    done: int
    keyed_by: list[str]
    differences: list[str]


class ScoreRoundAtDesk(ScoreRoundOut):
    """A round as the desk reads it, judge by judge."""

    judges: list[JudgeStandingOut]
    void_reason: str

    @staticmethod
    def resolve_judges(score_round: ScoreRound) -> list[dict[str, Any]]:
        """Where each sheet stands."""
        return [
            {
                "judge": one.judge.pk,
                "name": one.judge.representative.name,
                "progress": str(one.progress),
                "done": one.done,
                "keyed_by": list(one.keyed_by),
                "differences": list(one.differences),
            }
            for one in standings(score_round)
        ]


class JudgeOut(Thing):
    """Oneself as the judge of a round."""

    round_id: UUID


class ScoreRoundIn(Body):
    """What is scored, until when, and where the line is; criteria and method are the rulebook's."""

    place: Code
    title: Annotated[str, Field(min_length=1, max_length=120)]
    proposals: list[UUID] = Field(max_length=200)
    closes: date
    meeting: UUID | None = None
    purpose: Words = ""
    funded: Annotated[int, Field(ge=1, le=200)] | None = None
    lot_source: LineOr = ""
    lot_day: date | None = None


class ScoreLineIn(Body):
    """One proposal: a mark for each criterion in order (null where the paper is blank), or the tick for standing aside."""

    scored: UUID
    marks: list[Mark | None] = Field(default=[], max_length=50)
    recused: bool = False


class ScoreSheetIn(Body):
    """A judge's sheet: one's own, or (`paper`) keyed from paper by one of two people."""

    lines: list[ScoreLineIn] = Field(max_length=200)
    paper: bool = False
    reason: Annotated[str, Field(max_length=500)] = ""


class AsideIn(Body):
    """On which proposal a judge stands aside, and why."""

    scored: UUID
    reason: Annotated[str, Field(max_length=500)]


class NumbersIn(Body):
    """The numbers of the announced source, as published."""

    numbers: Numbers


@router.get("/", response=Paged[ScoreRoundLine], summary="已公布的打分")
def rounds(request: HttpRequest, place: str = "", page: int = 1, size: int = 50) -> dict[str, Any]:
    """The published rounds of a place and below it, newest first."""
    rows = ScoreRound.objects.filter(state=State.PUBLISHED).select_related("place")
    return page_of(under(rows, place), page, size)


@router.get("/desk", response=Paged[ScoreRoundLine], summary="工作台的打分")
def rounds_at_desk(
    request: HttpRequest, place: str, state: State | None = None, page: int = 1, size: int = 50
) -> dict[str, Any]:
    """Every round of one place, for the desk."""
    here = place_with(place)
    needs(request, reads_rounds, here)
    return page_of(chosen(rounds_of(here), state=state), page, size)


@router.get("/{uuid:pk}", response=ScoreRoundOut, summary="一次打分")
def score_round(request: HttpRequest, pk: UUID) -> ScoreRound:
    """One round: published to everyone, before that to the desk."""
    kept = load(ScoreRound, pk, "place")
    readable = kept.state == State.PUBLISHED or allows(request, reads_rounds, kept)
    shown: ScoreRound = found(kept if readable else None)
    return shown


@router.get("/{uuid:pk}/desk", response=ScoreRoundAtDesk, summary="一次打分的进度")
def round_at_desk(request: HttpRequest, pk: UUID) -> ScoreRound:
    """One round judge by judge, for the desk."""
    kept = load(ScoreRound, pk, "place")
    needs(request, reads_rounds, kept)
    return kept


@operation(router, "/", "score_round.open", {201: ScoreRoundOut})
def open_round(request: HttpRequest, said: ScoreRoundIn) -> ScoreRound:
    given = said.model_dump(exclude={"place", "proposals", "meeting"})
    proposals = load_all(Proposal, said.proposals, "proposals", "place")
    meeting = load_all(Meeting, [said.meeting], "meeting", "place")[0] if said.meeting else None
    place = place_with(said.place)
    return actions.open_round(place, by=actor_of(request), proposals=proposals, meeting=meeting, **given)


@operation(router, "/{uuid:pk}/close", "score_round.close", ScoreRoundAtDesk)
def close(request: HttpRequest, pk: UUID) -> ScoreRound:
    return actions.close_round(load(ScoreRound, pk, "place"), by=actor_of(request))


@operation(router, "/{uuid:pk}/draw-lot", "score_round.draw_lot", ScoreRoundAtDesk)
def draw_lot(request: HttpRequest, pk: UUID, said: NumbersIn) -> ScoreRound:
    return actions.draw_lot(load(ScoreRound, pk, "place"), by=actor_of(request), numbers=said.numbers)


@operation(router, "/{uuid:pk}/publish", "score_round.publish", ScoreRoundOut)
def publish(request: HttpRequest, pk: UUID) -> ScoreRound:
    return actions.publish_round(load(ScoreRound, pk, "place"), by=actor_of(request))


@operation(router, "/{uuid:pk}/void", "score_round.void", ScoreRoundAtDesk)
def void(request: HttpRequest, pk: UUID, said: Reason) -> ScoreRound:
    return actions.void_round(load(ScoreRound, pk, "place"), by=actor_of(request), reason=said.reason)


@judges_router.get("/mine", response=list[JudgeOut], summary="等我打分的")
def mine(request: HttpRequest) -> list[Judge]:
    """The open rounds in which one is a judge."""
    return open_for(person_of(request), timezone.localdate())


@judges_router.get("/{uuid:pk}", response=list[ScoreLineIn], summary="我打的分")
def my_lines(request: HttpRequest, pk: UUID) -> list[dict[str, Any]]:
    """What one has given oneself."""
    judge = load(Judge, pk, *JUDGE)
    needs(request, the_judge, judge)
    return [{"scored": one.scored_id, "marks": one.marks, "recused": one.recused} for one in judge.sheets.all()]


@operation(judges_router, "/{uuid:pk}/sheet", "score_sheet.enter", JudgeOut)
def enter(request: HttpRequest, pk: UUID, said: ScoreSheetIn) -> Judge:
    lines = {str(one.scored): Line(tuple(one.marks), one.recused) for one in said.lines}
    origin = Origin.PAPER if said.paper else Origin.PHONE
    judge = load(Judge, pk, *JUDGE)
    return actions.enter_sheet(judge, by=person_of(request), lines=lines, origin=origin, reason=said.reason)


@operation(judges_router, "/{uuid:pk}/recuse", "score_sheet.recuse", JudgeOut)
def recuse(request: HttpRequest, pk: UUID, said: AsideIn) -> Judge:
    judge = load(Judge, pk, *JUDGE)
    scored = load_all(ScoredProposal, [said.scored], "scored")[0]
    actions.recuse(judge, by=actor_of(request), scored=scored, reason=said.reason)
    return judge
