"""Situations that many tests begin with are built once for each process and put back as rows afterwards.

A function of `tests/factories` that carries `@kept` says nothing more: called again on the same ground (the same kept
situations before it and nothing else written, the same words, the same hour) it gives the rows it wrote in a few
statements, and fresh copies of the objects. What it did to the objects it was given is done to them again, and the clock
goes on from where it ended. Both databases, any number of processes; nothing is shared between tests but rows nobody has
touched.
"""

import copy
import functools
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, Model
from django.utils import timezone, translation

Row = tuple[Any, ...]
T = TypeVar("T")
P = ParamSpec("P")
#: What was kept may be gone after one of these.
WRITES = ("INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE", "REPLACE", "ROLLBACK")
WRITTEN = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the columns that are written."""

    name: str
    key: str
    columns: tuple[str, ...]
    numbered: bool

    @classmethod
    def of(cls, model: type[Model]) -> "Table":
        columns = [one.column for one in model._meta.local_concrete_fields if not one.generated]
        key = model._meta.pk.column
        numbered = isinstance(model._meta.pk, AutoField)
        return cls(model._meta.db_table, key, (key, *(one for one in columns if one != key)), numbered)

    @property
    def listed(self) -> str:
        return ", ".join(connection.ops.quote_name(one) for one in self.columns)

    def rows(self) -> dict[Any, Row]:
        """All rows by their key, as the database itself writes them."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY (SELECT {self.listed} FROM "{self.name}") TO STDOUT') as copied:
                    return {row[0]: row for row in copied.rows()}
            cursor.execute(f'SELECT {self.listed} FROM "{self.name}"')
            return {row[0]: row for row in cursor.fetchall()}

    def write(self, rows: Sequence[Row], instead: Sequence[Any]) -> None:
        """Put these rows in; those with these keys are there already and give way."""
        marks = ", ".join(["%s"] * len(self.columns))
        with connection.cursor() as cursor:
            for key in instead:
                cursor.execute(f'DELETE FROM "{self.name}" WHERE "{self.key}" = %s', [key])
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{self.name}" ({self.listed}) FROM STDIN') as copied:
                    for row in rows:
                        copied.write_row(row)
                if self.numbered:
                    self.count_on(cursor)
            else:
                cursor.executemany(f'INSERT INTO "{self.name}" ({self.listed}) VALUES ({marks})', rows)

    def count_on(self, cursor: Any) -> None:
        """The database numbers on from the last row put in: its own count knows nothing of them."""
        cursor.execute(
            f'SELECT setval(pg_get_serial_sequence(%s, %s), (SELECT max("{self.key}") FROM "{self.name}"))',
            [f'"{self.name}"', self.key],
        )


@functools.cache
def tables() -> dict[str, Table]:
    models = (one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy)
    return {one._meta.db_table: Table.of(one) for one in models}


Rows = dict[Table, dict[Any, Row]]


def all_rows(names: set[str] | None = None) -> Rows:
    """The rows of these tables, or of all."""
    return {table: table.rows() for name, table in tables().items() if names is None or name in names}


@dataclass
class Difference:
    """What was added to the database, changed in it and taken out of it."""

    written: dict[Table, list[Row]] = field(default_factory=dict)
    changed: dict[Table, list[Any]] = field(default_factory=dict)

    @classmethod
    def between(cls, before: Rows, after: Rows) -> "Difference":
        difference = cls()
        for table, rows in after.items():
            was = before.get(table, {})
            new = [row for key, row in rows.items() if was.get(key) != row]
            gone = [key for key in was if key not in rows]
            if new or gone:
                difference.written[table] = new
                difference.changed[table] = [row[0] for row in new if row[0] in was] + gone
        return difference

    def put_back(self) -> None:
        with transaction.atomic():
            for table, rows in self.written.items():
                table.write(rows, self.changed[table])
                ground.touched.add(table.name)


