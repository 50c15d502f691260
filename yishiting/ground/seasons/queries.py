"""What is open today, which rules are in force, which days are worked: held by each process until somebody changes it."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from yishiting.ground.common.process_cache import held
from yishiting.ground.common.verbs import goes_by
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.by_level import USUAL, entry_key, of_level, spread
from yishiting.ground.seasons.labels import USUAL as USUAL_LABEL
from yishiting.ground.seasons.labels import VERSION
from yishiting.ground.seasons.models import Holiday, Rule, Rulebook, Season, SpecialIntake, Window
from yishiting.ground.seasons.rules import Book
from yishiting.methods.workdays import Holidays, with_days_by_law

#: Of what the process holds; see `process_cache`.
WINDOWS, SPECIAL_INTAKES, RULES, HOLIDAYS = "windows", "special_intakes", "rules", "holidays"


#: So far back the windows of a year are looked for where nobody has set its own.
YEARS_BACK = 3


def windows_for(place: Place, year: int) -> list[Window]:
    """The three windows that govern a place: for each season the one set nearest to it.

    What nobody has set for a year goes on as it was the year before, so that New Year closes nothing.
    """
    found: dict[str, Window] = {}
    for back in range(YEARS_BACK + 1):
        if len(found) < len(Season):
            found = {season: carried(one, year) for season, one in _nearest(place, year - back).items()} | found
    return sorted(found.values(), key=lambda window: window.opens)


def _nearest(place: Place, year: int) -> dict[str, Window]:
    known = held(WINDOWS, year, lambda: _windows(year))
    nearest: dict[str, Window] = {}
    for path in place.ancestor_paths():
        nearest |= known.get((path, place.level), {})
    return nearest


def carried(window: Window, year: int) -> Window:
    """A window as it is in its own year, or the same days of another year, which nobody has set."""
    if window.year == year:
        return window
    days = {"opens": in_year(window.opens, year), "closes": in_year(window.closes, year)}
    return Window(place=window.place, level=window.level, season=window.season, year=year, **days)


def in_year(day: date, year: int) -> date:
    """The same day of another year; of 29 February the last of the month."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _windows(year: int) -> dict[tuple[str, str], dict[str, Window]]:
    """All windows of a year, by where they were set, for which level, for which season."""
    found: dict[tuple[str, str], dict[str, Window]] = {}
    for window in Window.objects.filter(year=year).select_related("place"):
        found.setdefault((window.place.division_path, window.level), {})[window.season] = window
    return found


def open_seasons(place: Place, today: date | None = None) -> set[str]:
    """The seasons open at a place on a day; all of them where nobody has ever set any."""
    day = today or timezone.localdate()
    windows = windows_for(place, day.year)
    if not windows:
        return set(Season.values)
    return {window.season for window in windows if window.opens <= day <= window.closes}


def special_intake_open(place: Place, today: date | None = None) -> bool:
    """Whether an emergency or special intake is open at a place."""
    day = today or timezone.localdate()
    return not held(SPECIAL_INTAKES, day, lambda: _special_intakes(day)).isdisjoint(place.ancestor_paths())


def special_matters(place: Place, day: date) -> "QuerySet[SpecialIntake]":
    """The emergencies and special matters that go on at a place on a day, those of the places above it too; the nearest first."""
    here = SpecialIntake.objects.going_on(day).filter(place__division_path__in=place.ancestor_paths())
    return here.select_related("place").order_by("-place__division_path", "-opens")


#: So many days what came of an emergency stands on the page of a place.
OUTCOME_SHOWN = 60


def special_matters_shown(place: Place, day: date) -> "QuerySet[SpecialIntake]":
    """What everybody reads on the page of a place: the emergencies that go on there, and what came of the last ones."""
    lately = Q(ended_on__gt=day - timedelta(days=OUTCOME_SHOWN))
    here = SpecialIntake.objects.filter(place__division_path__in=place.ancestor_paths(), opens__lte=day)
    return here.filter(Q(ended_on__isnull=True) | lately).select_related("place").order_by("-opens")


def _special_intakes(day: date) -> frozenset[str]:
    """Where an intake is open on a day."""
    rows = SpecialIntake.objects.taking_in(day)
    return frozenset(rows.values_list("place__division_path", flat=True))


def rules_for(place: Place, day: date | None = None) -> Book:
    """The rules in force at a place on a day, those of its level: of the newest book of the nearest place with one.

    A verb that asks goes by them: the row of it names the version.
    """
    book = _in_force(place, day or timezone.localdate())
    goes_by(place.code, book.label)
    return book


def _in_force(place: Place, on: date) -> Book:
    newest = _newest(place, on)
    if newest is None:
        return Book(f"usual/{on.year}", of_level(USUAL, place.level), place.level)
    return held(RULES, (newest.pk, place.level), partial(_book, newest, place.level))


def version_called(place: Place, label: str) -> tuple[str, Mapping[str, Any]]:
    """The version of the rules that a decision named, with its values by entry; otherwise what is in force today."""
    match = VERSION.fullmatch(label)
    book = Rulebook.objects.filter(place__code=match[1], year=match[2], version=match[3]).first() if match else None
    if book is not None:
        return book.label, values_of(book)
    if USUAL_LABEL.fullmatch(label):
        return label, USUAL
    return rules_for(place).label, written_for(place, timezone.localdate())


def written_for(place: Place, day: date) -> Mapping[str, Any]:
    """The values in force at a place on a day for every level, by entry."""
    newest = _newest(place, day)
    return USUAL if newest is None else values_of(newest)


def _newest(place: Place, on: date) -> Rulebook | None:
    known = held(RULES, "books", _books)
    for path in reversed(place.ancestor_paths()):
        books = (book for book in known.get(path, ()) if book.year <= on.year and book.in_force_from <= on)
        newest = max(books, key=lambda book: (book.year, book.in_force_from, book.version), default=None)
        if newest is not None:
            return newest
    return None


def _books() -> dict[str, list[Rulebook]]:
    """Every version of the rules, by the place it is for."""
    found: dict[str, list[Rulebook]] = {}
    for book in Rulebook.objects.select_related("place"):
        found.setdefault(book.place.division_path, []).append(book)
    return found


def values_of(book: Rulebook) -> dict[str, Any]:
    """The values of one version by entry; what is written for one level comes before what is written for all."""
    rows = Rule.objects.filter(rulebook=book).values_list("key", "level", "value")
    written = [(level, {entry_key(key, level): value}) for key, level, value in rows]
    found = dict(USUAL)
    for _level, one in sorted(written, key=lambda row: row[0]):
        found |= spread(one)
    return found


def _book(book: Rulebook, level: str) -> Book:
    return Book(book.label, of_level(values_of(book), level), level)


def holidays() -> Holidays:
    """The holiday table as the working-day arithmetic wants it; of years not announced, what the law itself gives."""
    return held(HOLIDAYS, "table", _holidays)


def _holidays() -> Holidays:
    rows = list(Holiday.objects.values_list("day", "worked"))
    announced = Holidays(
        off=frozenset(day for day, worked in rows if not worked),
        worked=frozenset(day for day, worked in rows if worked),
    )
    return with_days_by_law(announced)
