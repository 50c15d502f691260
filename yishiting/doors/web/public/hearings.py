"""问政会 for everyone: when and where, who is asked to come, and afterwards what was said and answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.hearings import Spoken, facts_of, speaker_of
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place
from yishiting.year.hearings.models import Hearing
from yishiting.year.hearings.queries import hearings_of, speeches_of
from yishiting.year.hearings.states import State
from yishiting.year.suggestions.states import State as SuggestionState

RELATED = ("place__parent__parent", "session")


@door(Place, related=("parent", "parent__parent"))
def place_hearings(request: Request, place: Place) -> HttpResponse:
    """The hearings of a place, newest first."""
    shown = {"place": place, "hearings": hearings_of(place), "crumbs": crumbs_of(place, Link(_("问政会"), ""))}
    return render(request, "public/place_hearings.html", shown)


@door(Hearing, related=RELATED)
def hearing(request: Request, hearing: Hearing) -> HttpResponse:
    """One hearing; who spoke is told by category, and only once the record is public."""
    spoken = [
        Spoken(one, speaker_of(one), _page_of(one.suggestion_id))
        for one in (speeches_of(hearing) if hearing.state == State.PUBLISHED else [])
        if one.suggestion is None or one.suggestion.state != SuggestionState.STRUCK
    ]
    shown = {
        "hearing": hearing,
        "facts": facts_of(hearing, "public"),
        "spoken": spoken,
        "is_public": hearing.state == State.PUBLISHED,
        "crumbs": crumbs_of(
            hearing.place,
            Link(_("问政会"), reverse("place-hearings", args=[hearing.place.code])),
            Link(hearing.title, ""),
        ),
    }
    return render(request, "public/hearing.html", shown)


def _page_of(suggestion: object) -> str:
    return reverse("public-suggestion", args=[suggestion]) if suggestion else ""


urlpatterns = [
    path("p/<str:code>/hearings/", place_hearings, name="place-hearings"),
    path("hearings/<uuid:pk>/", hearing, name="public-hearing"),
]
