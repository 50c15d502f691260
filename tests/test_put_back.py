"""A situation put back is the situation built."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.councils import a_seated_term
from tests.put_back import all_rows, kept
from yishiting.ground.ledger.models import Entry, Sealed
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Place
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


built: list[str] = []


@kept
def renamed(cast: Cast, place: Place, name: str) -> Place:
    built.append(name)
    place.short_name = name
    place.save()
    return place


def test_what_is_kept_is_built_once_on_each_ground(cast: Cast) -> None:
    built[:] = []
    assert renamed(cast, cast.zaobei, "北里") is cast.zaobei
    cast.wang.save()
    renamed(cast, cast.zaobei, "北里")
    renamed(cast, cast.zaobei, "北里")
    assert built == ["北里"] * 3, "after a write nothing is put back"


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_is_done_to_what_was_given_is_done_again(cast: Cast, time: str) -> None:
    assert cast.zaobei.short_name == "枣营北里"
    place = renamed(cast, cast.zaobei, "东里")
    assert place is cast.zaobei
    assert place.short_name == Place.objects.get(pk=place.pk).short_name == "东里"
    further = renamed(cast, place, "西里")
    assert further is cast.zaobei
    assert {one.short_name for one in Place.objects.filter(pk=place.pk)} == {"西里"}


def test_what_was_built_on_other_ground_is_built_anew(cast: Cast) -> None:
    renamed(cast, cast.zaobei, "西里")
    built[:] = []
    renamed(cast, cast.zaobei, "东里")
    assert built in ([], ["东里"])
    assert Place.objects.get(pk=cast.zaobei.pk).short_name == "东里"


def test_after_a_rollback_nothing_is_put_back_on_it(cast: Cast) -> None:
    with transaction.atomic():
        renamed(cast, cast.zaobei, "东里")
        transaction.set_rollback(True)
    built[:] = []
    cast.zaobei.refresh_from_db()
    renamed(cast, cast.zaobei, "西里")
    assert built == ["西里"]


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_clock_goes_on_from_where_the_building_ended(cast: Cast, clock: Clock, time: str) -> None:
    term = a_seated_term(cast, clock)
    assert term.state == "seated"
    assert timezone.now() >= max(Entry.objects.values_list("at", flat=True))


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
