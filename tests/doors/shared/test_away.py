"""The database is away: people read a plain page, programs an answer they understand, watchers that we are not ready."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.cast import Cast
from tests.consistency.source import ROOT
from yishiting.doors.common.away import is_away

ASKS = """
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
for path in ("/", "/account/sign-in/", "/api/v1/notices/", "/api/v1/me/", "/nowhere/", "/health/ready/", "/health/live/"):
    answer = client.get(path, headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"})
    print(answer.status_code, answer.get("Retry-After", "-"), answer["Content-Type"].split(";")[0], path)
"""


@contextmanager
def nothing_answers() -> Iterator[None]:
    def away(*_: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        yield


def test_pages_and_programs_are_answered_while_no_database_listens() -> None:
    """On a port where nothing listens, with a session that cannot be looked up."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
    }
    done = subprocess.run([sys.executable, "-c", ASKS], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "503 10 text/html /",
        "503 10 text/html /account/sign-in/",
        "503 10 application/json /api/v1/notices/",
        "503 10 application/json /api/v1/me/",
        "503 10 text/html /nowhere/",
        "503 - application/json /health/ready/",
        "200 - application/json /health/live/",
    ]


def test_in_the_middle_of_an_operation_too(cast: Cast, sign_in) -> None:
    client: Client = sign_in(cast.wang)
    client.raise_request_exception = False
    with nothing_answers():
        page, program = client.get("/desk/"), client.get("/api/v1/notices/")
    assert (page.status_code, program.status_code) == (503, 503)
    assert "请过一分钟再试" in page.content.decode()
    assert "请过一分钟再试" in program.json()["sentence"]
    assert program["Retry-After"] == page["Retry-After"] == "10"


@pytest.mark.parametrize("path", ["/health/live/", "/health/ready/"])
def test_the_health_page_asks_for_no_name_no_https_and_keeps_nothing(db, settings, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get(path, headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert Client().post(path, headers={"Host": "localhost"}, secure=True).status_code == 404


def test_what_is_a_fault_of_ours_is_not_called_an_outage() -> None:
    assert is_away(OperationalError("database is locked"))
    assert not is_away(OperationalError("no such table: places_place"))
    assert not is_away(ValueError())
    assert not is_away(sqlite3.OperationalError("as the driver says it"))
    assert not is_away(None)
