"""公约 for everyone: what a place keeps to, and where to say that it is not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.agreements import facts_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import address_of
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.year.agreements.models import Agreement
from yishiting.year.agreements.queries import agreements_of
from yishiting.year.agreements.states import BreachState, State

RELATED = ("place__parent__parent", "proposal")


@door(Place, related=("parent", "parent__parent"))
def place_agreements(request: Request, place: Place) -> HttpResponse:
    """The agreements of a place, those in force first."""
    shown = {"place": place, "agreements": agreements_of(place), "crumbs": crumbs_of(place, Link(_("公约"), ""))}
    return render(request, "public/place_agreements.html", shown)


@door(Agreement, related=RELATED)
def agreement(request: Request, agreement: Agreement) -> HttpResponse:
    """One agreement, how it was reviewed, and how often it was reported broken; not by whom."""
    breaches, holds = agreement.breaches.all(), agreement.state == State.IN_FORCE
    report = Button(VERBS["breach.report"].label, address_of("breach.report", agreement), "plain", "get")
    listed = Link(_("公约"), reverse("place-agreements", args=[agreement.place.code]))
    shown = {
        "agreement": agreement,
        "facts": facts_of(agreement, "public"),
        "verbs": [report] if holds else [],
        "reviews": list(agreement.reviews.all()),
        "reported": len(breaches),
        "answered": sum(one.state == BreachState.ANSWERED for one in breaches),
        "crumbs": crumbs_of(agreement.place, listed, Link(agreement.title, "")),
    }
    return render(request, "public/agreement.html", shown)


urlpatterns = [
    path("p/<str:code>/agreements/", place_agreements, name="place-agreements"),
    path("agreements/<uuid:pk>/", agreement, name="public-agreement"),
]
