"""评议 at the desk: which projects, the ballots, the results, and making them public."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk.confirming import confirm
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.verbs import why_not
from yishiting.ground.organisations.permissions import at_community_desk
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.ballots.states import State as PollState
from yishiting.year.evaluation.actions import declare_review, list_for_review, publicise_reviews, take_vote
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.queries import not_yet_public, reviews_of, to_be_reviewed
from yishiting.year.evaluation.states import State
from yishiting.year.meetings.models import Meeting
from yishiting.year.projects.models import Project


class ListForm(ours.Form):
    """Which accepted projects are reviewed."""

    projects = forms.ModelMultipleChoiceField(
        label=gettext_lazy("要评议的项目"), queryset=Project.objects.none(), widget=ours.CheckCards()
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["projects"]
        field.queryset = to_be_reviewed(meeting.place)
        field.initial = list(field.queryset.values_list("pk", flat=True))


class VoteForm(ours.Form):
    """How the ballot is taken."""

    method = forms.ChoiceField(
        label=gettext_lazy("测评方式"), choices=Method.choices, initial=Method.PAPER, widget=ours.RadioCards(keys=True)
    )


@door(Meeting, needs=at_community_desk, related=("place",))
def reviews(request: Request, meeting: Meeting) -> HttpResponse:
    """The projects of a review meeting, each with its next step, and those not listed yet."""
    lines = [(one, verb_of(request, one)) for one in reviews_of(meeting)]
    left = to_be_reviewed(meeting.place).count()
    shown = {
        "meeting": meeting,
        "lines": lines,
        "verbs": meeting_verbs(request, meeting, [one for one, _verb in lines], left),
        "left": left,
        "crumbs": crumbs(meeting),
    }
    return render(request, "desk/reviews.html", shown)


def meeting_verbs(request: Request, meeting: Meeting, listed: list[Review], left: int) -> list[Button]:
    """Listing projects while there are any left, and publishing once something is declared."""
    none_left = None if left else _("验收合格的项目都已经列入评议，没有可以再列入的。")
    refusal = why_not(request.actor, "review.list", meeting) or none_left
    found = [Button(_("列入评议"), reverse("reviews-list", args=[meeting.pk]), "plain", "get", refusal)]
    if any(one.state != State.LISTED and one.notice_id is None for one in listed):
        found.append(
            Button(_("公示评议结果"), reverse("reviews-publicise", args=[meeting.pk]), "primary", "get",
                 why_not(request.actor, "review.publicise", meeting) or not_yet_public(meeting))
        )  # fmt: skip
    return found


def verb_of(request: Request, review: Review) -> Button | None:
    """The next step of one review: ballot, count, result."""
    poll, back = review.poll, reverse("desk-reviews", args=[review.meeting_id])
    if review.state != State.LISTED:
        return None
    if poll is None or poll.state == PollState.VOID:
        return Button(
            _("开始测评"),
            reverse("review-vote", args=[review.pk]),
            "plain",
            "get",
            why_not(request.actor, "review.take_vote", review),
        )
    if poll.state == PollState.COUNTED:
        return Button(
            _("宣布结果"), reverse("review-declare", args=[review.pk]), "primary", fields={"revision": review.token}
        )
    return Button(_("录入计票"), f"{reverse('desk-tally', args=[poll.pk])}?next={back}", "plain", "get")


@door(Meeting, needs="review.list", related=("place",))
def reviews_list(request: Request, meeting: Meeting) -> HttpResponse:
    """Put accepted projects on the agenda."""
    back = reverse("desk-reviews", args=[meeting.pk])
    return perform(
        request,
        ListForm(request.POST or None, meeting=meeting),
        lambda projects: list_for_review(meeting, by=request.actor, projects=list(projects)),
        page="desk/form.html",
        to=back,
        done=_("已列入评议，每个项目一项议题。"),
        context={
            "title": _("列入评议"),
            "submit": _("列入评议"),
            "back": back,
            "crumbs": crumbs(meeting, _("列入评议")),
        },
    )


@door(Review, needs="review.take_vote", related=("place", "meeting__place", "project"))
def review_vote(request: Request, review: Review) -> HttpResponse:
    """Open the ballot on one project."""
    back = reverse("desk-reviews", args=[review.meeting_id])
    return perform(
        request,
        VoteForm(request.POST or None),
        lambda method: take_vote(review, by=request.actor, method=Method(method)),
        page="desk/form.html",
        to=back,
        done=_("测评开始，应到名单已冻结。"),
        context={
            "title": _("满意度测评：%(title)s") % {"title": review.project.title},
            "submit": _("开始测评"),
            "back": back,
            "revision": review.token,
            "crumbs": crumbs(review.meeting, _("满意度测评")),
        },
    )


@require_POST
@door(
    Review,
    needs="review.declare",
    related=("place", "project__place", "agenda_item__place", "agenda_item__meeting", "poll"),
)
def review_declare(request: Request, review: Review) -> HttpResponse:
    """Announce the result of one project."""
    back = reverse("desk-reviews", args=[review.meeting_id])
    return act(request, lambda: declare_review(review, by=request.actor), to=back, done=_("结果已宣布。"))


@door(Meeting, needs="review.publicise", related=("place",))
def reviews_publicise(request: Request, meeting: Meeting) -> HttpResponse:
    """Make the results public."""
    return confirm(
        request, lambda: publicise_reviews(meeting, by=request.actor),
        title=_("公示评议结果"), back=reverse("desk-reviews", args=[meeting.pk]), crumbs=crumbs(meeting), about=meeting,
        words=_("已经宣布的结果马上公开，居民可以提异议。公示以后结果不能再改。"), done=_("评议结果已公示。"),
    )  # fmt: skip


def crumbs(meeting: Meeting, last: str = "") -> list[Link]:
    """From the desk through the meeting."""
    found = [
        Link(_("工作台"), reverse("desk-home")),
        Link(_("会议"), reverse("desk-meetings", args=[meeting.place.code])),
        Link(meeting.title, reverse("desk-meeting", args=[meeting.pk])),
        Link(_("逐项评议"), reverse("desk-reviews", args=[meeting.pk])),
    ]
    return [*found, Link(last, "")] if last else found


urlpatterns = [
    path("meetings/<uuid:pk>/reviews/", reviews, name="desk-reviews"),
    path("meetings/<uuid:pk>/reviews/list/", reviews_list, name="reviews-list"),
    path("meetings/<uuid:pk>/reviews/publicise/", reviews_publicise, name="reviews-publicise"),
    path("reviews/<uuid:pk>/vote/", review_vote, name="review-vote"),
    path("reviews/<uuid:pk>/declare/", review_declare, name="review-declare"),
]
