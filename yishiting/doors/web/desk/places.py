"""区划 at the desk: what changed in law, what is to come, a new table beside what there is."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.places import PLACE_CHANGES
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door, why_closed
from yishiting.doors.web.shared.lists import listing
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.common.refused import Refused
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Level, Place, PlaceChange
from yishiting.ground.places.queries import history_of, run_from
from yishiting.ground.rezoning.comparing import COMMUNITIES, STREETS, Difference, differences, divisions, read_rows
from yishiting.ground.rezoning.permissions import changes_places
from yishiting.ground.rezoning.queries import change_said

LISTED = gettext_lazy("区划变动")
HERE = ("place.rename", "place.become_community", "place.merge", "place.split_off", "place.move", "place.close", "place.found")  # fmt: skip
RELATED = ("place__parent", "successor", "parent_before")
OPENS = changes_places | reads_here

know(
    Noun(
        PlaceChange,
        pages={"desk": "desk-place-change"},
        lists={"desk": ("desk-place-changes", LISTED)},
        related=RELATED,
        called=change_said,
    ),
)


@door(Place, needs=OPENS, related=("parent", "run_by"))
def place_changes(request: Request, place: Place) -> HttpResponse:
    """What changed at a place and below it, and the verbs; the places below, each with a page of its own."""
    below = place.children.there_on(timezone.localdate()).order_by("code")
    compare = reverse("desk-place-compare", args=[place.code])
    shown = {
        "history": [change_said(one) for one in history_of(place)],
        "former": run_from(place),
        "below": [Link(one.name, reverse("desk-place-changes", args=[one.code])) for one in below],
        "verbs": buttons(request, place, *HERE, asleep=False, room="desk"),
        "list": listing(
            request,
            PLACE_CHANGES,
            place,
            buttons=lambda one: buttons(request, one, asleep=False, room="desk"),
        ),
        "compare": compare
        if place.level == Level.DISTRICT and why_closed(request.actor, compare, place) is None
        else "",
        "crumbs": trail(request, place, "desk", LISTED),
    }
    return render(request, "desk/place_changes.html", shown)


@door(PlaceChange, needs=OPENS, related=RELATED)
def place_change(request: Request, change: PlaceChange) -> HttpResponse:
    """One change: to the page of the place it is about."""
    return redirect("desk-place-changes", change.place.code)


class TablesForm(ours.Form):
    """The tables of a new year, either of which may be left out."""

    streets = forms.FileField(
        label=gettext_lazy("街乡表"), required=False, help_text=gettext_lazy("CSV，列：code,name")
    )
    communities = forms.FileField(
        label=gettext_lazy("社区（村）表"), required=False, help_text=gettext_lazy("CSV，列：code,name,streetCode")
    )


@door(Place, needs=changes_places)
def compare(request: Request, place: Place) -> HttpResponse:
    """A new table beside the places there are; nothing is changed here, each difference leads to its verb."""
    form = TablesForm(request.POST or None, request.FILES or None)
    found: list[Difference] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = differences(place, _table(place, form.cleaned_data))
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
    shown = {
        "form": form,
        "found": None if found is None else [(one, _to(one)) for one in found],
        "title": _("核对新的区划表"),
        "crumbs": trail(request, place, "desk", _("核对新的区划表")),
    }
    return render(request, "desk/place_compare.html", shown, status=422 if form.errors else 200)


def _table(place: Place, given: dict[str, Any]) -> Any:
    streets = _rows(given["streets"], STREETS, "streets")
    return divisions(place, streets, _rows(given["communities"], COMMUNITIES, "communities"))


def _rows(file: Any, wanted: tuple[str, ...], field: str) -> list[dict[str, str]]:
    return read_rows(file.read(), wanted, field=field) if file is not None else []


def _to(one: Difference) -> str:
    return f"{reverse('do', args=[one.verb, one.place.code])}?{urlencode({**one.given, 'room': 'desk'})}"


urlpatterns = [
    path("p/<str:code>/changes/", place_changes, name="desk-place-changes"),
    path("p/<str:code>/changes/compare/", compare, name="desk-place-compare"),
    path("place-changes/<uuid:pk>/", place_change, name="desk-place-change"),
]
