"""经费 for everyone: the money of a place in a year, to the fen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.place_money import money_of_place, year_asked
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place


@door(Place, related=("parent", "parent__parent"))
def place_money(request: Request, place: Place) -> HttpResponse:
    """What a place was given in a year, where it went, and what is left."""
    shown = {
        "place": place,
        "shown": money_of_place(place, year_asked(request, place), "public"),
        "crumbs": crumbs_of(place, Link(_("经费"), "")),
    }
    return render(request, "public/place_money.html", shown)


urlpatterns = [path("p/<str:code>/money/", place_money, name="place-money")]
