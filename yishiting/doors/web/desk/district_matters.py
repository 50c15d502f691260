"""区级办理事项 at the desk: what waits to be taken in, the bank, one matter with every opinion, decision and step."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.district_matters import IN_HAND, MATTERS, OVERSIGHT, TO_TAKE_IN
from yishiting.doors.web.desk.district_units import to_begin_from
from yishiting.doors.web.shared.bulk import WAYS, Way
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.district_matters import decided, facts_of, handling_facts, said_by, work_on
from yishiting.doors.web.shared.district_parts import parts_of
from yishiting.doors.web.shared.doors import door, open_links
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.doors.web.shared.timelines import timeline
from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import Refused
from yishiting.ground.ledger.queries import history_of
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.matters.actions import dispatch
from yishiting.year.matters.models import Contact, Coordination, Dispatch, Matter, Opinion, Special, Step
from yishiting.year.matters.permissions import reads_matter, reported_it
from yishiting.year.matters.queries import (
    RELATED,
    handling_of,
    leading,
    public_words_of,
    spoke_with_proposers,
    units_of_person,
)
from yishiting.year.matters.states import State

LISTED = gettext_lazy("区级办理事项")
TABS = {
    "desk-to-take-in": gettext_lazy("等待列入的建议案"),
    "desk-matters": gettext_lazy("全部事项"),
    "desk-oversight": gettext_lazy("督查清单"),
}
PART = ("place", "unit", "matter__place", "matter__dossier")
#: Parts without a lifecycle of their own, and what is done to them.
OF_A_PART: dict[type, tuple[str, ...]] = {
    Step: ("step.withdraw",),
    Contact: ("contact.withdraw",),
    Coordination: ("coordination.withdraw",),
    Special: ("special.record", "special.cancel"),
}
NOTED = ("place", "matter__place", "matter__dossier")

know(
    Noun(
        Matter,
        pages={"desk": "desk-matter", "public": "public-district-matter"},
        lists={"desk": ("desk-matters", LISTED)},
        related=RELATED,
    ),
    Noun(Opinion, part_of="matter", related=PART, called=lambda one: one.unit.name),
    Noun(Dispatch, part_of="matter", related=PART, called=lambda one: one.unit.name),
    Noun(Step, part_of="matter", related=NOTED, called=lambda one: one.matter.title),
    Noun(Contact, part_of="matter", related=NOTED, called=lambda one: one.matter.title),
    Noun(Coordination, part_of="matter", related=NOTED, called=lambda one: one.matter.title),
    Noun(
        Special,
        part_of="matter",
        related=("place", "matter__place", "matter__dossier"),
        called=lambda one: one.matter.title,
    ),
)


def _dispatch_as_proposed(matter: Matter, *, by: Actor) -> Matter:
    """Several at once, each to the units and by the day of its own proposed handling."""
    handling = handling_of(matter)
    if handling is None:
        raise Refused(_("这一件没有拟办建议。请打开它，“分派承办单位”。"))
    partners = list(handling.partners.all())
    return dispatch(matter, by=by, lead=handling.lead, partners=partners, deadline=handling.deadline)


WAYS["matter.dispatch"] = Way(
    "matter.dispatch",
    gettext_lazy("按拟办建议分派"),
    _dispatch_as_proposed,
    words=gettext_lazy("每一件分派给各自拟办建议里的主办、协办单位，期限也按拟办建议。要改的，请打开那一件分派。"),
)


def _around(request: Request, place: Place, name: str) -> Around:
    tabs = open_links(request.actor, place, TABS, name)
    return Around(TABS[name], trail(request, place, "desk", LISTED), tabs=tabs)


def _templates(request: Request, matter: Matter) -> list[Link]:
    """For the people of the lead, once they may answer: the words of their unit that an answer may begin from."""
    if request.person is None or matter.state != State.UNDERWAY or not spoke_with_proposers(matter):
        return []
    mine = units_of_person(request.person, timezone.localdate()) & leading(matter)
    return to_begin_from(matter, mine) if mine else []


def _contacts(request: Request, matter: Matter, *, inside: bool) -> list[tuple[Contact, str, list[Button]]]:
    """Each contact with what was said, which a department reads of its own alone: it may name people."""
    rows = _parts(request, parts_of(matter).contacts)
    mine = units_of_person(request.person, timezone.localdate()) if request.person is not None else set()
    closed = _("（内容由记录的单位查看）")
    return [(one, one.text if inside or one.unit_id in mine else closed, acts) for one, acts in rows]


def _parts(request: Request, rows: Any) -> list[tuple[Any, list[Button]]]:
    """Each part with what this person may do with it."""
    return [(one, buttons(request, one, *OF_A_PART.get(type(one), ()), asleep=False, room="desk")) for one in rows]


def _inside(request: Request, matter: Matter) -> bool:
    """Whether somebody reads the file and the proposals too; a department does not, nor whose words they are."""
    return (reads_here | reported_it).why_not(Question(request.actor, matter)) is None


@door(Matter, needs=reads_matter, related=RELATED)
def matter(request: Request, matter: Matter) -> HttpResponse:
    """One matter: where it stands and whose turn it is, every opinion, decision, dispatch, contact and answer."""
    parts = parts_of(matter)
    inside = _inside(request, matter)
    shown = {
        **work_on(matter),
        "steps": (),  # they stand below, with their buttons
        "facts": facts_of(matter, "desk", inside=inside),
        "situation": matter.situation if inside else public_words_of(matter),
        "verbs": buttons(request, matter, asleep=False, room="desk"),
        "file": reverse("desk-file", args=[matter.dossier_id]) if inside else "",
        "opinions": [(one, said_by(one), acts) for one, acts in _parts(request, parts.opinions)],
        "handling": handling_facts(matter),
        "decisions": decided(matter, public=False),
        "called": _parts(request, [one for one in parts.specials if not one.verdict]),
        "dispatches": _parts(request, parts.dispatches),
        "steps_here": _parts(request, parts.steps),
        "contacts": _contacts(request, matter, inside=inside),
        "coordinations": _parts(request, parts.coordinations),
        "reminders": parts.reminders,
        "templates": _templates(request, matter),
        "timeline": timeline(history_of([matter])),
        "crumbs": trail(request, matter, "desk"),
    }
    return render(request, "desk/district_matter.html", shown)


def _own(request: Request, _nothing: None = None) -> Around:
    return Around(_("分派给本单位的区级事项"), [Link(_("工作台"), reverse("desk-home")), Link(LISTED, "")])


urlpatterns = [
    path(
        "p/<str:code>/matters/",
        list_page(MATTERS, lambda request, place: _around(request, place, "desk-matters")),
        name="desk-matters",
    ),
    path(
        "p/<str:code>/matters/to-take-in/",
        list_page(TO_TAKE_IN, lambda request, place: _around(request, place, "desk-to-take-in")),
        name="desk-to-take-in",
    ),
    path(
        "p/<str:code>/matters/oversight/",
        list_page(OVERSIGHT, lambda request, place: _around(request, place, "desk-oversight")),
        name="desk-oversight",
    ),
    path("matters/", list_page(IN_HAND, _own), name="desk-in-hand"),
    path("matters/<uuid:pk>/", matter, name="desk-matter"),
]
