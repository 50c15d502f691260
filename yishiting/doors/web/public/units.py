"""A unit for everybody: what it is, how it is reached, its seats in councils, what it has suggested."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.units import facts_of, said_by_unit, seats_of_unit, works_of_unit
from yishiting.ground.organisations.models import Organisation


@door(Organisation, related=("place__parent__parent",))
def unit(request: Request, organisation: Organisation) -> HttpResponse:
    """One unit."""
    shown = {
        "organisation": organisation,
        "facts": facts_of(organisation),
        "seats": seats_of_unit(organisation, public=True),
        "works": works_of_unit(organisation),
        "suggestions": said_by_unit(organisation),
        "crumbs": crumbs_of(organisation.place, Link(organisation.name, "")),
    }
    return render(request, "public/unit.html", shown)


urlpatterns = [path("units/<uuid:pk>/", unit, name="unit")]
