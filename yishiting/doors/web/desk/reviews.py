"""评议 at the desk: which projects, the ballots, the results, and making them public."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.lists.meetings import REVIEWS
from yishiting.doors.web.shared.declared import button
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.heard import heard_at
from yishiting.doors.web.shared.lists import listing
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button
from yishiting.ground.common.verbs import why_not_now
from yishiting.ground.organisations.permissions import at_desk
from yishiting.instruments.ballots.states import State as PollState
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.queries import reviews_of, to_be_reviewed
from yishiting.year.evaluation.states import State
from yishiting.year.meetings.models import Meeting

know(
    Noun(
        Review,
        pages={"desk": "desk-reviews"},
        key="meeting",
        related=(
            "place", "meeting__place", "project__place", "agenda_item__place", "agenda_item__meeting", "poll",
        ),
        called=lambda review: review.project.title,
    )
)  # fmt: skip


@door(Meeting, needs=at_desk, related=("place",))
def reviews(request: Request, meeting: Meeting) -> HttpResponse:
    """The projects of a review meeting, each with its next step, and those not listed yet."""
    left = to_be_reviewed(meeting.place).count()
    shown = {
        "meeting": meeting,
        "list": listing(request, REVIEWS, meeting, buttons=lambda one: verbs_of(request, one)),
        "verbs": meeting_verbs(request, meeting, list(reviews_of(meeting)), left),
        "left": left,
        "heard": heard_at(meeting, "desk"),
        "crumbs": trail(request, meeting, "desk", _("逐项评议")),
    }
    return render(request, "desk/reviews.html", shown)


def meeting_verbs(request: Request, meeting: Meeting, listed: list[Review], left: int) -> list[Button]:
    """Listing projects while there are any left, and publishing once something is declared."""
    lists = button(request, "review.list", meeting, room="desk")
    none_left = None if left else _("验收合格的项目都已经列入评议，没有可以再列入的。")
    found = [replace(lists, why_not=lists.why_not or none_left)]
    if any(one.state != State.LISTED and one.notice_id is None for one in listed):
        found.append(button(request, "review.publicise", meeting, primary=True, room="desk"))
    return found


def verbs_of(request: Request, review: Review) -> list[Button]:
    """The next step of one review: ballot, count, result."""
    poll, back = review.poll, reverse("desk-reviews", args=[review.meeting_id])
    if review.state != State.LISTED:
        return []
    if poll is None or poll.state in (PollState.COUNTED, PollState.VOID):
        code = "review.take_vote" if why_not_now("review.declare", review) else "review.declare"
        return [button(request, code, review, primary=code == "review.declare", room="desk")]
    return [Button(_("录入计票"), f"{reverse('desk-tally', args=[poll.pk])}?next={back}", "plain", "get")]


urlpatterns = [path("meetings/<uuid:pk>/reviews/", reviews, name="desk-reviews")]
