"""Reading what later packages keep about a person, by way of the person; for packages that stand below them."""

from datetime import date
from typing import Any

from yishiting.ground.accounts.models import Person


def offices_held(person: Person, day: date) -> list[Any]:
    """The offices a person holds on a day, with their places; read once for each person and request."""
    kept: dict[date, list[Any]] = person.__dict__.setdefault("_offices", {})
    if day not in kept:
        kept[day] = list(person.appointments.in_force(day).select_related("place", "organisation"))
    return kept[day]
