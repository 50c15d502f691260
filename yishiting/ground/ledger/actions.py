"""Writing to the ledger: each verb writes its one row through `record`; the day is signed by `sign_day`."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db import connection, models
from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.predicates import place_of
from yishiting.ground.common.verbs import Running, current, labelled, outermost, verb
from yishiting.ground.ledger.keys import public_hex, signing_key
from yishiting.ground.ledger.models import Checkpoint, Entry, Sealed
from yishiting.ground.ledger.permissions import MAY
from yishiting.methods import merkle
from yishiting.methods.ledger_export import signed_words

#: One writer at a time numbers the rows; the lock is let go at the end of the transaction.
NUMBERING_LOCK = 7_155_401
#: Name, salt and text of each private word.
Private = list[tuple[str, str, str]]


def write_entry(
    subject: models.Model | None, *, rules: str = "", private: Mapping[str, str] | None = None, **facts: Any
) -> Entry:
    """Write the one row of the verb at work.

    `subject` is None where the verb is about no single thing. `facts` are plain values (text, whole numbers, lists, dicts) without personal data. `private` holds words
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


#: What the verbs at work have written and nobody has numbered yet, in order.
_kept: ContextVar[list[tuple[Entry, Private]] | None] = ContextVar("kept", default=None)


def _keep(rows: list[tuple[Entry, Private]]) -> None:
    """Hold rows until the outermost verb ends, so that the lock that numbers them is the last one taken."""
    if _number not in outermost().at_the_end:
        outermost().at_the_end[_number] = None
        _kept.set([])
    kept = _kept.get()
    if kept is not None:
        kept += rows


def _number() -> None:
    rows, first, now = _kept.get() or [], _next_seq(), timezone.now()
    for seq, (entry, _sealed) in enumerate(rows, start=first):
        entry.seq, entry.at = seq, now
        entry.leaf = merkle.leaf_hash(merkle.canonical(entry.event())).hex()
    Entry.objects.bulk_create([entry for entry, _sealed in rows], batch_size=500)
    Sealed.objects.bulk_create(
        Sealed(entry=entry, name=name, salt=salt, text=text) for entry, sealed in rows for name, salt, text in sealed
    )
    _kept.set(None)


def hold_numbering() -> None:
    """Wait until no other transaction is numbering; SQLite has but one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])


def _next_seq() -> int:
    hold_numbering()
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    return 0 if last is None else last + 1


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
        facts={**facts, "private": hashes} if hashes else facts,
    )


@verb("ledger.checkpoint", "每日存证", MAY)
def sign_day(day: date, *, by: Actor) -> Checkpoint:
    """Sign the state of the ledger at the end of a day; a day is signed once."""
    hold_numbering()
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
