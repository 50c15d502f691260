"""One transaction for one act, tried again when two acts met in the database through nobody's fault."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

T = TypeVar("T")

#: PostgreSQL: serialization failure, deadlock detected. The database has undone everything; doing it again is right.
MET = frozenset({"40001", "40P01"})
TRIES = 4
PAUSE = 0.05


class TakenMeanwhile(OperationalError):
    """A row wanted out of the usual order is held by somebody else; waiting for it could be waiting for ever."""


def in_transaction(act: Callable[[], T]) -> T:
    """What `act` gives back, done as a whole or not at all; within a transaction it is a part that may fail alone.

    `act` may be called several times, so it reads what it needs itself and changes nothing outside the database.
    Raises what `act` raises, and OperationalError when it met others every time.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            return act()
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return act()
        except OperationalError as error:
            if not tries_left or not _met(error):
                raise
            time.sleep(random.uniform(PAUSE, PAUSE * 2) * (TRIES - tries_left))  # noqa: S311  # a pause, no secret
    raise AssertionError("the last try returns or raises")


def _met(error: OperationalError) -> bool:
    return isinstance(error, TakenMeanwhile) or getattr(error.__cause__, "sqlstate", "") in MET
