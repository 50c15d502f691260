"""组织登记: the organisations, people and estates of a place, kept by its desk or the system administrator."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.ground import ESTATES, ORGANISATIONS, PEOPLE
from yishiting.doors.web.desk.administration import administrator, crumbs
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.place_search import PlaceField
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.units import facts_of, parts_of
from yishiting.ground.accounts.models import Administration
from yishiting.ground.organisations.models import LocalPerson, Organisation
from yishiting.ground.organisations.permissions import reads_directory
from yishiting.ground.organisations.queries import contacts_in_force
from yishiting.ground.places.models import Estate, Level, Place

LISTED, PEOPLE_WORD, ESTATES_WORD = gettext_lazy("组织登记"), gettext_lazy("人员名册"), gettext_lazy("小区楼院")
ROW = (
    "organisation.name_contact",
    "organisation.suggest",
    "organisation.announce",
    "organisation.amend",
    "organisation.close",
    "organisation.reopen",
)
OF_A_PERSON = ("local_person.correct", "local_person.leave")

know(
    Noun(
        Organisation,
        pages={"desk": "desk-organisation"},
        lists={"desk": ("desk-organisations", LISTED)},
        related=("place",),
    ),
    Noun(
        LocalPerson,
        lists={"desk": ("desk-people", PEOPLE_WORD)},
        pages={"desk": "desk-people"},
        of_place=True,
        related=("place", "organisation__place"),
    ),
    Noun(Estate, lists={"desk": ("desk-estates", ESTATES_WORD)}),
)


class WhereForm(ours.Form):
    """Of which place."""

    place = PlaceField(
        label=gettext_lazy("哪个地方"), help_text=gettext_lazy("写区、街乡或社区的名称，也可以只写拼音首字母。")
    )


def choose_place(request: Request, title: str, onward: Callable[[Place], str]) -> HttpResponse:
    """The place first, then on to what is done there; what else the address says is kept."""
    form = WhereForm(request.GET if "place" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect(onward(form.cleaned_data["place"]))
    kept = {name: value for name, value in request.GET.items() if name not in ("place", "place_key")}
    shown = {"title": title, "form": form, "submit": _("打开"), "kept": kept, "crumbs": crumbs(Link(title, ""))}
    return render(request, "desk/organisations_where.html", shown)


@administrator(Administration.SYSTEM)
def where(request: Request) -> HttpResponse:
    """Choose the place first."""
    return choose_place(request, str(LISTED), lambda place: reverse("desk-organisations", args=[place.code]))


def _around(request: Request, place: Place) -> Around:
    """The organisations of a place; closed ones last. A community keeps its list of estates beside them."""
    estates = Link(ESTATES_WORD, reverse("desk-estates", args=[place.code]))
    people = Link(PEOPLE_WORD, reverse("desk-people", args=[place.code]))
    return Around(
        _("%(place)s的组织") % {"place": place.name},
        trail(request, place, "desk", LISTED),
        verbs=[
            button(request, "organisation.register", place, primary=True, room="desk"),
            button(request, "place.list_contacts", place, room="desk"),
        ],
        links=[people, estates] if place.level == Level.COMMUNITY else [people],
        buttons=lambda one: buttons(request, one, *ROW, asleep=False, room="desk"),
    )


def _around_people(request: Request, place: Place) -> Around:
    """The people of a place: residents' representatives, contacts of units, whoever its papers name."""
    listed = Link(LISTED, reverse("desk-organisations", args=[place.code]))
    return Around(
        _("%(place)s的人员名册") % {"place": place.name},
        [*trail(request, place, "desk"), listed, Link(PEOPLE_WORD, "")],
        verbs=[
            button(request, "place.list_residents_representatives", place, primary=True, room="desk"),
            button(request, "place.register_person", place, room="desk"),
        ],
        buttons=lambda one: buttons(request, one, *OF_A_PERSON, asleep=False, room="desk"),
    )


@door(Organisation, needs=reads_directory, related=("place",))
def organisation(request: Request, organisation: Organisation) -> HttpResponse:
    """A unit: how it is reached, who acts for it, and what it has a part in."""
    shown = {
        "organisation": organisation,
        "facts": facts_of(organisation),
        "verbs": buttons(request, organisation, *ROW, asleep=False, room="desk"),
        "contacts": [
            (one, buttons(request, one, *OF_A_PERSON, asleep=False, room="desk"))
            for one in contacts_in_force(organisation)
        ],
        **parts_of(organisation),
        "crumbs": trail(request, organisation, "desk"),
    }
    return render(request, "desk/organisation.html", shown)


def _around_estates(request: Request, place: Place) -> Around:
    """The estates, buildings and lanes that people pick from when they say where."""
    listed = Link(LISTED, reverse("desk-organisations", args=[place.code]))
    keep = button(request, "estate.list", place, primary=True, room="desk")
    return Around(ESTATES_WORD, [*trail(request, place, "desk"), listed, Link(ESTATES_WORD, "")], verbs=[keep])


urlpatterns = [
    path("administration/organisations/", where, name="administration-organisations"),
    path("p/<str:code>/organisations/", list_page(ORGANISATIONS, _around), name="desk-organisations"),
    path("p/<str:code>/people/", list_page(PEOPLE, _around_people), name="desk-people"),
    path("organisations/<uuid:pk>/", organisation, name="desk-organisation"),
    path("p/<str:code>/estates/", list_page(ESTATES, _around_estates), name="desk-estates"),
]
