"""Django's cache in the database: every process reads what another one wrote."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from yishiting.ground.common.models import CacheEntry
from yishiting.ground.common.shared_cache import SharedCache, sweep

cache = SharedCache("", {})


@pytest.mark.django_db
def test_what_is_kept_is_read_again_by_one_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        cache.set("a", {"b": [1, None, "三"]})
    with django_assert_num_queries(1):
        cache.set("a", {"b": [2]})
    with django_assert_num_queries(1):
        assert cache.get("a") == {"b": [2]}
    assert cache.get("c", "usual") == "usual"
    assert cache.get_many(["a", "c"]) == {"a": {"b": [2]}}
    assert "a" in cache
    assert "c" not in cache


@pytest.mark.django_db
def test_what_has_had_its_time_is_gone() -> None:
    cache.set("short", 1, 60)
    cache.set("ever", 2, None)
    assert cache.touch("short", 600)
    assert not cache.touch("never", 600)
    with time_machine.travel(timezone.now() + timedelta(seconds=300)):
        assert cache.get("short") == 1
    with time_machine.travel(timezone.now() + timedelta(days=1000)):
        assert cache.get("short") is None
        assert "short" not in cache
        assert cache.get("ever") == 2
        assert cache.add("short", 3, 60)
        assert cache.get("short") == 3
        assert not cache.add("short", 4, 60)
    assert cache.get("short") == 3


@pytest.mark.django_db
def test_counting_and_forgetting() -> None:
    with pytest.raises(ValueError, match="nothing is kept"):
        cache.incr("tries")
    assert cache.add("tries", 0)
    assert not cache.add("tries", 0)
    assert cache.incr("tries") == 1
    assert cache.incr("tries", 4) == 5
    assert cache.decr("tries") == 4
    assert cache.delete("tries")
    assert not cache.delete("tries")
    cache.set("x", 1)
    cache.clear()
    assert not CacheEntry.objects.exists()


@pytest.mark.django_db
def test_the_sweep_takes_only_what_nobody_can_read() -> None:
    cache.set("old", 1, 1)
    cache.set("new", 1, 10_000)
    cache.set("ever", 1, None)
    with time_machine.travel(timezone.now() + timedelta(seconds=100)):
        assert sweep() == 1
        assert cache.get_many(["old", "new", "ever"]) == {"new": 1, "ever": 1}


@pytest.mark.django_db(transaction=True)
def test_many_who_count_at_once_lose_nothing() -> None:
    cache.set("tries", 0)

    def count() -> None:
        for _ in range(10):
            cache.incr("tries")
        connection.close()

    if connection.vendor == "sqlite":  # the tests' database lives in this one connection
        count()
        count()
    else:
        threads = [threading.Thread(target=count) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert cache.get("tries") == 20
