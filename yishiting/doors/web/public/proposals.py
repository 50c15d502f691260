"""建议案 for everyone: what the council has before it and decided, and what is not done now, with the conditions."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.places.models import Place
from yishiting.overview.insights import the_year
from yishiting.year.proposals.queries import blacks_behind, mains_of, public_proposals
from yishiting.year.proposals.queries import not_now as not_now_at
from yishiting.year.proposals.states import State

PAGE = 20
RELATED = ("parent", "parent__parent")

#: What the numbers of a year open.
THAT_ARE = {"adopted": Q(state__in=the_year.ADOPTED), "pending": Q(state=State.PENDING)}


@door(Place, related=RELATED)
def place_proposals(request: Request, place: Place) -> HttpResponse:
    """The proposals of a place and what became of them."""
    rows = public_proposals(place)
    year = whole_number(request.GET.get("for", ""))
    rows = rows if year is None else rows.filter(for_year=year)
    made_in = whole_number(request.GET.get("year", ""))
    rows = rows if made_in is None else rows.filter(the_year.made(place, made_in))
    rows = rows.filter(THAT_ARE.get(request.GET.get("is", ""), Q()))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    request.blacks = blacks_behind(mains_of(*page.object_list))
    shown = {"page": page, "year": year or "", "crumbs": crumbs_of(place, Link(_("建议案"), ""))}
    return render(request, "public/place_proposals.html", shown)


@door(Place, related=RELATED)
def not_now(request: Request, place: Place) -> HttpResponse:
    """What is not done now, and under which conditions it will be."""
    page = Paginator(not_now_at(place), PAGE).get_page(request.GET.get("page"))
    return render(request, "public/not_now.html", {"page": page, "crumbs": crumbs_of(place, Link(_("暂不办理"), ""))})


urlpatterns = [
    path("p/<str:code>/proposals/", place_proposals, name="place-proposals"),
    path("p/<str:code>/not-now/", not_now, name="not-now"),
]
