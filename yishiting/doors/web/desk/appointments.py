"""任职: the security administrator gives offices and ends them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.lists.administration import APPOINTMENTS
from yishiting.doors.web.desk.administration import administrator, crumbs, every_administrator
from yishiting.doors.web.desk.appointments_forms import (
    AppointForm,
    EndForm,
    found_organisations,
    found_staff,
)
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.organisations.actions import appoint, end_appointment
from yishiting.ground.organisations.models import Appointment
from yishiting.ground.places.models import Place


def _around_list(_request: Request, _person: Person) -> Around:
    """Who holds which office today."""
    return Around(
        _("任职"),
        crumbs(Link(_("任职"), "")),
        verbs=[Button(_("登记任职"), reverse("appointment-make"), "primary", "get")],
        buttons=lambda one: (
            [] if one.until else [Button(_("登记离任"), reverse("appointment-end", args=[one.pk]), "quiet", "get")]
        ),
    )


@administrator(Administration.SECURITY)
def appointment_make(request: Request) -> HttpResponse:
    """Give an office."""
    someone = _named(request)
    form = AppointForm(request.POST or None, initial={"since": timezone.localdate(), "person": someone})

    def give(place: Place, **given: Any) -> Appointment:
        return appoint(place, by=request.actor, **given)

    title = _("登记任职")
    return perform(
        request,
        form,
        give,
        page="desk/form.html",
        to=lambda made: reverse("desk-account", args=[made.person_id]),
        done=lambda made: _("%(who)s已任%(office)s。") % {"who": made.person, "office": made.get_office_display()},
        context=_around(title, reverse("desk-appointments")),
    )


def _named(request: Request) -> tuple[str, str] | None:
    """The person whose page led here, as the field shows them."""
    found = found_staff(request.GET.get("person", "") or "-")
    return (found[0][1], found[0][0]) if len(found) == 1 else None


def _around(title: str, back: str) -> dict[str, Any]:
    links = (Link(_("任职"), reverse("desk-appointments")), Link(title, ""))
    return {"title": title, "submit": title, "back": back, "crumbs": crumbs(*links)}


@door(Appointment, needs="appointment.end", related=("person", "place"))
def appointment_end(request: Request, appointment: Appointment) -> HttpResponse:
    """End an office on a day, with the reason."""
    back = reverse("desk-account", args=[appointment.person_id])
    form = EndForm(request.POST or None, initial={"until": timezone.localdate()})
    words = _("%(who)s，%(place)s%(office)s") % {
        "who": appointment.person,
        "place": appointment.place,
        "office": appointment.get_office_display(),
    }
    return perform(
        request,
        form,
        lambda **given: end_appointment(appointment, by=request.actor, **given),
        page="desk/form.html",
        to=back,
        done=_("离任已登记。"),
        context={**_around(_("离任"), back), "words": words, "kind": "danger", "revision": appointment.token},
    )


@every_administrator
def staff_search(request: Request) -> HttpResponse:
    """The staff that fit the words typed so far."""
    words = request.GET.get("q", "")
    return render(request, "pieces/found.html", {"found": found_staff(words) if words.strip() else []})


@every_administrator
def organisation_search(request: Request) -> HttpResponse:
    """The organisations that fit the words typed so far."""
    words = request.GET.get("q", "")
    return render(request, "pieces/found.html", {"found": found_organisations(words) if words.strip() else []})


urlpatterns = [
    path("administration/appointments/", list_page(APPOINTMENTS, _around_list), name="desk-appointments"),
    path("administration/appointments/make/", appointment_make, name="appointment-make"),
    path("administration/appointments/<uuid:pk>/end/", appointment_end, name="appointment-end"),
    path("administration/staff-search/", staff_search, name="staff-search"),
    path("administration/organisation-search/", organisation_search, name="organisation-search"),
]
