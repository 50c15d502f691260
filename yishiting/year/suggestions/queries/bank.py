"""民情建议库: every suggestion an office may read, found by words and by what was decided about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.permissions import READING
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.queries import acted_for
from yishiting.year.suggestions.models import Category, Suggestion, SuggestionQuerySet
from yishiting.year.suggestions.queries.class_versions import ClassMap
from yishiting.year.suggestions.queries.search import search
from yishiting.year.suggestions.states import State

ALONE, MAIN, MERGED = "alone", "main", "merged"
#: What a list of the bank shows; the long words and the sealed names stay in the database.
LISTED = (
    "id", "receipt", "title", "where", "channel", "state", "received_on", "responsible_level", "answered_on",
    "split_from_id", "batch_id", "session_id", "recorded_by_id", "merged_into_id",
    "place__name", "place__code", "place__level", "place__run_by", "place__division_path", "category__name",
)  # fmt: skip


def reach_of(person: Person, today: date | None = None) -> list[Place]:
    """The places whose suggestions a person may read by office, each with everything below it; the widest first."""
    held = [one.place for one in offices_of(person, today or timezone.localdate()) if one.office in READING]
    widest: list[Place] = []
    for place in sorted(held, key=lambda one: (len(one.division_path), one.code)):
        if not any(above.contains(place) for above in widest):
            widest.append(place)
    return widest


def visible_to(person: Person, today: date | None = None) -> SuggestionQuerySet:
    """The suggestions a person may read by office."""
    rows = Suggestion.objects.standing()
    reach = reach_of(person, today)
    if not reach:
        return rows.none()
    if any(place.level == Level.DISTRICT for place in reach) and _only_one_district():
        return rows
    return rows.filter(within(*reach))


def within(*places: Place) -> Q:
    """At one of these places or below it."""
    reached = Q()
    for place in places:
        if place.level == Level.COMMUNITY:
            reached |= Q(place__in=acted_for(place))
        else:
            reached |= Q(place__in=Place.objects.filter(division_path__startswith=place.division_path))
    return reached


def narrowed_bank(rows: SuggestionQuerySet, wanted: Mapping[str, Any]) -> SuggestionQuerySet:
    """The rows that fit: `q` words, `place`, `year`, `channel`, `state`, `category`, `level`, `merged`."""
    for name in ("year", "channel", "state"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("place"):
        rows = rows.filter(within(wanted["place"]))
    if wanted.get("category"):
        rows = rows.filter(category__in=under(wanted["category"]))
    if wanted.get("level"):
        rows = rows.filter(responsible_level=wanted["level"])
    if wanted.get("merged"):
        rows = rows.filter(_merged(wanted["merged"]))
    return search(rows, wanted.get("q") or "")


def listed(rows: SuggestionQuerySet) -> SuggestionQuerySet:
    """As a list shows them, newest first."""
    return rows.select_related("place", "category").only(*LISTED).order_by("-received_on", "-receipt")


def under(category: Category) -> list[int]:
    """The class itself, its parts, what of the other tree maps to it, and what became them in its version."""
    classes = ClassMap()
    own = classes.also([category.pk])
    rows = Category.objects.filter(Q(pk__in=own) | Q(parent__in=own) | Q(maps_to__in=own))
    return sorted(classes.also(rows.values_list("pk", flat=True)))


def _merged(which: str) -> Q:
    if which == MERGED:
        return Q(state=State.MERGED)
    has_others = Q(pk__in=Suggestion.objects.filter(merged_into__isnull=False).values("merged_into"))
    return has_others if which == MAIN else ~has_others & ~Q(state=State.MERGED)


def _only_one_district() -> bool:
    return Place.objects.filter(level=Level.DISTRICT)[:2].count() == 1
