"""A day counted in working days says itself whether the holidays of its year are only guessed."""

import ast
import re
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override

from tests.cast import OPERATOR, Cast
from tests.consistency.source import HOUSE
from tests.factories.suggestions import a_suggestion
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date, due
from yishiting.ground.common.days import GUESSED, DueDay, chinese, said
from yishiting.ground.seasons.actions import load_holidays, set_holiday
from yishiting.ground.seasons.due_days import DueField, as_due, by_guessed_calendar, due_after
from yishiting.methods.workdays import Holidays
from yishiting.year.suggestions.models import Suggestion

#: Days that somebody names, or that are counted in months: no calendar of working days stands behind them.
NAMED = {
    "Agreement.review_due", "MeetingTask.due", "Reminder.was_due",
}  # fmt: skip
COUNTING = re.compile(r"(^|_)due$|^last_day$")
FIELDS = [
    field
    for model in apps.get_models()
    if model.__module__.startswith("yishiting.")
    for field in model._meta.concrete_fields
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
]


def called(field: Any) -> str:
    return f"{field.model.__name__}.{field.name}"


def test_every_day_that_is_counted_is_kept_as_such() -> None:
    counted = {called(one) for one in FIELDS if COUNTING.search(one.name)}
    assert counted - NAMED == {called(one) for one in FIELDS if isinstance(one, DueField)}


def test_whoever_counts_working_days_gets_a_day_that_knows_its_calendar() -> None:
    """Only the year's own windows are moved to working days without it, and the rules that may not read a calendar."""
    plain = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        if not path.is_relative_to(HOUSE / "methods")
        for node in ast.walk(ast.parse(path.read_text("utf8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "add_workdays"
    }
    assert plain == {"ground/seasons/coming_year.py", "ground/seasons/due_days.py", "year/meetings/rules.py"}


@pytest.mark.parametrize("field", [one for one in FIELDS if isinstance(one, DueField)], ids=called)
def test_every_one_says_so_in_a_year_without_holidays(cast: Cast, field: DueField) -> None:
    day = field.from_db_value(date(2027, 1, 11), None, None)
    assert day is not None
    thing = field.model(**{field.attname: day})
    assert by_guessed_calendar(thing)
    for text in (chinese(day), chinese(day, "short"), said(day, "weekday"), cn_date(day, "short"), str(due(day, 5))):
        assert GUESSED[0] in text
    with override("en"):
        assert GUESSED[1] in said(day)
    announce(cast)
    known = field.from_db_value(date(2027, 1, 11), None, None)
    assert known == day
    assert GUESSED[0] not in chinese(known)


def announce(cast: Cast) -> None:
    table = Holidays(off=frozenset({date(2027, 1, 1), date(2027, 10, 1)}))
    load_holidays(cast.district, by=OPERATOR, table=table)


def test_a_suggestion_of_december_says_that_its_limit_may_move(cast: Cast, clock: Any) -> None:
    clock.to(date(2026, 12, 30))
    told = a_suggestion(cast)
    assert isinstance(told.screen_due, DueDay), "freshly counted"
    kept = Suggestion.objects.get(pk=told.pk)
    assert kept.screen_due.year == 2027
    assert kept.screen_due.guessed
    assert due_after(date(2026, 12, 30), 5).guessed
    set_holiday(cast.district, by=OPERATOR, day=date(2027, 1, 4), worked=False)
    assert as_due(date(2027, 1, 11)).guessed, "one day that somebody entered is no arrangement"
