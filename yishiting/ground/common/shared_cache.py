"""Django's cache, kept in the database: any number of workers on any number of machines agree.

Values are JSON, never pickles: whoever can write a row of this table cannot run code with it.
Counting is exact: `incr` locks the entry. What is written inside a transaction goes with it, so tries are counted
outside of one.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from yishiting.ground.common.models import CacheEntry


class SharedCache(BaseCache):
    """The methods of Django's cache over one table; a value is read, and set, by one statement."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, or what is given when there is none or its time is over."""
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """Those values that are there."""
        named = {self._named(key, version): key for key in keys}
        rows = _fresh().filter(key__in=list(named)).values_list("key", "value")
        return {named[name]: value for name, value in rows}

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """Whether there is a value, be it None."""
        return _fresh().filter(key=self._named(key, version)).exists()

    def set(
        self, key: Any, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value, whatever was there before."""
        entry = CacheEntry(key=self._named(key, version), value=value, expires=self._until(timeout))
        CacheEntry.objects.bulk_create(
            [entry], update_conflicts=True, unique_fields=["key"], update_fields=["value", "expires"]
        )

    def add(
        self, key: Any, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value only where there is none; False when there is one."""
        name = self._named(key, version)
        _expired().filter(key=name).delete()
        try:
            with transaction.atomic():
                CacheEntry.objects.create(key=name, value=value, expires=self._until(timeout))
        except IntegrityError:
            return False
        return True

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count on, exactly, however many count at once."""
        with transaction.atomic():
            entry = _fresh().select_for_update(no_key=True).filter(key=self._named(key, version)).first()
            if entry is None:
                raise ValueError(f"nothing is kept under {key!r}")
            entry.value += delta
            entry.save(update_fields=["value"])
        counted: int = entry.value
        return counted

    def touch(self, key: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give a value more time; False when there is none."""
        return _fresh().filter(key=self._named(key, version)).update(expires=self._until(timeout)) > 0

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget one value."""
        return CacheEntry.objects.filter(key=self._named(key, version)).delete()[0] > 0

    def clear(self) -> None:
        """Forget everything."""
        CacheEntry.objects.all().delete()

    def _named(self, key: Any, version: int | None) -> str:
        name: str = self.make_and_validate_key(key, version=version)
        return name

    def _until(self, timeout: float | object | None) -> datetime | None:
        seconds = self.get_backend_timeout(timeout)  # type: ignore[arg-type]  # the stubs do not know its own default
        return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)


def sweep() -> int:
    """Remove what nobody can read any more; once a day is enough."""
    return _expired().delete()[0]


def _fresh() -> QuerySet[CacheEntry]:
    return CacheEntry.objects.filter(Q(expires=None) | Q(expires__gt=timezone.now()))


def _expired() -> QuerySet[CacheEntry]:
    return CacheEntry.objects.filter(expires__lte=timezone.now())
