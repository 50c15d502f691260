"""Reading reviews."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.ballots.states import State as PollState
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.states import State
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import ItemState
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State as ProjectState

TO_COME = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN)


def without_result(poll: Poll) -> bool:
    """Whether it was counted and too few valid ballots came in for a percentage: those present rate once more."""
    return poll.state == PollState.COUNTED and poll.result["passed"] is None


def to_be_reviewed(place: Place) -> QuerySet[Project]:
    """Accepted projects of a place that no review meeting has before it; what was put off there is listed again."""
    before_it = Review.objects.filter(state=State.LISTED, meeting__state__in=TO_COME)
    listed = before_it.exclude(agenda_item__state__in=(ItemState.PUT_OFF, ItemState.WITHDRAWN)).values("project")
    return (
        Project.objects.filter(place=place, state=ProjectState.ACCEPTED).exclude(pk__in=listed).select_related("place")
    )


def reviews_of(meeting: Meeting) -> QuerySet[Review]:
    """The reviews of a meeting in the order of its agenda."""
    rows = Review.objects.filter(meeting=meeting).select_related("project", "place", "poll", "agenda_item", "notice")
    return rows.order_by("agenda_item__position")


def unpublished(meeting: Meeting) -> list[Review]:
    """What the meeting declared and nobody made public yet."""
    return [one for one in reviews_of(meeting) if one.state != State.LISTED and one.notice is None]


def to_be_published(place: Place) -> QuerySet[Meeting]:
    """The meetings of a place whose results can go out: something is declared, and a sitting has nothing left to declare."""
    here = Review.objects.filter(meeting=OuterRef("pk"))
    still_sitting = Q(state=MeetingState.OPEN) & Exists(here.filter(state=State.LISTED))
    declared = Exists(here.filter(notice=None).exclude(state=State.LISTED))
    return Meeting.objects.filter(declared, place=place).exclude(still_sitting)


def not_yet_public(meeting: Meeting) -> str:
    """Why the results wait: they go out together, so while the meeting sits, every project on its list needs one."""
    left = sum(one.state == State.LISTED for one in reviews_of(meeting))
    if not left or meeting.state != MeetingState.OPEN:
        return ""
    return _("还有 %(n)s 个项目没有宣布评议结果。请逐项宣布，或先散会，再一起公示。") % {"n": left}
