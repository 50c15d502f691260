"""The year-end review: each project by itself, its ballot, its result."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router

from yishiting.doors.api.v1.base import chosen, load, needs, page_of, under
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Standing
from yishiting.year.evaluation.models import Review, ThirdParty
from yishiting.year.evaluation.permissions import reads_evaluation
from yishiting.year.evaluation.states import State

router = Router(tags=["评议 reviews"])
third_parties_router = Router(tags=["评议 reviews"])
RELATED = ("place", "project__place", "meeting__place", "agenda_item__place", "agenda_item__meeting", "poll__place")


class ReviewOut(Standing):
    """The review of one project with every count of its result."""

    project_id: UUID
    project: str
    meeting_id: UUID
    result: dict[str, Any]
    declared_on: date | None
    notice_id: UUID | None
    rules_label: str

    @staticmethod
    def resolve_project(review: Review) -> str:
        """The title of the project."""
        return review.project.title


class ReviewAtDesk(ReviewOut):
    """A review with the vote to count."""

    agenda_item_id: UUID
    poll_id: UUID | None


@router.get("/", response=Paged[ReviewOut], summary="评议结果")
def reviews(
    request: HttpRequest,
    place: str = "",
    state: State | None = None,
    project: UUID | None = None,
    page: int = 1,
    size: int = 50,
) -> dict[str, Any]:
    """The results declared at a place and below it, newest first."""
    rows = Review.objects.exclude(state=State.LISTED).select_related("place", "project")
    rows = rows.order_by("-declared_on", "-created_at")
    return page_of(chosen(under(rows, place), state=state, project=project), page, size)


class ThirdPartyOut(ModelSchema, Standing):
    """A third party's evaluation of one project, with the indicators once it is handed in."""

    project_id: UUID

    class Meta:
        model = ThirdParty
        fields = [
            "institution", "question", "invited_on", "until", "report", "beneficiaries", "counted_by", "benefit",
            "sustainability", "weight", "weighted", "handed_in_on", "rules_label",
        ]  # fmt: skip


@third_parties_router.get("/{uuid:pk}", response=ThirdPartyOut, summary="一次第三方评价")
def third_party(request: HttpRequest, pk: UUID) -> ThirdParty:
    """One evaluation, for the evaluator until the day, and for the desk."""
    kept = load(ThirdParty, pk, *OF_A_THIRD_PARTY)
    needs(request, reads_evaluation, kept)
    return kept


OF_A_THIRD_PARTY = ("place", "project__place")
SHAPES[Review], SHAPES[ThirdParty] = ReviewAtDesk, ThirdPartyOut
operations(third_parties_router, ThirdParty, related=OF_A_THIRD_PARTY)
operations(router, Review, related=RELATED)
