"""The home of a department: what it was asked, what it leads, what it helps with, what is late; its people, its words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import buttons, link_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.organisations.models import Appointment, Office, Organisation
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.matters.choices import Role
from yishiting.year.matters.models import AnswerTemplate, Dispatch, Matter, Opinion
from yishiting.year.matters.permissions import of_the_unit
from yishiting.year.matters.queries import asked_of, templates_of
from yishiting.year.matters.states import OVER, DispatchState

know(
    Noun(
        AnswerTemplate, pages={"desk": "desk-unit"}, key="unit", related=("unit", "place"), called=lambda one: one.name
    )
)

#: What is beyond this stands in the list of the unit.
MOST = 30


def _in_hand(unit: Organisation) -> list[Dispatch]:
    rows = Dispatch.objects.filter(unit=unit).exclude(state=DispatchState.REPLACED).exclude(matter__state__in=OVER)
    return list(rows.select_related("matter").order_by("matter__due", "sent_on"))


def _late(opinions: Iterable[Opinion], sent: Iterable[Dispatch], today: date) -> list[Matter]:
    """Whose day for this unit has passed, each once."""
    found = [one.matter for one in opinions if one.due < today]
    found += [one.matter for one in sent if one.state == DispatchState.SENT and one.due < today]
    found += [one.matter for one in sent if one.matter.due is not None and one.matter.due < today]
    return list({one.pk: one for one in found}.values())


@door(Organisation, needs=of_the_unit | reads_here, related=("place",))
def unit(request: Request, unit: Organisation) -> HttpResponse:
    """One department: four lists, the people who handle matters for it, the words it keeps for its answers."""
    today = timezone.localdate()
    opinions, sent = list(asked_of([unit.pk])), _in_hand(unit)
    held = Appointment.objects.in_force(today).filter(office=Office.HANDLING_OFFICER, organisation=unit)
    groups: list[tuple[str, list[Any]]] = [
        (_("已经超期"), _late(opinions, sent, today)),
        (_("等本单位出具意见"), [one.matter for one in opinions]),
        (_("本单位主办"), [one.matter for one in sent if one.role == Role.LEAD]),
        (_("本单位协办"), [one.matter for one in sent if one.role == Role.SUPPORT]),
    ]
    shown = {
        "unit": unit,
        "groups": [(says, rows[:MOST], len(rows)) for says, rows in groups],
        "people": [one.person.name for one in held.select_related("person").order_by("since")],
        "templates": [
            (one, buttons(request, one, "answer_template.drop", asleep=False, room="desk"))
            for one in templates_of([unit.pk])
        ],
        "verbs": buttons(request, unit, "answer_template.keep", asleep=False, room="desk"),
        "crumbs": [Link(_("工作台"), reverse("desk-home")), Link(unit.name, "")],
    }
    return render(request, "desk/unit.html", shown)


def to_begin_from(matter: Matter, units: Iterable[Any]) -> list[Link]:
    """The page of the answer with the words of a template already in it."""
    page = link_of("matter.answer", str(matter.pk))
    return [Link(one.name, f"{page}?{urlencode({'text': one.text, 'room': 'desk'})}") for one in templates_of(units)]


urlpatterns = [path("units/<uuid:pk>/", unit, name="desk-unit")]
