"""区级办理事项 for everyone: what the district has decided to do, who does it, how far it is, what was answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.district_matters import decided, facts_of, shown_to_all
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place
from yishiting.year.matters.models import Matter
from yishiting.year.matters.queries import RELATED, matters_of, public_words_of
from yishiting.year.matters.states import PUBLIC


@door(Place)
def place_matters(request: Request, place: Place) -> HttpResponse:
    """The matters of the district that bodies have decided on, newest first."""
    rows = matters_of(place).filter(state__in=PUBLIC).order_by("-decided_on", "-received_on")
    shown = {"place": place, "matters": rows[:200], "crumbs": crumbs_of(place, Link(_("区级办理事项"), ""))}
    return render(request, "public/place_matters.html", shown)


@door(Matter, related=RELATED)
def matter(request: Request, matter: Matter) -> HttpResponse:
    """One matter as everybody may follow it; until it is decided, only where it stands."""
    listed = Link(_("区级办理事项"), reverse("place-matters", args=[matter.place.code]))
    shown = {
        **shown_to_all(matter),
        "facts": facts_of(matter, "public"),
        "situation": public_words_of(matter),
        "verbs": buttons(request, matter, "matter.rate", asleep=False, room="public"),
        "decisions": decided(matter, public=True),
        "crumbs": crumbs_of(matter.place, listed, Link(matter.title, "")),
    }
    return render(request, "public/district_matter.html", shown)


urlpatterns = [
    path("p/<str:code>/district-matters/", place_matters, name="place-matters"),
    path("district-matters/<uuid:pk>/", matter, name="public-district-matter"),
]
