"""What is open today, which rules are in force, which days are worked."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from yishiting.ground.common.request_cache import cached
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.models import Holiday, Rule, Rulebook, SpecialIntake, Window
from yishiting.ground.seasons.rules import KINDS, Book
from yishiting.methods.workdays import Holidays


def windows_for(place: Place, year: int) -> list[Window]:
    """The three windows that govern a place: for each season the one set nearest to it."""
    return cached(("windows", place.pk, year), lambda: _windows(place, year))


def _windows(place: Place, year: int) -> list[Window]:
    rows = Window.objects.filter(
        place__division_path__in=place.ancestor_paths(), level=place.level, year=year
    ).select_related("place")
    nearest: dict[str, Window] = {}
    for row in sorted(rows, key=lambda window: len(window.place.division_path)):
        nearest[row.season] = row
    return sorted(nearest.values(), key=lambda window: window.opens)


def open_seasons(place: Place, today: date | None = None) -> set[str]:
    """The seasons open at a place on a day; kept on the place for the length of a request."""
    day = today or timezone.localdate()
    kept: dict[date, set[str]] = place.__dict__.setdefault("_open_seasons", {})
    if day not in kept:
        kept[day] = {window.season for window in windows_for(place, day.year) if window.opens <= day <= window.closes}
    return kept[day]


def special_intake_open(place: Place, today: date | None = None) -> bool:
    """Whether an emergency or special intake is open at a place."""
    day = today or timezone.localdate()
    return SpecialIntake.objects.filter(
        place__division_path__in=place.ancestor_paths(), opens__lte=day, closes__gte=day
    ).exists()


def rules_for(place: Place, day: date | None = None) -> Book:
    """The rules in force at a place on a day: the newest book of the nearest place that has one."""
    on = day or timezone.localdate()
    return cached(("rules", place.pk, on), lambda: _rules_on(place, on))


def _rules_on(place: Place, on: date) -> Book:
    book = _nearest_book(place, on)
    values: dict[str, Any] = {key: kind.value for key, kind in KINDS.items()}
    if book is None:
        return Book(f"usual/{on.year}", values)
    values.update(Rule.objects.filter(rulebook=book).values_list("key", "value"))
    return Book(book.label, values)


def _nearest_book(place: Place, on: date) -> Rulebook | None:
    books = Rulebook.objects.filter(
        Q(place__division_path__in=place.ancestor_paths()), year__lte=on.year, in_force_from__lte=on
    ).select_related("place")
    ranked = sorted(books, key=lambda b: (len(b.place.division_path), b.year, b.in_force_from, b.version))
    return ranked[-1] if ranked else None


def holidays() -> Holidays:
    """The holiday table as the working-day arithmetic wants it."""
    return cached("holidays", _holidays)


def _holidays() -> Holidays:
    rows = list(Holiday.objects.values_list("day", "worked"))
    return Holidays(
        off=frozenset(day for day, worked in rows if not worked),
        worked=frozenset(day for day, worked in rows if worked),
    )
