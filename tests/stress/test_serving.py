"""The whole service as it runs: a crowd at once, and processes that are killed while people write."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import connection

from tests.consistency.source import ROOT

pytestmark = pytest.mark.long
CROWD = 250


@dataclass
class Service:
    """`yishiting serve` on an empty installation of its own."""

    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str, seconds: float = 60) -> int:
        """The status of an answer."""
        return self.asked("GET", path, seconds)[0]

    def asked(self, method: str, path: str, seconds: float = 60, **sent: str) -> tuple[int, str]:
        """The status and what came; a visitor without cookies."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if sent else {}
            line.request(method, path, urlencode(sent) if sent else None, headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode("utf8", "replace")
        finally:
            line.close()

    def wait_until_it_answers(self, seconds: float = 60) -> None:
        """Or fail."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(OSError, HTTPException):
                if self.get("/", 5) == 200:
                    return
            time.sleep(0.2)
        raise AssertionError(f"no answer within {seconds} seconds")

    def workers(self) -> list[int]:
        """The processes below the page server."""
        children = of_parent(self.process.pid)
        return [grandchild for child in children for grandchild in of_parent(child)]


def of_parent(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            pid, _, rest = status.read_text().partition(" ")
            if int(rest.rpartition(") ")[2].split()[1]) == parent:
                found.append(int(pid))
    return found


@contextmanager
def a_database(folder: Path) -> Iterator[str]:
    """The address of an empty database of the same kind as the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/served.sqlite3"
        return
    address = os.environ["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as line:
        line.execute("DROP DATABASE IF EXISTS served WITH (FORCE)")
        line.execute("CREATE DATABASE served")
    yield address.rpartition("/")[0] + "/served"
    with psycopg.connect(address, autocommit=True) as line:
        line.execute("DROP DATABASE served WITH (FORCE)")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with a_database(tmp_path) as database:
        env = {**os.environ, "YISHITING_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
        env |= {"DATABASE_URL": database, "PORT": str(port)}
        command = [sys.executable, str(ROOT / "manage.py")]
        subprocess.run([*command, "init"], cwd=ROOT, env=env, check=True, capture_output=True)
        process = subprocess.Popen([*command, "serve"], cwd=ROOT, env=env)
        one = Service(port, process)
        try:
            one.wait_until_it_answers()
            yield one
        finally:
            process.terminate()
            process.wait(60)


def test_a_crowd_at_once_is_served_and_leaves_room_for_the_next(service: Service) -> None:
    """250 visitors once took every connection of the database, until somebody restarted it."""
    pages = ("/", "/record/", "/suggest/", "/follow/", "/account/sign-in/")
    with ThreadPoolExecutor(CROWD) as crowd:
        answers = Counter(crowd.map(lambda n: service.get(pages[n % len(pages)], 120), range(2 * CROWD)))
    assert not [status for status in answers if status >= 500], answers
    assert answers[200] > CROWD, answers
    assert service.get("/") == 200


def test_a_killed_worker_comes_back(service: Service) -> None:
    before = service.workers()
    assert before
    os.kill(before[0], signal.SIGKILL)
    service.wait_until_it_answers(30)
    end = time.monotonic() + 30
    while len(service.workers()) < len(before) and time.monotonic() < end:
        time.sleep(0.2)
    assert len(service.workers()) >= len(before)


def test_when_the_main_process_is_killed_nothing_is_left_behind(service: Service) -> None:
    family = [*of_parent(service.process.pid), *service.workers()]
    assert family
    service.process.kill()
    service.process.wait(10)
    end = time.monotonic() + 30
    while any(alive(one) for one in family) and time.monotonic() < end:
        time.sleep(0.2)
    assert [one for one in family if alive(one)] == []


def alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    return False
