"""Writing to the ledger: each verb writes its one row through `record`; the day is signed by `sign_day`."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import date
from functools import partial
from typing import Any

from django.db import connection, models
from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.predicates import place_of
from yishiting.ground.common.verbs import Rank, Running, at_the_end, current, labelled, operator, verb
from yishiting.ground.ledger.keys import public_hex, signing_key
from yishiting.ground.ledger.models import Checkpoint, Entry, Head, Sealed
from yishiting.ground.ledger.permissions import MAY
from yishiting.methods import merkle
from yishiting.methods.ledger_export import signed_words

#: After all else: from here to the end of the transaction nobody else can number rows.
LAST: Rank = (2,)
#: The one row is made by whoever writes first. Each waits here for the one before to commit, so no number is left out.
TAKE_NUMBERS = """
    INSERT INTO {head} (id, size) VALUES (1, (SELECT COALESCE(MAX(seq) + 1, 0) FROM {entry}) + %s)
    ON CONFLICT (id) DO UPDATE SET size = {head}.size + %s RETURNING size
"""
#: How many rows go to the database in one statement.
AT_ONCE = 1000
#: Name, salt and text of each private word.
Private = list[tuple[str, str, str]]


def write_entry(
    subject: models.Model | None, *, rules: str = "", private: Mapping[str, str] | None = None, **facts: Any
) -> Entry:
    """Write the one row of the verb at work.

    `subject` is None where the verb is about no single thing. `facts` are plain values (text, whole numbers, lists, dicts) without personal data; one that stands
    only at the end is given by `later`. `private` holds words
    that may name people: they are kept apart and only their salted hash is part of the event.
    """
    running = current()
    running.rows += 1
    entry = _entry(running, subject, rules, facts, sealed := _seal(private or {}))
    _keep([(entry, sealed)])
    return entry


def write_entries(whole: models.Model, parts: Iterable[tuple[models.Model, dict[str, Any]]], **facts: Any) -> Entry:
    """Write the row of a verb that takes in many things at once, and one row for each of them, in order."""
    running = current()
    running.rows += 1
    entries = [_entry(running, whole, "", facts, []), *(_entry(running, part, "", own, []) for part, own in parts)]
    _keep([(entry, []) for entry in entries])
    return entries[0]


def later(thing: models.Model, name: str) -> Callable[[], Any]:
    """A fact that stands only when everything is numbered: what this field of the thing holds then."""
    return partial(getattr, thing, name)


#: What the verbs at work have written and nobody has numbered yet, in order.
_kept: ContextVar[list[tuple[Entry, Private]] | None] = ContextVar("kept", default=None)


def _keep(rows: list[tuple[Entry, Private]]) -> None:
    """Hold rows until the outermost verb ends, so that the lock that numbers them is the last one taken."""
    if at_the_end(_number, LAST):
        _kept.set([])
    kept = _kept.get()
    if kept is not None:
        kept += rows


def _number() -> None:
    rows = _kept.get() or []
    for entry, _sealed in rows:
        entry.facts = {name: fact() if callable(fact) else fact for name, fact in entry.facts.items()}
    for seq, (entry, _sealed) in enumerate(rows, start=_take_numbers(len(rows))):
        entry.seq, entry.at = seq, timezone.now()
        entry.leaf = merkle.leaf_hash(merkle.canonical(entry.event())).hex()
    Entry.objects.bulk_create([entry for entry, _sealed in rows], batch_size=AT_ONCE)
    Sealed.objects.bulk_create(
        Sealed(entry=entry, name=name, salt=salt, text=text) for entry, sealed in rows for name, salt, text in sealed
    )
    _kept.set(None)


def _take_numbers(count: int) -> int:
    """The first of so many numbers, in one statement."""
    tables = {"head": Head._meta.db_table, "entry": Entry._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NUMBERS.format(**tables), [count, count])
        (size,) = cursor.fetchone()
    return int(size) - count


def _seal(private: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [(name, secrets.token_hex(16), text) for name, text in private.items()]


def _entry(
    running: Running,
    subject: models.Model | None,
    rules: str,
    facts: dict[str, Any],
    sealed: Private,
) -> Entry:
    place = place_of(subject)
    hashes = {name: hashlib.sha256((salt + text).encode()).hexdigest() for name, salt, text in sealed}
    return Entry(
        verb=running.verb.code,
        subject_kind=labelled(subject) if subject else "",
        subject_id=str(subject.pk) if subject else "",
        place_code=place.code if place is not None else "",
        actor_kind=running.actor.actor_kind,
        actor_id=running.actor.actor_id,
        office=running.office,
        rules=rules,
        facts=facts | ({"private": hashes} if hashes else {}) | ({"operator": name} if (name := operator()) else {}),
    )


@verb("ledger.checkpoint", "每日存证", MAY)
def sign_day(day: date, *, by: Actor) -> Checkpoint:
    """Sign the state of the ledger at the end of a day; a day is signed once."""
    point = Checkpoint.objects.filter(day=day).first() or _signed(day, _grown_frontier())
    write_entry(point, day=day.isoformat(), size=point.size, root=point.root)
    return point


def _grown_frontier() -> merkle.Frontier:
    last = Checkpoint.objects.order_by("-size").first()
    frontier = merkle.Frontier.from_dict({"size": last.size, "peaks": last.frontier}) if last else merkle.Frontier()
    leaves = Entry.objects.filter(seq__gte=frontier.size).order_by("seq").values_list("leaf", flat=True)
    frontier.extend(bytes.fromhex(leaf) for leaf in leaves.iterator(chunk_size=5000))
    return frontier


def _signed(day: date, frontier: merkle.Frontier) -> Checkpoint:
    key, root = signing_key(), frontier.root().hex()
    return Checkpoint.objects.create(
        day=day,
        size=frontier.size,
        root=root,
        frontier=frontier.as_dict()["peaks"],
        signature=key.sign(signed_words(day.isoformat(), frontier.size, root)).hex(),
        public_key=public_hex(key),
        signed_at=timezone.now(),
    )
