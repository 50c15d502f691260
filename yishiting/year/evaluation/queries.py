"""Reading reviews."""

from django.db.models import QuerySet

from yishiting.ground.places.models import Place
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.states import State
from yishiting.year.meetings.models import Meeting
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State as ProjectState


def to_be_reviewed(place: Place) -> QuerySet[Project]:
    """Accepted projects of a place that are not on the list of a review meeting yet."""
    listed = Review.objects.filter(state=State.LISTED).values("project")
    return (
        Project.objects.filter(place=place, state=ProjectState.ACCEPTED).exclude(pk__in=listed).select_related("place")
    )


def reviews_of(meeting: Meeting) -> QuerySet[Review]:
    """The reviews of a meeting in the order of its agenda."""
    rows = Review.objects.filter(meeting=meeting).select_related("project", "place", "poll", "agenda_item", "notice")
    return rows.order_by("agenda_item__position")
