"""事项看板: how many where, how old, how late, in the whole area; every number opens its list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.standing import LATE, STANDING_PROJECTS, STANDING_PROPOSALS, STANDING_SUGGESTIONS
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link, Words
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Level, Place
from yishiting.overview.cycle.standing import AGES, KINDS, Figure, Line, standing_of

BOARD = gettext_lazy("事项看板")
LISTED = {"suggestions": STANDING_SUGGESTIONS, "proposals": STANDING_PROPOSALS, "projects": STANDING_PROJECTS}


@dataclass(frozen=True, slots=True)
class Cell:
    """One number and the list behind it; nothing has no list."""

    number: int
    url: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One row of the board, its name and its numbers."""

    name: Words
    cells: list[Cell]
    group: Words = ""


@door(Place, needs=reads_here)
def board(request: Request, place: Place) -> HttpResponse:
    """Everything open in the area: by step with its age, by place below, by section."""
    today = timezone.localdate()
    counted = standing_of(place, today)
    there = [one for one in counted.places if any(one.totals)]
    request.place = place
    shown = {
        "place": place,
        "title": BOARD,
        "ages": [age[1] for age in AGES],
        "kinds": [kind.label for kind in KINDS],
        "stages": [_stage_row(place, one) for one in counted.figures],
        "places": [_line_row(place, one, at="place") for one in there] if _has_places(place) else [],
        "nothing_at": len(counted.places) - len(there),
        "sections": [
            _line_row(place, one, at="section") for one in counted.sections if _has_places(place) and any(one.totals)
        ],
        "crumbs": [Link(_("工作台"), reverse("desk-home")), Link(BOARD, "")],
    }
    return render(request, "desk/standing.html", shown)


def _has_places(place: Place) -> bool:
    return place.level != Level.COMMUNITY


def _cell(place: Place, page: str, number: int, asked: Mapping[str, str], *, late: bool = False) -> Cell:
    address = f"{reverse(page, args=[place.code])}?{urlencode(asked)}" if number else ""
    return Cell(number, address, late and number > 0)


def _stage_row(place: Place, one: Figure) -> BoardRow:
    first, page = one.kind.stages[0] is one.stage, one.kind.page
    asked = {"stage": one.stage.key}
    cells = [_cell(place, page, one.total, asked)]
    cells += [_cell(place, page, n, {**asked, "age": age[0]}) for age, n in zip(AGES, one.ages, strict=True)]
    cells.append(_cell(place, page, one.late, {**asked, "age": LATE}, late=True))
    return BoardRow(one.stage.label, cells, one.kind.label if first else "")


def _line_row(place: Place, one: Line, at: str) -> BoardRow:
    """All of each kind, then those that are late."""
    asked = _asked(place, one, at)
    too_late = {**asked, "age": LATE}
    cells = [_cell(place, kind.page, n, asked) for kind, n in zip(KINDS, one.totals, strict=True)]
    cells += [_cell(place, kind.page, n, too_late, late=True) for kind, n in zip(KINDS, one.late, strict=True)]
    return BoardRow(one.name, cells)


def _asked(place: Place, one: Line, at: str) -> dict[str, str]:
    if at == "section":
        return {"section": one.key}
    return {"own": one.key} if one.key == place.code else {"place": one.name, "place_key": one.key}


def _list_of(name: str) -> Callable[..., HttpResponse]:
    """The page of one of the lists behind the board."""
    return list_page(LISTED[name], lambda request, place: _around(request, place, name))


def _around(request: Request, place: Place, name: str) -> Around:
    home = Link(_("工作台"), reverse("desk-home"))
    trail = [home, Link(BOARD, reverse("desk-standing", args=[place.code])), Link(LISTED[name].label, "")]
    tabs = [Link(one.label, reverse(one.name, args=[place.code]), current=key == name) for key, one in LISTED.items()]
    return Around(LISTED[name].label, trail, tabs=tabs)


urlpatterns = [
    path("p/<str:code>/standing/", board, name="desk-standing"),
    *(path(f"p/<str:code>/standing/{key}/", _list_of(key), name=one.name) for key, one in LISTED.items()),
]
