"""我的单位: what a contact does in the name of a unit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, address_by_key, know
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.doors.web.shared.units import facts_of, parts_of
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.permissions import acts_for_it
from yishiting.overview.cycle.shapes import Wait
from yishiting.overview.cycle.units import for_units
from yishiting.year.councils.models import Constituency
from yishiting.year.councils.states import State

know(Noun(Organisation, pages={"me": "my-unit", "public": "unit"}, related=("place",)))


def waiting(person_waits: list[Wait]) -> list[tuple[Wait, str]]:
    """What waits, each with the address of the next act and what it is called."""
    return [(one, f"{address_by_key(one.verb, one.kind, one.pk)}?room=me") for one in person_waits]


@door(Organisation, needs=acts_for_it, related=("place",))
def my_unit(request: Request, organisation: Organisation) -> HttpResponse:
    """A unit, for those who act for it: what waits, what it may do, what it has a part in."""
    waits = for_units(person_of(request), timezone.localdate())
    shown = {
        "organisation": organisation,
        "facts": facts_of(organisation),
        "waits": [(one, url, VERBS[one.verb].label) for one, url in waiting(waits)],
        "verbs": _verbs(request, organisation),
        **parts_of(organisation),
        "crumbs": [Link(_("我的"), reverse("my-home")), Link(organisation.name, "")],
    }
    return render(request, "resident/unit.html", shown)


def _verbs(request: Request, unit: Organisation) -> list[Button]:
    """A suggestion in its name; another representative where it has a seat."""
    groups = Constituency.objects.filter(unit=unit, term__state=State.SEATED)
    rows = groups.select_related("term__council", "place", "sends", "unit")
    return [
        button(request, "organisation.suggest", unit, primary=True, room="me"),
        *(one for group in rows for one in buttons(request, group, "constituency.send", asleep=False, room="me")),
    ]


urlpatterns = [path("units/<uuid:pk>/", my_unit, name="my-unit")]
