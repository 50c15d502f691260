"""The empty database, migrated once for each state of the migrations and copied from then on.

Migrating takes most of a minute of each test process; the copy takes a moment. The copy is kept in the data folder under
a fingerprint of everything that makes it, so that it can never be another's: a file of SQLite, or what pg_dump writes.
Where there is no pg_dump each process migrates.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
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
    version = sqlite3.sqlite_version if connection.vendor == "sqlite" else connection.pg_version
    told = hashlib.sha256(f"{django.VERSION} {version} {settings.INSTALLED_APPS}".encode())
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
    if keep or not can_be_copied():
        return setup_databases(verbosity=0, interactive=False, keepdb=keep)
    in_memory = connection.vendor == "sqlite"
    path = FOLDER / f"migrated-{fingerprint()}.{'sqlite3' if in_memory else 'sql'}"
    with one_at_a_time():
        if path.exists():
            return copied_from(path) if in_memory else restored_from(path)
        made = setup_databases(verbosity=0, interactive=False)
        with written(path) as unfinished:
            (copied_to if in_memory else dumped_to)(unfinished)
        return made


def can_be_copied() -> bool:
    """A database in memory, or one that pg_dump can write down."""
    if connection.vendor == "sqlite":
        return connection.creation.is_in_memory_db(connection.creation._get_test_db_name())
    return shutil.which("pg_dump") is not None


def take_down(made: Made) -> None:
    """Remove the test database; one in memory goes with its last connection."""
    teardown_databases(made, verbosity=0)
    connection.close()


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Keep what is written within under this name, whole, and no older one of its kind."""
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    yield unfinished
    for older in FOLDER.glob(f"migrated-*{path.suffix}"):
        older.unlink()
    unfinished.rename(path)


def copied_to(path: Path) -> None:
    """Keep the database in hand."""
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)


def copied_from(path: Path) -> Made:
    """Make the database in hand the one that was kept."""
    connection.close()
    name = connection.creation._get_test_db_name()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        file.backup(connection.connection)
    return []


def dumped_to(path: Path) -> None:
    """Write down the database in hand as the statements that make it again."""
    named = connection.settings_dict
    words = ["pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500", f"--file={path}"]
    where = ["--host", named["HOST"], "--port", str(named["PORT"]), "--username", named["USER"], named["NAME"]]
    subprocess.run([*words, *where], env={**os.environ, "PGPASSWORD": named["PASSWORD"]}, check=True)


def restored_from(path: Path) -> Made:
    """Make the test database by the statements that were written down; those for psql alone are left out."""
    before = connection.settings_dict["NAME"]
    name = connection.creation._create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    lines = path.read_text("utf8").splitlines(keepends=True)
    with connection.cursor() as cursor:
        cursor.execute("".join(line for line in lines if not line.startswith("\\")))
    connection.close()
    return [(connection, before, True)]
