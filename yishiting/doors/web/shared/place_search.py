"""A form field for a place: by its name, its code, or the first letters of its pinyin."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.forms import SearchField
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.queries import called_otherwise, find_places

MOST_FOUND = 12


def found_places(words: str, level: str = "") -> list[tuple[str, str]]:
    """(code, label) of the places that fit, a few at most; the label says which subdistrict a community lies in."""
    wanted = Level(level) if level in Level.values else None
    return [(place.code, _label(place)) for place in find_places(words, level=wanted)[: MOST_FOUND + 1]]


def _label(place: Place) -> str:
    above = place.parent if place.level == Level.COMMUNITY else None
    name = f"{above.short_name} {place.name}" if above else place.name
    other = called_otherwise(place)
    return _("%(name)s（原%(other)s）") % {"name": name, "other": _("、").join(other)} if other else name


class PlaceField(SearchField):
    """One place; the cleaned value is the `Place`, or None. Give `initial=PlaceField.shown(place)`."""

    def __init__(self, *, level: Level | None = None, **kwargs: Any) -> None:
        wanted = level.value if level else ""
        url = format_lazy("{}?level={}", reverse_lazy("place-search"), wanted)
        super().__init__(find=lambda words: found_places(words, wanted), url=url, **kwargs)

    @staticmethod
    def shown(place: Place) -> tuple[str, str]:
        """A place as the field shows and keeps it."""
        return place.name, place.code

    def clean(self, value: object) -> Place | None:
        """The place meant."""
        code = super().clean(value)
        return Place.objects.filter(code=code).first() if code else None
