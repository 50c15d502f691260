"""分类 at the district's desk: both trees in their versions, what became of what, and the year counted in either."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.lists.ground import reads_rules
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import trail
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Category, Scheme, Suggestion
from yishiting.year.suggestions.queries.class_versions import ClassMap, in_force


@dataclass(frozen=True, slots=True)
class Line:
    """One class: where it stands, what it came from, what it is in the next version and the other tree, how many."""

    name: str
    came_from: str
    became: str
    maps_to: str
    number: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a tree with its classes; `unsaid` cannot be counted in it."""

    scheme: Scheme
    standing: str
    lines: list[Line]
    unsaid: int


@door(Place, needs=reads_rules)
def categories(request: Request, place: Place) -> HttpResponse:
    """Every version of both trees, newest first; this year's suggestions of the place counted in each of them."""
    today, classes = timezone.localdate(), ClassMap()
    here = Suggestion.objects.filter(place__division_path__startswith=place.division_path, category__isnull=False)
    rows = here.filter(year=today.year, split_from=None).order_by().values_list("category").annotate(n=Count("pk"))
    numbers, current = dict(rows), in_force(today)
    schemes = sorted(Scheme.objects.all(), key=lambda one: (one.key == "district", -one.version))
    shown = {
        "year": today.year,
        "versions": [_version(one, current.get(one.key), classes, numbers) for one in schemes],
        "verbs": buttons(request, place, "category.revise", asleep=False, room="desk"),
        "crumbs": trail(request, place, "desk", _("分类")),
    }
    return render(request, "desk/categories.html", shown)


def _version(scheme: Scheme, current: Scheme | None, classes: ClassMap, numbers: dict[int, int]) -> Version:
    own = [one for one in classes.by_pk.values() if one.scheme_id == scheme.pk]
    lowest = [one for one in own if one.parent_id is not None or scheme.key == "district"]
    counted = classes.counted(numbers, scheme)
    lines = [
        Line(
            one.path,
            _names(classes.before.get(one.pk, ())),
            _names([classes.by_pk[one.became_id]] if one.became_id else ()),
            _names([classes.by_pk[one.maps_to_id]] if one.maps_to_id else ()),
            counted[one],
        )
        for one in sorted(lowest, key=lambda one: (one.parent.position if one.parent else 0, one.position))
    ]
    newer = current is not None and scheme.version > current.version
    standing = _("还没有施行") if newer else _("施行中") if scheme == current else _("以前的版本")
    return Version(scheme, standing, lines, sum(numbers.values()) - sum(line.number for line in lines))


def _names(categories: Iterable[Category]) -> str:
    return _("、").join(one.path for one in categories)


urlpatterns = [path("p/<str:code>/categories/", categories, name="desk-categories")]
