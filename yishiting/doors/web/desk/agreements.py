"""公约 at the desk: the list, one agreement with its reviews and what was reported broken."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.agreements import AGREEMENTS
from yishiting.doors.web.shared.agreements import facts_of
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.agreements.models import Agreement, Breach
from yishiting.year.agreements.queries import RELATED

LISTED = gettext_lazy("公约")

know(
    Noun(
        Agreement,
        pages={"desk": "desk-agreement", "public": "public-agreement"},
        lists={"desk": ("desk-agreements", LISTED)},
        related=RELATED,
    ),
    Noun(
        Breach,
        part_of="agreement",
        related=("place", "agreement__place", "agreement__proposal"),
        called=lambda breach: breach.agreement.title,
    ),
)


def _around(request: Request, place: Place) -> Around:
    return Around(_("%(place)s的公约") % {"place": place.name}, trail(request, place, "desk", LISTED))


@door(Agreement, needs=reads_here, related=RELATED)
def agreement(request: Request, agreement: Agreement) -> HttpResponse:
    """One agreement: its text, who keeps to it, its reviews, and every report that it was broken."""
    breaches = list(agreement.breaches.select_related("place"))
    shown = {
        "agreement": agreement,
        "facts": facts_of(agreement, "desk"),
        "verbs": buttons(request, agreement, "agreement.review", asleep=False, room="desk"),
        "reviews": list(agreement.reviews.all()),
        "breaches": [(one, buttons(request, one, asleep=False, room="desk")) for one in breaches],
        "crumbs": trail(request, agreement, "desk"),
    }
    return render(request, "desk/agreement.html", shown)


urlpatterns = [
    path("p/<str:code>/agreements/", list_page(AGREEMENTS, _around), name="desk-agreements"),
    path("agreements/<uuid:pk>/", agreement, name="desk-agreement"),
]
