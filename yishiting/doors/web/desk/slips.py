"""录入: two hundred paper slips from the keyboard alone."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk.slips_forms import KEPT, SlipForm
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.declared import said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions import strike_suggestion, take_down_suggestion
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.intake import typed_in
from yishiting.year.suggestions.states import State

SHOWN = 20

know(Noun(Place, by_hand={"suggestion.take_down": "desk-slips"}))


@door(Place, needs="suggestion.take_down", related=("parent",))
def slips(request: Request, place: Place) -> HttpResponse:
    """Type in one slip after the other; channel, session and day stay, the rest starts afresh."""
    form = SlipForm(place, request.POST or None, request.FILES or None, offered=_kept(request))
    return perform(
        request,
        form,
        lambda **_words: take_down_suggestion(place, by=request.actor, **form.told()),
        page="desk/slips.html",
        to=lambda one: _again(place, {name: request.POST.get(name, "") for name in KEPT}),
        done=lambda one: said_after(VERBS["suggestion.take_down"], one),
        context={
            "crumbs": crumbs(place, Link(_("录入"), "")),
            "tabs": tabs(request.actor, place, "desk-slips"),
            **_today(request, place),
        },
    )


@require_POST
@door(Suggestion, needs="suggestion.strike", related=("place",))
def strike(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Take back the slip just typed in."""
    kept = {name: request.POST.get(name, "") for name in KEPT}
    return act(
        request,
        lambda: strike_suggestion(suggestion, by=request.actor),
        to=_again(suggestion.place, kept),
        done=said_after(VERBS["suggestion.strike"], suggestion),
    )


def _kept(request: Request) -> dict[str, Any]:
    return {name: request.GET[name] for name in KEPT if request.GET.get(name)}


def _again(place: Place, kept: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{reverse('desk-slips', args=[place.code])}?{query}"


def _today(request: Request, place: Place) -> dict[str, Any]:
    """What this person has typed in today: how many stand, the newest of them, the last one with its undo."""
    if request.person is None:
        return {}
    rows = typed_in(request.person, place, timezone.localdate())
    newest = list(rows[:SHOWN])
    standing = [one for one in newest if one.state != State.STRUCK]
    last = standing[0] if standing and standing[0].state == State.RECEIVED else None
    return {
        "count": rows.exclude(state=State.STRUCK).count(),
        "newest": newest,
        "struck": State.STRUCK,
        "undo": _undo(request, last) if last else None,
    }


def _undo(request: Request, last: Suggestion) -> Button:
    kept = {name: request.GET.get(name, "") for name in KEPT}
    return Button(
        _("撤销最后一条"),
        reverse("suggestion-strike", args=[last.pk]),
        fields={"revision": last.token, **kept},
        key="u",
    )


urlpatterns = [
    path("p/<str:code>/slips/", slips, name="desk-slips"),
    path("suggestions/<uuid:pk>/strike/", strike, name="suggestion-strike"),
]
