"""Finding places."""

import csv
from collections.abc import Sequence
from copy import copy
from datetime import date
from functools import cache

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from yishiting.ground.common.process_cache import held
from yishiting.ground.places.models import NAMING, Estate, Level, Place, PlaceChange, PlaceQuerySet
from yishiting.ground.places.rules import common_path
from yishiting.ground.places.states import State

#: Of what the process holds; see `process_cache`.
PLACES, ESTATES = "places", "estates"


def find_places(typed: str, *, level: Level | None = None) -> PlaceQuerySet:
    """Places whose name, code or pinyin initials match what was typed (枣营, 110105012, zybl).

    One that was called so before is found as well, and the one that goes on for a place that is closed.
    """
    word = typed.strip()
    rows = Place.objects.select_related("parent").there_on(timezone.localdate())
    if level is not None:
        rows = rows.filter(level=level)
    if not word:
        return rows.none()
    now, before = _called(word), Q(pk__in=_called_before(word))
    closed = Place.objects.filter(now | before, run_by__isnull=False).values("run_by")
    return rows.filter(now | before | Q(pk__in=closed))


def _called(word: str) -> Q:
    return Q(name__contains=word) | Q(code__startswith=word) | Q(initials__startswith=word.lower())


def _called_before(word: str) -> "QuerySet[PlaceChange, int]":
    changes = PlaceChange.objects.filter(state=State.IN_FORCE, kind__in=NAMING, name_before__contains=word)
    return changes.values_list("place_id", flat=True)


def on_day(place: Place, day: date | None) -> Place:
    """The place as papers of this day call it: its name, its short name and its kind of then. No day is today."""
    if day is None:
        return place
    later = [one for one in _renamings().get(place.pk, ()) if one.applied_on and one.applied_on > day]
    if not later:
        return place
    then, was = copy(place), later[0]
    then.name, then.short_name, then.kind = was.name_before, was.short_name_before, was.kind_before
    return then


def _renamings() -> dict[int, list[PlaceChange]]:
    """The changes in force after which a place is called otherwise, oldest first."""
    return held(PLACES, "renamings", _read_renamings)


def _read_renamings() -> dict[int, list[PlaceChange]]:
    found: dict[int, list[PlaceChange]] = {}
    rows = PlaceChange.objects.filter(state=State.IN_FORCE, kind__in=NAMING)
    for change in rows.order_by("applied_on", "takes_effect", "created_at"):
        found.setdefault(change.place_id, []).append(change)
    return found


def called_otherwise(place: Place) -> list[str]:
    """What it was called before, and what those were called that are merged into it: people go on saying so."""
    own = [one.name_before for one in _renamings().get(place.pk, ())]
    return list(dict.fromkeys(name for name in [*own, *(one.name for one in run_from(place))] if name != place.name))


def history_of(place: Place) -> list[PlaceChange]:
    """What changed in law at a place or made it, and what is registered to come, oldest first."""
    rows = PlaceChange.objects.exclude(state=State.WITHDRAWN).filter(Q(place=place) | Q(successor=place))
    return list(rows.select_related("place", "successor", "parent_before").order_by("takes_effect", "created_at"))


def changes_under(place: Place) -> "QuerySet[PlaceChange]":
    """Every change registered at a place and below it, newest first."""
    rows = PlaceChange.objects.filter(place__division_path__startswith=place.division_path)
    return rows.select_related("place", "successor", "parent_before")


def run_from(place: Place) -> list[Place]:
    """The closed places whose open matters the desk of this one finishes."""
    return held(
        PLACES, ("former", place.pk), lambda: list(place.former.select_related("parent", "run_by").order_by("code"))
    )


def acted_for(place: Place) -> list[Place]:
    """The place itself and those whose open matters it finishes."""
    return [place, *run_from(place)]


def top_place() -> Place | None:
    """The district this installation serves; the first one, should there be several."""
    return held(PLACES, "top", lambda: Place.objects.filter(parent=None).order_by("code").first())


def name_of(code: str, day: date | None = None) -> str:
    """What the place of this code is called, or was on a day; the code itself where there is none."""
    place = held(PLACES, code, lambda: Place.objects.filter(code=code).first())
    return on_day(place, day).name if place is not None else code


def estates_of(place: Place) -> dict[str, Estate]:
    """The estates, buildings and lanes of a community by name."""
    return held(ESTATES, place.pk, lambda: {estate.name: estate for estate in place.estates.all()})


def common_place(places: Sequence[Place]) -> Place | None:
    """The nearest place in which all of these lie: their subdistrict, their district, or the one place they are."""
    path = common_path(one.division_path for one in places)
    there = next((one for one in places if one.division_path == path), None)
    if there is not None or not path:
        return there
    return held(PLACES, path, lambda: Place.objects.filter(division_path=path).first())


@cache
def _tile_table(path: str) -> dict[str, tuple[int, int]]:
    with open(path, encoding="utf-8", newline="") as table:
        return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(table)}


def tiles(district: Place) -> dict[str, tuple[int, int]]:
    """Where each unit of a district stands on its cartogram: (column from the west, row from the north), by code.

    Laid out by hand so that neighbours stay near each other; a picture for figures, no map. A district that wants
    another layout names its own table in the setting PLACE_TILES.
    """
    return {code: at for code, at in _tile_table(str(settings.PLACE_TILES)).items() if code.startswith(district.code)}
