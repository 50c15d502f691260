"""What changes a few times a year, read once by each process: rules, windows, holidays, the tree of places.

Every kind of such facts has a version in the database. Whoever writes to a model of the kind gives it a new one in
the same transaction (`watch` sees to that), so no worker goes on with what another one has changed: within one piece
of work (a page, a verb) the versions are read once, by one statement for all kinds. A version is a random token, not
a number: one that was rolled back never comes again.
"""

import secrets
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models
from django.db.models.signals import post_delete, post_save

from yishiting.ground.common.models import RecordQuerySet, Version

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


@dataclass(slots=True)
class Reading:
    """One piece of work: the versions as it read them, and whether it changed some (then they may be undone again)."""

    versions: dict[str, str] | None = None
    wrote: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds of one kind, and the version it belongs to."""

    version: str
    values: dict[Hashable, Any] = field(default_factory=dict)


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)
_held: dict[str, Held] = {}
_kinds: dict[type[models.Model], str] = {}


@contextmanager
def one_reading() -> Iterator[None]:
    """Within, the versions are read once. What begins inside (a verb in a page) reads them again, for itself."""
    outer, inner = _reading.get(), Reading()
    token = _reading.set(inner)
    try:
        yield
    finally:
        _reading.reset(token)
        if outer is not None:
            outer.versions, outer.wrote = inner.versions, outer.wrote or inner.wrote


def held(kind: str, key: Hashable, read: Callable[[], T]) -> T:
    """What this process holds under a key, or reads now. It is shared: nobody may change it."""
    version = _versions().get(kind, "")
    here = _held.get(kind)
    if here is None or here.version != version:
        here = _held[kind] = Held(version)
    if key not in here.values:
        here.values[key] = read()
    found: T = here.values[key]
    return found


def changed(kind: str) -> None:
    """Tell every process, when this transaction ends, that facts of a kind are others now."""
    reading = _reading.get()
    if reading is not None:
        reading.wrote = True
    row = Version(kind=kind, token=secrets.token_hex(8))
    Version.objects.bulk_create([row], update_conflicts=True, unique_fields=["kind"], update_fields=["token"])


class WatchedQuerySet(RecordQuerySet[M]):
    """Of models that processes hold: writing many rows tells them too."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """As usual, and a new version."""
        rows = super().bulk_create(objs, *args, **kwargs)
        _tell(self.model)
        return rows

    def update(self, **kwargs: Any) -> int:
        """As usual, and a new version."""
        rows = super().update(**kwargs)
        _tell(self.model)
        return rows


def watch(kind: str, *watched: type[models.Model]) -> None:
    """From now on every change to these models gives the kind a new version."""
    for model in watched:
        _kinds[model] = kind
        post_save.connect(_tell, sender=model, dispatch_uid=f"watched save of {model._meta.label}")
        post_delete.connect(_tell, sender=model, dispatch_uid=f"watched delete of {model._meta.label}")


def watched() -> dict[type[models.Model], str]:
    """The models whose changes are told, with their kinds."""
    return dict(_kinds)


def _tell(sender: type[models.Model], **_more: Any) -> None:
    changed(_kinds[sender])


def _versions() -> dict[str, str]:
    reading = _reading.get()
    if reading is None or reading.wrote:
        return _read()
    if reading.versions is None:
        reading.versions = _read()
    return reading.versions


def _read() -> dict[str, str]:
    return dict(Version.objects.values_list("kind", "token"))
