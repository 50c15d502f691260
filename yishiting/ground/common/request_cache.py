"""Reading once what a page asks for again and again: kept for one request, gone with it."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Within, what is cached is read once; outside, nothing is cached."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def cached(key: Hashable, read: Callable[[], T]) -> T:
    """What was read under this key in this request, or read now."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: T = kept[key]
    return found


def clear() -> None:
    """After a change to what may be cached."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()
