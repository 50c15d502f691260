"""What one process compared or learned is there for all of them; a process that has just begun proposes the same."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import OPERATOR, TODAY, Cast
from tests.factories.suggestions import a_slip, a_valid_one, many_alike
from yishiting.overview.cycle.actions import run_daily
from yishiting.year.suggestions.actions import classify_suggestion, load_categories
from yishiting.year.suggestions.queries import guesses, place_index
from yishiting.year.suggestions.queries.likeness import alike, similar_now
from yishiting.year.suggestions.queries.place_index import is_stale, refresh
from yishiting.year.suggestions.queries.screening import may_be_chosen

LAMP = "3号楼2单元楼道灯坏了"


@contextmanager
def nothing_is_computed() -> Iterator[None]:
    """Whoever compares or learns writes down what came of it."""
    with CaptureQueriesContext(connection) as asked:
        yield
    assert not [one["sql"] for one in asked.captured_queries if one["sql"].startswith(("INSERT", "UPDATE"))]


@contextmanager
def another_process() -> Iterator[None]:
    """Within, nothing is held yet; afterwards what was held before."""
    held = dict(place_index._held)
    place_index.forget_everything()
    yield
    place_index._held.clear()
    place_index._held.update(held)


@pytest.fixture
def grouped(cast: Cast) -> Cast:
    """Some suggestions, compared once."""
    many_alike(cast, 4)
    assert is_stale(cast.zaobei)
    alike(cast.zaobei)
    assert not is_stale(cast.zaobei)
    return cast


def test_a_process_begins_where_another_one_stands(grouped: Cast) -> None:
    here, near = alike(grouped.zaobei), similar_now(grouped.zaobei, LAMP)
    with another_process(), nothing_is_computed():
        assert alike(grouped.zaobei) == here
        assert similar_now(grouped.zaobei, LAMP) == near


def test_what_came_since_is_put_beside_it(grouped: Cast) -> None:
    added = a_slip(grouped, text="3号楼2单元的楼道灯又不亮了", where="3号楼2单元")
    here = alike(grouped.zaobei)
    assert added.pk in here[0]
    with another_process(), nothing_is_computed():
        assert alike(grouped.zaobei) == here


def test_what_another_process_compared_afresh_is_taken_over(grouped: Cast) -> None:
    a_slip(grouped, text="3号楼2单元的楼道灯又不亮了", where="3号楼2单元")
    before = alike(grouped.zaobei)
    with another_process():
        refresh(grouped.zaobei)
        there = alike(grouped.zaobei)
    with nothing_is_computed():
        assert alike(grouped.zaobei) == there
    assert [sorted(members) for members in there] == [sorted(members) for members in before]


def test_when_many_came_all_are_compared_afresh(grouped: Cast, monkeypatch) -> None:
    monkeypatch.setattr(place_index, "FEW_NEW", 1)
    a_slip(grouped)
    assert not is_stale(grouped.zaobei)
    a_slip(grouped, text="西门口乱停车，堵了消防通道")
    assert is_stale(grouped.zaobei)
    here = alike(grouped.zaobei)
    assert not is_stale(grouped.zaobei)
    with another_process(), nothing_is_computed():
        assert alike(grouped.zaobei) == here


def test_what_is_stored_can_be_thrown_away(grouped: Cast) -> None:
    here = alike(grouped.zaobei)
    cache.clear()
    with another_process():
        assert alike(grouped.zaobei) == here


def test_the_daily_job_is_there_before_the_page(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(place_index, "FEW_NEW", 2)
    a_slip(cast)
    assert place_index.going_stale() == []
    many_alike(cast, 2)
    assert place_index.going_stale() == [cast.zaobei.pk]
    assert run_daily(TODAY).compared == 1
    assert place_index.going_stale() == []
    with nothing_is_computed():
        assert len(alike(cast.zaobei)) == 1


def test_the_words_themselves_are_not_stored(grouped: Cast) -> None:
    kept = cache.get_many([place_index._key(grouped.zaobei.pk, what) for what in ("groups", "stamp")])
    assert len(kept) == 2
    assert "楼道灯" not in str(kept)


def test_what_was_learned_is_there_for_all(cast: Cast, monkeypatch) -> None:
    load_categories(cast.district, by=OPERATOR)
    monkeypatch.setattr(guesses, "ENOUGH", 4)
    guesses.forget_everything()
    known = list(may_be_chosen())
    kite, shed = known[1], known[2]
    for n in range(3):
        one = a_valid_one(cast, text=f"{n}号楼前放风筝的人太多，风筝线危险")
        classify_suggestion(one, by=cast.liu, category=kite, responsible_level="community")
        other = a_valid_one(cast, text=f"{n}号楼没有存自行车的地方，车棚太小")
        classify_suggestion(other, by=cast.liu, category=shed, responsible_level="resident_unit")
    asked = a_slip(cast, text="5号楼前放风筝，线很危险")
    here = guesses.proposals(asked, known)
    guesses.forget_everything()
    with nothing_is_computed():
        assert guesses.proposals(asked, known) == here
    guesses.forget_everything()


def test_what_is_too_much_for_a_page_is_left_to_the_job(grouped: Cast, client: Client, monkeypatch) -> None:
    """Of a whole subdistrict the page shows at once what is known, says so, and the job brings in the rest."""
    monkeypatch.setattr(place_index, "AT_A_PAGE", 3)
    monkeypatch.setattr(place_index, "FEW_NEW", 1)
    said = ("西门口乱停车，堵了消防通道", "活动室周末不开门", "垃圾站气味大")
    added = [a_slip(grouped, text=one).pk for one in said]
    assert place_index.waits_for_the_job(grouped.zaobei)
    with another_process():
        assert len(place_index.groups_at(grouped.zaobei)) == 2, (
            "what was known, and as many new ones as a page compares"
        )
        assert place_index.waits_for_the_job(grouped.zaobei)
    client.force_login(grouped.liu)
    address = reverse("desk-merging", args=[grouped.zaobei.code])
    assert "还有一些建议正在比对" in client.get(address).content.decode()
    assert not place_index.waits_for_the_job(grouped.zaobei), "the page asked for the job, which tests run at once"
    assert "还有一些建议正在比对" not in client.get(address).content.decode()
    assert set(added) <= {pk for members in place_index.groups_at(grouped.zaobei) for pk in members}
