"""Days that are counted in working days: each carries whether the calendar of its year is only guessed.

Until the holidays of a year are announced only the days of the law are known, and a day counted in it may still move.
Who counts uses `due_after`, who keeps the day uses `DueField`; the day then says so itself wherever it is said
(`common.days`), on pages and papers, in messages and in the API.
"""

from datetime import date
from typing import Any

from django.db import models

from yishiting.ground.common.days import DueDay
from yishiting.ground.seasons.queries import holidays
from yishiting.methods.workdays import add_workdays


def due_after(start: date, workdays: int) -> DueDay:
    """The day so many working days after another, by the calendar as it is known today."""
    return as_due(add_workdays(start, workdays, holidays()))


def as_due(day: date) -> DueDay:
    """A day that was counted, with what is known of the calendar of its year."""
    return DueDay.of(day, guessed=day.year in holidays().by_law)


class DueField(models.DateField):  # type: ignore[type-arg]  # a class without parameters when it runs
    """A day that was counted in working days."""

    def from_db_value(self, value: date | None, _expression: Any, _connection: Any) -> DueDay | None:
        """As it lies in the database, with what is known of the calendar now."""
        return None if value is None else as_due(value)

    def deconstruct(self) -> Any:
        """For migrations it is a day like any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


def by_guessed_calendar(thing: models.Model) -> bool:
    """Whether a day that was counted for this thing may still move."""
    days = (getattr(thing, one.attname, None) for one in thing._meta.concrete_fields if isinstance(one, DueField))
    return any(isinstance(day, DueDay) and day.guessed for day in days)
