"""Budget votes: opened, ballots by phone or from paper, closed, decided by lot, adjusted with a reason, published."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import ModelSchema, Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import (
    actor_of,
    allows,
    found,
    load,
    load_all,
    needs,
    operation,
    page_of,
    person_of,
    place_with,
)
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import (
    Body,
    Code,
    Count,
    Fen,
    Line,
    LineOr,
    Name,
    Paged,
    Standing,
    Thing,
    Words,
)
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.budgeting import actions
from yishiting.year.budgeting.actions import Offered
from yishiting.year.budgeting.models import BudgetOption, BudgetVote, Voter
from yishiting.year.budgeting.published import losers
from yishiting.year.budgeting.queries import (
    batches_of,
    open_for,
    options_of,
    public_votes,
    turnout,
)
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.budgeting.states import State
from yishiting.year.proposals.models import Proposal

router = Router(tags=["预算表决 budgeting"])
voters_router = Router(tags=["预算表决 budgeting"])
READABLE = (State.OPEN, State.PUBLISHED)

Number = Annotated[int, Field(ge=1, le=1000, description="备选项目的编号")]
Choices = Annotated[list[Number], Field(max_length=200)]


class BudgetVoteLine(ModelSchema, Standing):
    """A vote as a list shows it; amounts in fen."""

    class Meta:
        model = BudgetVote
        fields = ["title", "year", "budget", "opened_on", "closes", "closed_on", "published_on", "rules_label"]


class BudgetOptionOut(Schema):
    """One proposal that may be chosen; cost in fen."""

    id: UUID
    number: int
    title: str
    cost: int
    proposal_id: UUID


class WhyOut(Schema):
    """Why an option lost, and what would have made it win, in words."""

    number: int
    votes: int
    why: str
    otherwise: str


class BudgetVoteOut(BudgetVoteLine):
    """A vote with its rule; once published, with the whole result (amounts in yuan) and the hash of the ballot file."""

    purpose: str
    rule: dict[str, Any]
    conflicts: list[list[int]]
    lot_source: str
    lot_day: date
    lot: dict[str, Any]
    options: list[BudgetOptionOut]
    result: dict[str, Any]
    reasons: list[WhyOut]
    override: dict[str, Any]
    override_reason: str
    file_hash: str
    notice_id: UUID | None

    @staticmethod
    def resolve_options(vote: BudgetVote) -> list[BudgetOption]:
        """The options by their numbers."""
        return options_of(vote)

    @staticmethod
    def resolve_result(vote: BudgetVote) -> dict[str, Any]:
        """The result, once it is public."""
        return vote.result if vote.state == State.PUBLISHED else {}

    @staticmethod
    def resolve_reasons(vote: BudgetVote) -> list[dict[str, Any]]:
        """The reason for each option that lost."""
        return _reasons(vote) if vote.state == State.PUBLISHED else []


class TurnoutOut(Schema):
    """How many are on the register and took part."""

    all: int
    phone: int
    paper: int


class PaperBatchOut(Schema):
    """One bundle of paper ballots and where two keyings differ."""

    number: int
    agreed: bool
    keyed_by: list[str]
    differences: list[str]


class BudgetVoteAtDesk(BudgetVoteOut):
    """A vote as the desk reads it: turnout, bundles, and the result before it is public."""

    turnout: TurnoutOut
    batches: list[PaperBatchOut]
    void_reason: str

    @staticmethod
    def resolve_result(vote: BudgetVote) -> dict[str, Any]:
        """The result as soon as there is one."""
        kept: dict[str, Any] = vote.result
        return kept

    @staticmethod
    def resolve_reasons(vote: BudgetVote) -> list[dict[str, Any]]:
        """The reason for each option that lost."""
        return _reasons(vote)

    @staticmethod
    def resolve_turnout(vote: BudgetVote) -> dict[str, int]:
        """Counted from the register."""
        return turnout(vote)

    @staticmethod
    def resolve_batches(vote: BudgetVote) -> list[dict[str, Any]]:
        """Where each bundle stands."""
        return [
            {
                "number": one.batch.number,
                "agreed": one.batch.agreed,
                "keyed_by": list(one.keyed_by),
                "differences": list(one.differences),
            }
            for one in batches_of(vote)
        ]


class BudgetVoterOut(Thing):
    """One line of the register, for the desk and for the person."""

    vote_id: UUID
    position: int
    name: str
    unit: str
    way: str


class OfferedIn(Body):
    """A proposal and what it costs."""

    proposal: UUID
    cost: Fen


class RollPersonIn(Body):
    """Somebody else on the register, who votes on paper."""

    name: Name
    unit: Annotated[str, Field(max_length=60)] = ""


class BudgetVoteIn(Body):
    """The money, the options, the days and the source of the lot; the rule is the rulebook's."""

    place: Code
    title: Line
    year: Annotated[int, Field(ge=2000, le=2200)]
    budget: Fen
    offered: list[OfferedIn] = Field(max_length=200)
    closes: date
    lot_source: LineOr
    lot_day: date
    purpose: Words = ""
    conflicts: list[Choices] = Field(default=[], max_length=100)
    roll: list[RollPersonIn] = Field(default=[], max_length=5000)


