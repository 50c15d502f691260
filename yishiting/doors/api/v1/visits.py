"""Site visits, drafts sent to those who proposed them, and what they replied."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Thing
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.visits.models import CouncilQuestion, Reply, SentDraft, SiteVisit, Stance
from yishiting.year.visits.permissions import asked_here, the_proposer

visits = Router(tags=["建议案 proposals"])
sent_drafts = Router(tags=["建议案 proposals"])
replies = Router(tags=["建议案 proposals"])
council_questions = Router(tags=["建议案 proposals"])
RELATED = ("place", "proposal__place")


class VisitOut(ModelSchema, Thing):
    """Who went there, what they found, what was agreed."""

    proposal_id: UUID

    class Meta:
        model = SiteVisit
        fields = ["visited_on", "people", "found", "agreed", "withdrawn_on", "withdrawn_because"]


class SentDraftOut(Thing):
    """A draft as it was sent to those who proposed it."""

    proposal_id: UUID
    title: str
    situation: str
    measures: str
    asked_on: date
    due: date


class ReplyOut(Thing):
    """What one proposer said of a draft, or before there was one."""

    proposal_id: UUID
    draft_id: UUID | None
    suggestion_id: UUID
    stance: Stance | str
    words: str
    replied_on: date
    by_desk: bool
    withdrawn_on: date | None


@sent_drafts.get("/{uuid:pk}", response=SentDraftOut, summary="一次征求提出人意见")
def draft(request: HttpRequest, pk: UUID) -> SentDraft:
    """One draft as it was sent, for its proposers and the desk."""
    kept = load(SentDraft, pk, *RELATED)
    needs(request, reads_here | the_proposer, kept)
    return kept


class CouncilQuestionOut(Thing):
    """What the council of a community was asked about a draft of the place above, and what it said."""

    proposal_id: UUID
    asked_at: str
    title: str
    measures: str
    question: str
    asked_on: date
    due: date
    state: str
    meeting_id: UUID | None
    discussed_on: date | None
    stance: Stance | str
    answer: str
    answered_on: date | None
    withdrawn_because: str

    @staticmethod
    def resolve_asked_at(asked: CouncilQuestion) -> str:
        """The code of the community."""
        return str(asked.asked_at.code)


@council_questions.get("/{uuid:pk}", response=CouncilQuestionOut, summary="一次征求社区议事协商会意见")
def council_question(request: HttpRequest, pk: UUID) -> CouncilQuestion:
    """One question to the council of a community, for those who ask and those who are asked."""
    kept = load(CouncilQuestion, pk, *RELATED, "asked_at")
    needs(request, reads_here | asked_here, kept)
    return kept


SHAPES[CouncilQuestion] = CouncilQuestionOut
SHAPES[SiteVisit], SHAPES[SentDraft], SHAPES[Reply] = VisitOut, SentDraftOut, ReplyOut
operations(visits, SiteVisit, related=RELATED)
operations(sent_drafts, SentDraft, related=RELATED)
operations(replies, Reply, related=RELATED)
operations(council_questions, CouncilQuestion, related=(*RELATED, "asked_at"))
