"""Several clerks at once: threads, each with a connection of its own to the database the tests run on.

A database in memory cannot be shared as a file is: on SQLite what is in it is copied into a file, and everybody works
there until the test is over.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections, models

from yishiting.ground.common.refused import Refused

Act = Callable[..., Any]


@contextmanager
def a_shared_database(folder: Path) -> Iterator[None]:
    """Within, the test's database is one that threads can share."""
    if connection.vendor != "sqlite":
        yield
        return
    memory = connections["default"]
    memory.ensure_connection()
    copied = sqlite3.connect(folder / "shared.sqlite3")
    memory.connection.backup(copied)
    copied.close()
    connections["default"] = type(memory)({**memory.settings_dict, "NAME": str(folder / "shared.sqlite3")}, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = memory


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each gave back or raised, all of them let go at the same moment."""
    kind, settings = type(connections["default"]), dict(connection.settings_dict)
    gate = threading.Barrier(len(acts), timeout=60)

    def run(act: Callable[[], Any]) -> Any:
        connections["default"] = kind(settings, "default")
        try:
            connections["default"].ensure_connection()
            gate.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def fresh(thing: Any) -> Any:
    """A thing as this thread reads it; a list of things likewise, anything else as it is."""
    if isinstance(thing, models.Model):
        return type(thing)._base_manager.get(pk=thing.pk)
    return [fresh(one) for one in thing] if isinstance(thing, list) else thing


def reread(thing: Any) -> Any:
    """A thing as it is now."""
    return type(thing)._base_manager.get(pk=thing.pk)


def once(act: Act, *given: Any, clerks: int = 2) -> Any:
    """What one of the clerks came to; the others must have been refused."""
    (done,) = _done(act, given, clerks, 1)
    return done


def each(act: Act, *given: Any, clerks: int = 2) -> list[Any]:
    """What every clerk came to; none may be refused."""
    return _done(act, given, clerks, clerks)


def _done(act: Act, given: Sequence[Any], clerks: int, wanted: int) -> list[Any]:
    """What came out where it was done; a refusal is fine, anything else is not."""
    outcomes = at_once([lambda: act(*map(fresh, given))] * clerks)
    wrong = [one for one in outcomes if isinstance(one, BaseException) and not isinstance(one, Refused)]
    if wrong:
        raise AssertionError(f"{wrong[0]!r} where a refusal was due") from wrong[0]
    done = [one for one in outcomes if not isinstance(one, Refused)]
    said = [str(one) for one in outcomes if isinstance(one, Refused)]
    assert len(done) == wanted, f"{len(done)} of {clerks} clerks did it; the others were told {said}"
    return done


def deadlocks() -> int:
    """How many deadlocks PostgreSQL has broken in this database so far; SQLite knows none."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
