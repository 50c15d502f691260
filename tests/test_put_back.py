"""A situation put back is the situation built."""

from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.councils import a_seated_term
from tests.put_back import all_rows, situation
from yishiting.ground.ledger.models import Entry, Sealed
from yishiting.ground.organisations.queries import offices_of
from yishiting.year.councils.actions import end_representative
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import Representative, Term


def columns_of_time(rows: dict[Any, Any]) -> dict[str, int]:
    return {table.name: len(found) for table, found in rows.items() if found}


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_cast_is_whole_each_time(cast: Cast, time: str) -> None:
    assert cast.zaobei.parent == cast.maizidian
    assert [held.office for held in offices_of(cast.wang)] == ["community_secretary"]
    cast.wang.name = time
    cast.wang.save()
    cast.zaobei.short_name = time
    assert type(cast.wang).objects.get(pk=cast.wang.pk).name == time


def test_what_a_test_does_to_the_cast_stays_in_the_test(cast: Cast) -> None:
    assert cast.wang.name == "王建国"
    assert cast.zaobei.short_name not in ("first", "second")


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_seated_term_is_the_same_put_back(cast: Cast, clock: Clock, time: str) -> None:
    term = a_seated_term(cast, clock)
    assert term == Term.objects.get()
    assert Representative.objects.filter(term=term, person=cast.liming).exists()
    entries = list(Entry.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)


def test_after_a_write_nothing_is_put_back(cast: Cast) -> None:
    built: list[int] = []

    def build() -> int:
        built.append(1)
        return len(built)

    assert situation("tried here", build) == 1
    cast.wang.save()
    assert situation("tried there", build) == 2
    assert situation("tried there", build) == 3, "built each time, since the ground is another"


def test_rows_are_read_as_the_database_writes_them(cast: Cast) -> None:
    people = next(rows for table, rows in all_rows().items() if table.name == "accounts_person")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM accounts_person")
        assert cursor.fetchone()[0] == len(people) > 10


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_database_numbers_on_from_the_rows_put_back(cast: Cast, clock: Clock, time: str) -> None:
    term = a_seated_term(cast, clock)
    before = set(Sealed.objects.values_list("pk", flat=True))
    end_representative(term.representatives.all()[0], by=cast.wang, kind=Leaving.MOVED, reason="搬去通州")
    assert min(set(Sealed.objects.values_list("pk", flat=True)) - before) > max(before)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('ledger_sealed_id_seq', 1)")
