"""Strict, so that people can be relaxed: no network, warnings are errors, one fixed day, the same cast everywhere."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.cast import TODAY, Cast
from tests.emptying import ledger_emptied_between_tests
from tests.known_names import names_watched, unknown
from tests.looking_back import reverse_relations_watched
from tests.put_back import situation, watched
from tests.ready_database import make_ready, take_down
from yishiting.ground.accounts.models import Person
from yishiting.year.suggestions.queries.place_index import forget_everything

#: So many examples of a property; `make test-all`, which sends more nonsense too, tries many more.
EXAMPLES = 40 if os.environ.get("FUZZ", "1") == "1" else 200
#: A busy machine is slow, which is no fault of what is tried. The sample of mutations asks the same examples every time.
settings.register_profile("house", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("house"), max_examples=100, derandomize=True)
settings.load_profile("house")

BEIJING = ZoneInfo("Asia/Shanghai")


#: What people see in these rooms is the same on every database: the verbs beneath are tried on both by their own
#: packages, and each page and list of the lived year is asked on both by tests/fuzz and tests/journeys.
ROOMS = tuple(Path(__file__).parent / "doors" / room for room in ("desk", "public", "representative", "resident"))


def in_a_room(path: Path) -> bool:
    return any(room in path.parents for room in ROOMS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for no database is kept from it, so that it comes out the same on each: it is tried once."""
    for item in items:
        asks = "django_db_setup" in getattr(item, "fixturenames", ())
        if in_a_room(item.path) or (not asks and item.get_closest_marker("django_db") is None):
            item.add_marker(pytest.mark.once)


@pytest.fixture(autouse=True)
def _loopback_only(request: pytest.FixtureRequest) -> None:
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """In the place of the plug-in's own: the database that is ready comes sooner."""
    with django_db_blocker.unblock():
        made = make_ready(keep=django_db_keepdb and not django_db_createdb)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            take_down(made)


@pytest.fixture(scope="session", autouse=True)
def _the_ledger_may_be_emptied_between_tests() -> Iterator[None]:
    with ledger_emptied_between_tests():
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_looks_forward() -> Iterator[None]:
    with reverse_relations_watched():
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_are_watched() -> Iterator[None]:
    with names_watched():
        yield


@pytest.fixture(autouse=True)
def _every_name_in_a_template_is_known() -> Iterator[None]:
    yield
    assert unknown() == [], "names that their templates do not know"


class Clock:
    """Moves the day. `clock.to(date)` sets ten in the morning, Beijing time."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.traveller = traveller

    def to(self, day: date, hour: int = 10) -> None:
        self.traveller.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING))


#: Here no clock is needed. The folder itself: the whole checkout may lie in one of that name.
METHODS = Path(__file__).parent / "methods"


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[Clock | None]:
    """Every test lives on 5 March 2026 unless it moves the clock."""
    if METHODS in request.path.parents:
        yield None
        return
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=BEIJING), tick=True) as traveller:
        yield Clock(traveller)


@pytest.fixture(autouse=True)
def _speaks_chinese() -> None:
    """A page in English leaves its language switched on for whatever the process does next."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What the process holds of a place's suggestions belongs to the test before."""
    forget_everything()


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people and places everything is tried with; they came in before the test began."""

    def come_in() -> Cast:
        with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=BEIJING), tick=True):
            return Cast()

    with watched():
        yield situation("cast", come_in)


@pytest.fixture
def sign_in() -> object:
    """A browser with a person signed in: `sign_in(cast.wang)`."""

    def make(someone: Person) -> Client:
        client = Client()
        client.force_login(someone)
        return client

    return make
