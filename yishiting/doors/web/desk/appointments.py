"""任职: the security administrator gives offices, ends them, and puts right what was entered wrongly."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.administration import APPOINTMENTS
from yishiting.doors.web.desk.administration import administrator, crumbs, every_administrator
from yishiting.doors.web.desk.organisations import choose_place
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, address_of, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.organisations.actions.offices import WHO
from yishiting.ground.organisations.models import Appointment
from yishiting.ground.places.models import Place

know(
    Noun(
        Appointment,
        pages={"administration": "desk-account"},
        lists={"administration": ("desk-appointments", gettext_lazy("任职"))},
        related=("person", "place", "organisation"),
        key="person",
    )
)


def verbs_of(request: Request, appointment: Appointment) -> list[Button]:
    """End it, or put it right; for those who may."""
    return buttons(request, appointment, "appointment.end", "appointment.correct", asleep=False, room="administration")


def _around(request: Request, _person: Person) -> Around:
    """Who holds which office today."""
    return Around(
        _("任职"),
        crumbs(Link(_("任职"), "")),
        verbs=[Button(_("登记任职"), reverse("appointment-where"), "primary", "get")],
        buttons=lambda one: verbs_of(request, one),
    )


@administrator(Administration.SECURITY)
def appointment_where(request: Request) -> HttpResponse:
    """The place first; a person whose page led here is kept in mind."""

    def onward(place: Place) -> str:
        known = {"room": "administration", "person": request.GET.get("person", "")}
        return f"{address_of('appointment.make', place)}?{urlencode({k: v for k, v in known.items() if v})}"

    return choose_place(request, _("登记任职"), onward)


@every_administrator
def staff_search(request: Request) -> HttpResponse:
    """The staff that fit the words typed so far."""
    return render(request, "pieces/found.html", {"found": WHO.found(request.GET.get("q", ""), None)})


urlpatterns = [
    path("administration/appointments/", list_page(APPOINTMENTS, _around), name="desk-appointments"),
    path("administration/appointments/make/", appointment_where, name="appointment-where"),
    path("administration/staff-search/", staff_search, name="staff-search"),
]
