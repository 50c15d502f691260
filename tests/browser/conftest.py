"""A real Chromium: the system's own, or the one CHROMIUM names."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys.walking import Walk
from tests.lived_year import lived
from yishiting.ground.accounts.models import Person

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop running in the test's own thread


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The Playwright plugin defines its fixture in a way the newest pytest warns of; not ours to mend."""
    quiet = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(quiet)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Without sandbox and without talking to anyone."""
    args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in Beijing."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@dataclass
class Street:
    """The demo's year behind a server, and the way to each kind of page from each one's homes."""

    url: str
    ways: dict[str | None, dict[str, str]] = field(default_factory=dict)

    def address(self, login: str | None, name: str) -> str:
        """The first page of this name that this person comes by."""
        if login not in self.ways:
            walk = Walk.of(login)
            walk.all()
            self.ways[login] = walk.seen
        return self.url + self.ways[login][name]


@pytest.fixture(scope="module")
def street(django_db_setup: None, django_db_blocker: Any) -> Iterator[Street]:
    """The lived-in year, served; the tables are empty again afterwards. Such tests carry no `django_db` mark."""
    with django_db_blocker.unblock(), lived():
        server = LiveServer("localhost")
        yield Street(server.url)
        server.stop()
        call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)


def enter(page: Page, street: Street, login: str | None) -> None:
    """Come in as a member of the cast."""
    if login is None:
        return
    known = Client()
    known.force_login(Person.objects.get(login=login))
    page.context.add_cookies([{"name": "sessionid", "value": known.cookies["sessionid"].value, "url": street.url}])


def listen(page: Page, said: list[str] | None = None) -> list[str]:
    """What the browser complains about from now on, also on the pages to come."""
    heard = [] if said is None else said
    page.on("console", lambda line: heard.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda problem: heard.append(str(problem)))
    page.on("response", lambda answer: heard.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    return heard
