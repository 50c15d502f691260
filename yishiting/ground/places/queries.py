"""Finding places."""

from collections.abc import Sequence

from django.db.models import Q

from yishiting.ground.common.process_cache import held
from yishiting.ground.places.models import Estate, Level, Place, PlaceQuerySet
from yishiting.ground.places.rules import common_path

#: Of what the process holds; see `process_cache`.
PLACES, ESTATES = "places", "estates"


def find_places(typed: str, *, level: Level | None = None) -> PlaceQuerySet:
    """Places whose name, code or pinyin initials match what was typed (枣营, 110105012, zybl)."""
    word = typed.strip()
    rows = Place.objects.select_related("parent")
    if level is not None:
        rows = rows.filter(level=level)
    if not word:
        return rows.none()
    return rows.filter(Q(name__contains=word) | Q(code__startswith=word) | Q(initials__startswith=word.lower()))


def top_place() -> Place | None:
    """The district this installation serves; the first one, should there be several."""
    return held(PLACES, "top", lambda: Place.objects.filter(parent=None).order_by("code").first())


def name_of(code: str) -> str:
    """What the place of this code is called; the code itself where there is none."""
    return held(PLACES, code, lambda: Place.objects.filter(code=code).values_list("name", flat=True).first()) or code


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