class AlikeIn(Body):
    """So many sheets with exactly these numbers; none for blank ones."""

    choices: Choices
    sheets: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class PaperBatchIn(Body):
    """One keying of a bundle of paper ballots."""

    number: Annotated[int, Field(ge=1, le=999)]
    ballots: list[AlikeIn] = Field(max_length=5000)
    invalid: Count = 0


@router.get("/", response=Paged[BudgetVoteLine], summary="预算表决")
def votes(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """The votes of a place that are open or have been decided, newest first."""
    return page_of(public_votes(place_with(place)), page, size)


@router.get("/{uuid:pk}", response=BudgetVoteOut, summary="一次预算表决")
def vote(request: HttpRequest, pk: UUID) -> BudgetVote:
    """One vote: what is asked, and once published what came out."""
    kept = load(BudgetVote, pk, "place")
    shown: BudgetVote = found(kept if kept.state in READABLE or allows(request, reads_here, kept) else None)
    return shown


@router.get("/{uuid:pk}/desk", response=BudgetVoteAtDesk, summary="一次预算表决的进度和结果")
def vote_at_desk(request: HttpRequest, pk: UUID) -> BudgetVote:
    """One vote with turnout and bundles, for the desk."""
    kept = load(BudgetVote, pk, "place")
    needs(request, reads_here, kept)
    return kept


@operation(router, "/", "budget_vote.open", {201: BudgetVoteAtDesk})
def open_vote(request: HttpRequest, said: BudgetVoteIn) -> BudgetVote:
    given = said.model_dump(exclude={"place", "offered", "roll"})
    proposals = load_all(Proposal, [one.proposal for one in said.offered], "offered", "place")
    costs = {one.proposal: one.cost for one in said.offered}
    return actions.open_vote(
        place_with(said.place),
        by=actor_of(request),
        offered=[Offered(one, costs[one.pk]) for one in proposals],
        roll=[(one.name, one.unit) for one in said.roll],
        **given,
    )


@operation(router, "/{uuid:pk}/batches", "budget_ballot.enter_paper", BudgetVoteAtDesk)
def enter_paper(request: HttpRequest, pk: UUID, said: PaperBatchIn) -> BudgetVote:
    kept = load(BudgetVote, pk, "place")
    bundle = Bundle.of(((one.choices, one.sheets) for one in said.ballots), said.invalid)
    actions.enter_paper(kept, by=person_of(request), number=said.number, bundle=bundle)
    return kept


@voters_router.get("/mine", response=list[BudgetVoterOut], summary="等我投票的")
def mine(request: HttpRequest) -> list[Voter]:
    """The open votes on whose register one is."""
    return open_for(person_of(request), timezone.localdate())


def _reasons(vote: BudgetVote) -> list[dict[str, Any]]:
    if not vote.result:
        return []
    return [
        {"number": one.option.number, "votes": one.votes, "why": one.why, "otherwise": one.otherwise}
        for one in losers(vote, options_of(vote))
    ]


SHAPES[BudgetVote] = BudgetVoteAtDesk
SHAPES[Voter] = BudgetVoterOut
operations(router, BudgetVote, related=("place", "notice"))
operations(voters_router, Voter, related=("place", "vote__place", "representative"))
