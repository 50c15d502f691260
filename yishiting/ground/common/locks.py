"""Waiting for one another: rows are locked in one order, and what nobody else may do meanwhile is said by a word.

Locks are let go when the transaction ends. `no_key` lets others go on pointing at the row. SQLite has one writer at a
time, so there nothing needs to be held. What everybody waits for (receipt numbers, the ledger) is taken at the end of
a verb, see `verbs.at_the_end`.
"""

from collections import defaultdict

from django.db import OperationalError, connection, models

from yishiting.ground.common.changes import at_work
from yishiting.ground.common.transactions import TakenMeanwhile

#: PostgreSQL: somebody else holds the row.
HELD = "55P03"


def hold(*things: models.Model, wait: bool = True) -> None:
    """Lock the rows of these things and read them anew: one kind after the other, within a kind in the order of keys."""
    kinds: dict[type[models.Model], dict[object, list[models.Model]]] = defaultdict(lambda: defaultdict(list))
    for thing in things:
        if not thing._state.adding:
            kinds[type(thing)][thing.pk].append(thing)
    for kind, some in kinds.items():
        rows = kind._base_manager.filter(pk__in=some)
        for row in rows.select_for_update(of=("self",), no_key=True, nowait=not wait).order_by("pk"):
            for thing in some[row.pk]:
                _become(thing, row)
    at_work().held += things


def hold_at_once(*things: models.Model) -> None:
    """Lock more rows of a kind of which one is held already, so that the order of keys cannot be kept.

    Nobody waits then: where somebody else holds one, the act begins again (`in_transaction`), which no one may notice.
    """
    try:
        hold(*things, wait=False)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == HELD:
            raise TakenMeanwhile(*error.args) from error
        raise


def hold_word(word: str) -> None:
    """Wait until no other transaction holds this word: for what has no row to lock yet, such as a telephone number."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [word])


def _become(thing: models.Model, row: models.Model) -> None:
    """Give a thing the values of its row, and forget what it had loaded besides."""
    for field in row._meta.concrete_fields:
        setattr(thing, field.attname, getattr(row, field.attname))
    thing._state.fields_cache.clear()
    getattr(thing, "_prefetched_objects_cache", {}).clear()
