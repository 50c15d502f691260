"""The year of the demo, lived once and then looked at from every side."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import StringIO

import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from tests.conftest import BEIJING
from tests.put_back import Difference, Row, Rows, all_rows, is_empty

#: Late in the season of review: the whole year lies behind the cast, the review meeting is due today.
LATE = date(2026, 11, 24)


#: What the year put into an empty database: the whole of it is lived once in a process and put back as rows then.
_kept: dict[date, Difference] = {}
_lived: dict[date, Rows] = {}


def _live(today: date) -> None:
    if today != LATE or not is_empty():
        _build()
    elif today in _kept:
        _kept[today].put_back()
    else:
        before = all_rows()
        _build()
        _lived[today] = all_rows()
        _kept[today] = Difference.between(before, _lived[today])


def rows_lived(today: date) -> dict[str, set[Row]]:
    """Table by table what lay in the database when the year had just been lived here."""
    return {table.name: set(rows.values()) for table, rows in _lived[today].items()}


def _build() -> None:
    call_command("demo", build_only=True, stdout=StringIO())


@contextmanager
def lived(today: date = LATE) -> Iterator[None]:
    """Within, the database holds the demo's year up to `today`; the doors of the demo stand open."""
    if not any(word in str(connection.settings_dict["NAME"]) for word in ("test_", "memory")):
        raise RuntimeError("the year is lived in a test's database or nowhere")
    moment = datetime(today.year, today.month, today.day, 10, tzinfo=BEIJING)
    with override_settings(DEMO=True), time_machine.travel(moment, tick=True):
        _live(today)
    with override_settings(DEMO=True):
        yield
