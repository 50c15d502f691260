"""The year-end review: each project by itself, its ballot, its result."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import chosen, page_of, under
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Standing
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.states import State

router = Router(tags=["评议 reviews"])
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


SHAPES[Review] = ReviewAtDesk
operations(router, Review, related=RELATED)
