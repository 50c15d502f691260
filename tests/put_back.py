"""Situations that many tests begin with are built once for each process and put back as rows afterwards.

What a situation added to the database, or changed in it, is read once, table by table; a later test gets the same rows
in a few statements, and fresh copies of the objects. Both databases, any number of processes; nothing is shared
between tests but rows nobody has touched.
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, Model

Row = tuple[Any, ...]
T = TypeVar("T")
WRITES = ("INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE")


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


def tables() -> list[Table]:
    models = (one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy)
    return [Table.of(one) for one in models]


def all_rows() -> dict[Table, dict[Any, Row]]:
    return {table: table.rows() for table in tables()}


@dataclass
class Situation(Generic[T]):
    """What was added and changed, and the objects that go with it."""

    things: T
    written: dict[Table, list[Row]] = field(default_factory=dict)
    changed: dict[Table, list[Any]] = field(default_factory=dict)

    @classmethod
    def built(cls, build: Callable[[], T]) -> "Situation[T]":
        """Build it, and see what has become of the database."""
        before = all_rows()
        situation = cls(copy.deepcopy(build()))
        for table, rows in all_rows().items():
            was = before[table]
            assert was.keys() <= rows.keys(), f"a situation that removes rows of {table.name} cannot be put back"
            if new := [row for key, row in rows.items() if was.get(key) != row]:
                situation.written[table] = new
                situation.changed[table] = [row[0] for row in new if row[0] in was]
        return situation

    def put_back(self) -> T:
        """The same rows and fresh objects."""
        with transaction.atomic():
            for table, rows in self.written.items():
                table.write(rows, self.changed[table])
        return copy.deepcopy(self.things)


class Untouched:
    """Knows whether anything was written since the situation before was put back."""

    def __init__(self) -> None:
        self.since: tuple[str, ...] = ()
        self.resting = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.resting and sql.lstrip().upper().startswith(WRITES):
            self.since = ()
        return execute(sql, params, many, context)

    @contextmanager
    def rest(self) -> Iterator[None]:
        """Within, what is written counts as part of the situation."""
        self.resting = True
        try:
            yield
        finally:
            self.resting = False


_kept: dict[tuple[str, ...], Situation[Any]] = {}
untouched = Untouched()


@contextmanager
def watched() -> Iterator[None]:
    """Within, situations may be put back; outside they are built each time."""
    untouched.since = ("nothing",) if is_empty() else ()
    with connection.execute_wrapper(untouched):
        yield
    untouched.since = ()


def is_empty() -> bool:
    """Whether the database is as the migrations left it, as far as situations go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM accounts_person), EXISTS (SELECT 1 FROM ledger_entry)")
        return not any(cursor.fetchone())


def situation(name: str, build: Callable[[], T]) -> T:
    """Build it the first time and put it back from then on, where nothing else has been written before it."""
    if not untouched.since:
        return build()
    known = (*untouched.since, name)
    with untouched.rest():
        if known in _kept:
            things = _kept[known].put_back()
        else:
            _kept[known] = Situation.built(build)
            things = copy.deepcopy(_kept[known].things)
    untouched.since = known
    return things
