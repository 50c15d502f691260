"""A database of the first version comes up to this one with all its rows; one that stands half way is told what to do."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.apps import apps as django_apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from yishiting.doors.commands.management.commands.serve import must_be_ready
from yishiting.ground.common.upgrading import half_way, up_to_date

FIRST = "0001_first_version"
DAY = date(2026, 3, 5)
MOMENT = datetime(2026, 3, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
KEPT = ("places.Place", "accounts.Person", "dossiers.Dossier", "suggestions.Suggestion", "ledger.Entry")


@pytest.fixture
def empty_database(db: None, tmp_path: Path) -> Iterator[None]:
    """A database beside the usual one, without a table."""
    told, usual = connection.settings_dict, connections["default"]
    name = f"upgrade_{uuid4().hex}" if connection.vendor == "postgresql" else str(tmp_path / "upgrade.sqlite3")
    of_the_server(told, f"CREATE DATABASE {name}")
    connections["default"] = connections.create_connection("default")
    connection.settings_dict = {**told, "NAME": name}
    yield
    connection.close()
    connections["default"] = usual
    of_the_server(told, f"DROP DATABASE {name}")


def of_the_server(told: dict[str, Any], statement: str) -> None:
    """SQLite makes a file where none is."""
    if connection.vendor == "postgresql":
        where = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"]}
        with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
            server.execute(statement)


def some_rows(apps: Any) -> None:
    """What a first day leaves behind, as the first version had it."""

    def made(label: str, **values: Any) -> Any:
        return apps.get_model(label).objects.create(**values)

    place = made("places.Place", code="110105", name="朝阳区", level="district", division_path="110105/")
    made("accounts.Person", name="刘芳", login="liufang")
    file = made("dossiers.Dossier", number="8KQ2M4XWAB", origin=place, lies_at=place, opened_on=DAY)
    named: dict[str, Any] = {"receipt": file.number, "dossier": file, "place": place, "received_on": DAY}
    said = made("suggestions.Suggestion", **named, year=2026, screen_due=DAY, text="东门路灯坏了", channel="online")
    made("suggestions.SearchText", suggestion=said, bigrams="东门 门路 路灯")
    made("ledger.Entry", seq=1, at=MOMENT, verb="suggestion.received", leaf="0" * 64, salt="0" * 32)


def is_ours(app: str) -> bool:
    return django_apps.get_app_config(app).name.startswith("yishiting.")


def test_a_database_of_the_first_version_comes_up_to_this_one(empty_database: None) -> None:
    executor = MigrationExecutor(connection)
    first = [key for key in executor.loader.graph.nodes if key[1] == FIRST]
    others = [key for key in executor.loader.graph.leaf_nodes() if not is_ours(key[0])]
    state = executor.migrate([*others, *sorted(first)])
    some_rows(state.apps)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    assert up_to_date(connection)
    now = MigrationExecutor(connection).loader.project_state().apps
    assert {label: now.get_model(label).objects.count() for label in KEPT} == dict.fromkeys(KEPT, 1)
    assert now.get_model("suggestions.Suggestion").objects.get().text == "东门路灯坏了"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        now.get_model("ledger.Entry").objects.update(verb="nothing.happened")


@pytest.fixture
def replaced(db: None) -> dict[str, list[tuple[str, str]]]:
    """Of every app the migrations its first version stands for; the database has had them, one by one, and no other."""
    first = {
        app: one for (app, name), one in MigrationExecutor(connection).loader.disk_migrations.items() if one.replaces
    }
    MigrationRecorder(connection).migration_qs.filter(app__in=first, name=FIRST).delete()
    return {app: sorted(one.replaces) for app, one in first.items()}


def test_a_database_that_had_all_old_migrations_has_nothing_to_do(replaced: dict[str, Any]) -> None:
    assert len(replaced) > 25
    assert half_way(connection) == []
    assert up_to_date(connection)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    applied = MigrationRecorder(connection).applied_migrations()
    assert {(app, FIRST) for app in replaced} <= set(applied)


@pytest.mark.parametrize("app", ["suggestions", "entrance"], ids=["others wait for it", "nothing waits for it"])
def test_a_database_half_way_is_told_what_to_do_first(replaced: dict[str, Any], app: str) -> None:
    MigrationRecorder(connection).migration_qs.filter(app=app, name=replaced[app][-1][1]).delete()
    assert half_way(connection) == [app]
    migrate = partial(call_command, "migrate", skip_checks=False)
    for begin in (migrate, partial(call_command, "init"), partial(must_be_ready, threads=1)):
        with pytest.raises(CommandError, match="请先换回合并迁移以前的最后一版程序"):
            begin()
    assert not up_to_date(connection)
