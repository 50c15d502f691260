"""查进展: by number and four digits, or by the code on the slip; no account needed."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.followup import followed_up
from yishiting.doors.web.public.suggest import receipt_of
from yishiting.doors.web.public.suggest_forms import FollowForm
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.doors.web.shared.timelines import seal_of, timeline
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.receipts import by_slip, look_up, slip_token


def follow(request: Request) -> HttpResponse:
    """Question for the number and four digits, and go to the suggestion."""
    return perform(
        request,
        FollowForm(request.POST or None),
        lambda receipt, tail: look_up(receipt, tail, by=request.actor),
        page="public/follow.html",
        to=lambda suggestion: reverse("follow-one", args=[slip_token(suggestion)]),
        context={"crumbs": [Link(_("查进展"), "")]},
    )


def follow_one(request: Request, token: str) -> HttpResponse:
    """What became of a suggestion: its own words, the path, the answers."""
    suggestion = by_slip(token)
    if suggestion is None:
        raise Http404
    request.place = suggestion.place  # type: ignore[attr-defined]  # the header shows it
    return render(request, "public/follow_one.html", _shown(suggestion, token))


def _shown(suggestion: Suggestion, token: str) -> dict[str, object]:
    matter = matter_of(suggestion)
    own = [one for one in matter.entries if one.subject_id == str(suggestion.pk)]
    return {
        "suggestion": suggestion,
        "facts": _facts(suggestion),
        "steps": steps(matter, timezone.localdate()),
        "summary": summary(matter),
        "answers": matter.answers,
        **followed_up(suggestion, matter.answers),
        "timeline": timeline(matter.entries),
        "seal": seal_of(own[0]) if own else None,
        "receipt": receipt_of(suggestion),
        "receipt_url": reverse("suggestion-receipt", args=[token]),
        "crumbs": [Link(_("查进展"), reverse("follow")), Link(spoken(suggestion.receipt), "")],
    }


def _facts(suggestion: Suggestion) -> list[Fact]:
    facts = [
        Fact(_("受理号"), spoken(suggestion.receipt)),
        Fact(_("收到"), cn_date(suggestion.received_on)),
        Fact(_("现在"), suggestion.get_state_display()),
    ]
    return [*facts, Fact(_("地点"), suggestion.where)] if suggestion.where else facts


urlpatterns = [
    path("follow/", follow, name="follow"),
    path("follow/<str:token>/", follow_one, name="follow-one"),
]
