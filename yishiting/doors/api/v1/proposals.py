"""Proposals: what the council has before it and decided, and what becomes of it."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import (
    actor_of,
    allows,
    chosen,
    found,
    load,
    needs,
    operation,
    page_of,
    place_with,
    under,
)
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.dossiers import ReferralOut
from yishiting.doors.api.v1.shapes import Body, Code, Paged, Standing, Thing, Title, TitleOr
from yishiting.doors.api.v1.visits import CouncilQuestionOut, ReplyOut, SentDraftOut, VisitOut
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.dossiers.models import Referral, ReferralKind
from yishiting.year.proposals import actions
from yishiting.year.proposals.models import Amendment, Proposal
from yishiting.year.proposals.queries import (
    PUBLIC,
    SourceCluster,
    joined_from,
    ready_suggestions,
    sources_of,
)
from yishiting.year.proposals.states import State
from yishiting.year.visits.models import CouncilQuestion, Reply, SentDraft, SiteVisit
from yishiting.year.visits.queries import questions_of, replies_of, visits_of

router = Router(tags=["建议案 proposals"])
RELATED = ("place__parent", "category", "responsible", "dossier", "agenda_item__meeting", "agenda_item__poll")
#: Every way a proposal was sent, read together for all that are shown.
HOPS = ("dossier__referrals__from_place", "dossier__referrals__to_place")
WORKS = "projects"
Said = Annotated[str, Field(min_length=1, max_length=20_000)]


class WorkOut(Schema):
    """A project a proposal led to."""

    id: UUID
    number: str
    title: str
    state: str


class ProposalOut(ModelSchema, Standing):
    """A proposal as everyone may read it."""

    category: str
    responsible_level: ResponsibleLevel
    meeting_id: UUID | None
    referrals: list[ReferralOut]
    projects: list[WorkOut] = Field(description="这件建议案立的实事项目")

    class Meta:
        model = Proposal
        fields = [
            "year", "for_year", "number", "title", "situation", "measures", "beneficiaries", "resolution_number",
            "decided_on", "decision_reason", "conditions", "look_again_on", "rules_label",
        ]  # fmt: skip

    @staticmethod
    def resolve_category(proposal: Proposal) -> str:
        """The name of the class."""
        return proposal.category.name if proposal.category else ""

    @staticmethod
    def resolve_meeting_id(proposal: Proposal) -> UUID | None:
        """The meeting it was put to last."""
        return proposal.agenda_item.meeting_id if proposal.agenda_item else None

    @staticmethod
    def resolve_referrals(proposal: Proposal) -> list[Referral]:
        """Every way it was sent up or down, oldest first; a later answer stands beside the earlier one."""
        prefetch_related_objects([proposal], *HOPS)
        return [one for one in proposal.dossier.referrals.all() if one.kind != ReferralKind.ACROSS]


class SourceOut(Schema):
    """A suggestion a proposal rests on, with what was merged into it."""

    suggestion: UUID
    receipt: str
    title: str
    count: int
    households: int


class BelowOut(Schema):
    """A proposal from below that this one joins."""

    proposal: UUID
    place: str
    number: str
    title: str
    state: State


class AmendmentOut(Schema):
    """One change of the text, with the reason."""

    before: dict[str, str]
    after: dict[str, str]
    reason: str
    created_at: datetime


class ProposalAtDesk(ProposalOut):
    """A proposal as the desk reads it: its sources and its amendments."""

    agenda_item_id: UUID | None
    responsible_id: UUID | None
    sources: list[SourceOut]
    below: list[BelowOut]
    amendments: list[AmendmentOut]
    visits: list[VisitOut]
    sent_drafts: list[SentDraftOut]
    replies: list[ReplyOut]
    council_questions: list[CouncilQuestionOut]

    @staticmethod
    def resolve_referrals(proposal: Proposal) -> list[Referral]:
        """Every way it was sent, across too: to which unit or place, and what came back."""
        prefetch_related_objects([proposal], *HOPS)
        return list(proposal.dossier.referrals.all())

    @staticmethod
    def resolve_visits(proposal: Proposal) -> list[SiteVisit]:
        """Who went there and what they found."""
        return list(visits_of(proposal))

    @staticmethod
    def resolve_sent_drafts(proposal: Proposal) -> list[SentDraft]:
        """When those who proposed it were asked about which draft."""
        return list(proposal.sent_drafts.select_related("place"))

    @staticmethod
    def resolve_council_questions(proposal: Proposal) -> list[CouncilQuestion]:
        """What the councils of communities were asked and have said."""
        return list(questions_of(proposal))

    @staticmethod
    def resolve_replies(proposal: Proposal) -> list[Reply]:
        """What they said."""
        return list(replies_of(proposal))

    @staticmethod
    def resolve_sources(proposal: Proposal) -> list[dict[str, Any]]:
        """Where it came from."""
        return [_source(one) for one in sources_of(proposal)]

    @staticmethod
    def resolve_below(proposal: Proposal) -> list[dict[str, Any]]:
        """The proposals from below that it joins."""
        return [
            {"proposal": one.pk, "place": one.place.code, "number": one.number, "title": one.title, "state": one.state}
            for one in joined_from(proposal)
        ]

    @staticmethod
    def resolve_amendments(proposal: Proposal) -> list[Amendment]:
        """How its text changed."""
        return list(proposal.amendments.all())


class ReadyOut(Thing):
    """A valid suggestion no standing proposal rests on."""

    receipt: str
    title: str
    received_on: date
    responsible_level: str


class DraftIn(Body):
    """A proposal from one or several valid suggestions, or from proposals that were reported up."""

    place: Code
    suggestions: list[UUID] = Field(default=[], max_length=500)
    below: list[UUID] = Field(default=[], max_length=500)
    title: Title
    situation: Said
    measures: Said
    responsible_level: ResponsibleLevel
    beneficiaries: TitleOr = ""
    category: Annotated[int, Field(ge=1, le=2**31)] | None = None
    responsible: UUID | None = None
    for_year: Annotated[int, Field(ge=2000, le=2200)] | None = None


@router.get("/", response=Paged[ProposalOut], summary="建议案")
def proposals(
    request: HttpRequest,
    place: str = "",
    state: State | None = None,
    for_year: int | None = None,
    page: int = 1,
    size: int = 50,
) -> dict[str, Any]:
    """What councils of a place and below it have before them or behind them, newest first."""
    rows = Proposal.objects.filter(state__in=PUBLIC).select_related("place", "category", "agenda_item")
    shown = under(rows.prefetch_related(*HOPS, WORKS), place)
    return page_of(chosen(shown, state=state, for_year=for_year), page, size)


@router.get("/ready", response=Paged[ReadyOut], summary="可以写入建议案的建议")
def ready(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """Valid suggestions of a place that no standing proposal rests on, for the desk."""
    here = place_with(place)
    needs(request, reads_here, here)
    return page_of(ready_suggestions(here).select_related("place"), page, size)


@router.get("/{uuid:pk}", response=ProposalOut, summary="一件建议案")
def proposal(request: HttpRequest, pk: UUID) -> Proposal:
    """One proposal; a draft only for the desk."""
    kept = load(Proposal, pk, *RELATED)
    shown: Proposal = found(kept if kept.state in PUBLIC or allows(request, reads_here, kept) else None)
    return shown


@router.get("/{uuid:pk}/desk", response=ProposalAtDesk, summary="建议案及其来源、修改")
def proposal_at_desk(request: HttpRequest, pk: UUID) -> Proposal:
    """One proposal with its sources and amendments, for the desk."""
    kept = load(Proposal, pk, *RELATED)
    needs(request, reads_here, kept)
    return kept


@operation(router, "/", "proposal.draft", {201: ProposalAtDesk})
def draft(request: HttpRequest, said: DraftIn) -> Proposal:
    given = said.model_dump(exclude={"place"}, exclude_none=True)
    return actions.draft_proposal(place_with(said.place), by=actor_of(request), **given)


def _source(cluster: SourceCluster) -> dict[str, Any]:
    main = cluster.main
    counted = {"count": cluster.count, "households": cluster.households}
    return {"suggestion": main.pk, "receipt": main.receipt, "title": main.title, **counted}


SHAPES[Proposal] = ProposalAtDesk
operations(router, Proposal, related=RELATED)
