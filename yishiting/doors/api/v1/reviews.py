"""The year-end review: each project by itself, its ballot, its result."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, chosen, load, load_all, needs, operation, page_of, under
from yishiting.doors.api.v1.notices import NoticeOut
from yishiting.doors.api.v1.polls import MethodIn
from yishiting.doors.api.v1.shapes import Body, Paged, Standing
from yishiting.ground.organisations.permissions import at_community_desk
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.evaluation.actions import declare_review, list_for_review, publicise_reviews, take_vote
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.queries import reviews_of
from yishiting.year.evaluation.states import State
from yishiting.year.meetings.models import Meeting
from yishiting.year.projects.models import Project

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


class ListIn(Body):
    """The review meeting and the accepted projects put on its agenda."""

    meeting: UUID
    projects: list[UUID] = Field(max_length=200)


class MeetingIn(Body):
    """The review meeting."""

    meeting: UUID


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


@router.get("/desk", response=list[ReviewAtDesk], summary="一次会议的评议")
def reviews_at_desk(request: HttpRequest, meeting: UUID) -> list[Review]:
    """The reviews of a meeting in the order of its agenda, for the desk."""
    held = load(Meeting, meeting, "place")
    needs(request, at_community_desk, held)
    return list(reviews_of(held))


@operation(router, "/", "review.list", {201: list[ReviewAtDesk]})
def list_projects(request: HttpRequest, said: ListIn) -> list[Review]:
    meeting = load_all(Meeting, [said.meeting], "meeting", "place", "council")[0]
    projects = load_all(Project, said.projects, "projects", "place")
    return list_for_review(meeting, by=actor_of(request), projects=projects)


@operation(router, "/publicise", "review.publicise", {201: NoticeOut})
def publicise(request: HttpRequest, said: MeetingIn) -> PublicNotice:
    meeting = load_all(Meeting, [said.meeting], "meeting", "place")[0]
    return publicise_reviews(meeting, by=actor_of(request))


@operation(router, "/{uuid:pk}/vote", "review.take_vote", ReviewAtDesk)
def vote(request: HttpRequest, pk: UUID, said: MethodIn) -> Review:
    return take_vote(load(Review, pk, *RELATED), by=actor_of(request), method=said.method)


@operation(router, "/{uuid:pk}/declare", "review.declare", ReviewAtDesk)
def declare(request: HttpRequest, pk: UUID) -> Review:
    return declare_review(load(Review, pk, *RELATED), by=actor_of(request))
