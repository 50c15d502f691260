"""The empty database, migrated once for each state of the migrations and copied from then on (SQLite).

Migrating takes seconds of each test process; the copy takes a moment. The copy is kept in the data folder under a
fingerprint of everything that makes it, so that it can never be another's.
"""

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from config.settings.environment import VAR
from tests.consistency.source import ROOT

FOLDER = VAR / "test"
#: What Django gives for taking a test database down again.
Made = list[Any]


def fingerprint() -> str:
    """Of the migrations, of what they call, and of what runs after them."""
    told = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version} {settings.INSTALLED_APPS}".encode())
    ours = sorted((ROOT / "yishiting").rglob("migrations/*.py")) + sorted((ROOT / "yishiting").rglob("models.py"))
    for path in [*ours, *sorted((ROOT / "yishiting" / "ground" / "common").glob("*.py")), Path(__file__)]:
        told.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return told.hexdigest()[:20]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Several processes begin together; one of them migrates."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_ready(*, keep: bool = False) -> Made:
    """The test database, as the migrations leave it; gives back what has to be taken down in the end.

    `keep`: one that is there already is used again, as `--reuse-db` asks.
    """
    in_memory = connection.vendor == "sqlite" and connection.creation.is_in_memory_db(
        connection.creation._get_test_db_name()
    )
    if keep or not in_memory:
        return setup_databases(verbosity=0, interactive=False, keepdb=keep)
    path = FOLDER / f"migrated-{fingerprint()}.sqlite3"
    with one_at_a_time():
        if path.exists():
            copied_from(path)
            return []
        made = setup_databases(verbosity=0, interactive=False)
        copied_to(path)
        return made


def take_down(made: Made) -> None:
    """Remove the test database; one in memory goes with its last connection."""
    teardown_databases(made, verbosity=0)
    connection.close()


def copied_to(path: Path) -> None:
    """Keep the database in hand, and no older one."""
    for older in FOLDER.glob("migrated-*.sqlite3"):
        older.unlink()
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as file:
        connection.connection.backup(file)
    unfinished.rename(path)


def copied_from(path: Path) -> None:
    """Make the database in hand the one that was kept."""
    connection.close()
    name = connection.creation._get_test_db_name()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        file.backup(connection.connection)
