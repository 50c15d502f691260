"""Rounds of scoring: opened, sheets by judges or from paper, closed, decided by lot, published."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import ModelSchema, Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import (
    allows,
    found,
    load,
    needs,
    operation,
    page_of,
    person_of,
    under,
)
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Body, Paged, Standing, Thing
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.scoring.actions import enter_sheet
from yishiting.year.scoring.models import Judge, Origin, ScoredProposal, ScoreRound
from yishiting.year.scoring.permissions import the_judge
from yishiting.year.scoring.queries import open_for, scored_in, standings
from yishiting.year.scoring.rules import Line
from yishiting.year.scoring.states import State

router = Router(tags=["打分 scoring"])
judges_router = Router(tags=["打分 scoring"])
JUDGE = ("place", "round__place", "representative")

Mark = Annotated[str, Field(pattern=r"^\d{1,3}(\.\d)?$", description="一项的分数，例如 8 或 8.5")]


class ScoreRoundLine(ModelSchema, Standing):
    """A round as a list shows it."""

    class Meta:
        model = ScoreRound
        fields = ["title", "opened_on", "closes", "closed_on", "published_on", "rules_label"]


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


@router.get("/", response=Paged[ScoreRoundLine], summary="已公布的打分")
def rounds(request: HttpRequest, place: str = "", page: int = 1, size: int = 50) -> dict[str, Any]:
    """The published rounds of a place and below it, newest first."""
    rows = ScoreRound.objects.filter(state=State.PUBLISHED).select_related("place")
    return page_of(under(rows, place), page, size)


@router.get("/{uuid:pk}", response=ScoreRoundOut, summary="一次打分")
def score_round(request: HttpRequest, pk: UUID) -> ScoreRound:
    """One round: published to everyone, before that to the desk."""
    kept = load(ScoreRound, pk, "place")
    readable = kept.state == State.PUBLISHED or allows(request, reads_here, kept)
    shown: ScoreRound = found(kept if readable else None)
    return shown


@router.get("/{uuid:pk}/desk", response=ScoreRoundAtDesk, summary="一次打分的进度")
def round_at_desk(request: HttpRequest, pk: UUID) -> ScoreRound:
    """One round judge by judge, for the desk."""
    kept = load(ScoreRound, pk, "place")
    needs(request, reads_here, kept)
    return kept


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
    return enter_sheet(judge, by=person_of(request), lines=lines, origin=origin, reason=said.reason)


SHAPES[ScoreRound] = ScoreRoundAtDesk
SHAPES[Judge] = JudgeOut
operations(router, ScoreRound, related=("place", "meeting", "notice"))
operations(judges_router, Judge, related=JUDGE)