@dataclass
class Situation(Generic[T]):
    """What a building came to: the rows, the objects it gave and those it was given, and the moment it was done."""

    difference: Difference
    things: T
    given: list[Model]
    ended: datetime
    rows: Rows

    @classmethod
    def built(cls, build: Callable[[], T], given: Sequence[Model]) -> tuple[T, "Situation[T]"]:
        """Build it, and see what has become of the database."""
        before = ground.rows
        with ground.built_upon() as touched:
            things = build()
        after = all_rows(touched)
        kept_things, kept_given = copy.deepcopy((things, list(given)))
        difference = Difference.between(before, after)
        return things, cls(difference, kept_things, kept_given, timezone.now(), {**before, **after})

    def put_back(self, given: Sequence[Model]) -> T:
        """The same rows and fresh objects; those that were given become what they became then."""
        self.difference.put_back()
        time_machine.traveller_stack[-1].move_to(timezone.localtime(self.ended))
        known: dict[int, Any] = {id(was): now for was, now in zip(self.given, given, strict=True)}
        for was, now in zip(self.given, given, strict=True):
            now.__dict__.update({name: copy.deepcopy(value, known) for name, value in was.__dict__.items()})
        return copy.deepcopy(self.things, known)


class Ground:
    """Knows which situations lie in the database, and whether anything else was written since the last of them."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.rows: Rows = {}
        self.touched: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            self.number = None
            found = WRITTEN.match(sql)
            self.touched |= {found[1]} if found else set() if sql.startswith("ROLLBACK") else set(tables())
        return execute(sql, params, many, context)

    @contextmanager
    def built_upon(self) -> Iterator[set[str]]:
        """The names of the tables that are written within."""
        outer, self.touched = self.touched, set()
        try:
            yield self.touched
        finally:
            outer |= self.touched
            self.touched = outer

    def holds(self, number: int | None, rows: Rows) -> None:
        self.number, self.rows = number, rows


#: The ground that the migrations leave.
NOTHING = 0
_kept: dict[tuple[Any, ...], Situation[Any]] = {}
_numbers: dict[tuple[Any, ...], int] = {}
ground = Ground()


@contextmanager
def watched() -> Iterator[None]:
    """Within, situations may be put back; outside they are built each time."""
    ground.holds(NOTHING if is_empty() else None, as_migrated())
    with connection.execute_wrapper(ground):
        yield
    ground.number = None


@functools.cache
def as_migrated() -> Rows:
    """The rows that the migrations write."""
    return {table: rows for table, rows in all_rows().items() if rows}


def is_empty() -> bool:
    """Whether the database is as the migrations left it, as far as situations go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM accounts_person), EXISTS (SELECT 1 FROM ledger_entry)")
        return not any(cursor.fetchone())


class NotKept(Exception):
    """Something was given that cannot be told from another."""


def _said(given: Any, models: list[Model]) -> Any:
    """What was given, so that it can be compared; the objects of the database among it are collected."""
    if given is None or isinstance(given, str | int | float | bytes | date | Decimal | Fraction | UUID | Enum):
        return (type(given).__name__, given)
    if isinstance(given, Model):
        models.append(given)
        return (given._meta.label, *(repr(given.__dict__.get(one.attname)) for one in given._meta.concrete_fields))
    if isinstance(given, list | tuple):
        return (type(given).__name__, *(_said(one, models) for one in given))
    if isinstance(given, dict):
        return ("dict", *((name, _said(one, models)) for name, one in given.items()))
    if is_dataclass(given) and not isinstance(given, type):
        return (type(given).__name__, *(_said(getattr(given, one.name), models) for one in fields(given)))
    if hasattr(given, "traveller"):
        return "the clock"
    raise NotKept


def kept(factory: Callable[P, T]) -> Callable[P, T]:
    """What this function builds is built once on each ground and put back from then on."""

    @functools.wraps(factory)
    def put_back_or_built(*args: P.args, **kwargs: P.kwargs) -> T:
        name = f"{factory.__module__}.{factory.__qualname__}"
        return situation(name, lambda: factory(*args, **kwargs), (args, kwargs))

    return put_back_or_built


def situation(name: str, build: Callable[[], T], given: Any = None) -> T:
    """Build it the first time and put it back from then on, where nothing else has been written before it."""
    models: list[Model] = []
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    try:
        known = (ground.number, name, hour, translation.get_language(), _said(given, models))
    except NotKept:
        return build()
    if ground.number is None or ground not in connection.execute_wrappers:
        return build()  # another thread has a connection of its own
    if known in _kept:
        things = _kept[known].put_back(models)
    else:
        things, _kept[known] = Situation.built(build, models)
        _numbers[known] = len(_numbers) + 1
    ground.holds(_numbers[known], _kept[known].rows)
    return things
