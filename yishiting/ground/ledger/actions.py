"""Writing to the ledger: each verb writes its one row through `record`; the day is signed by `sign_day`."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection, models
from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.asking import place_of
from yishiting.ground.common.verbs import Running, current, labelled, verb
from yishiting.ground.ledger.keys import public_hex, signing_key
from yishiting.ground.ledger.models import Checkpoint, Entry, Sealed
from yishiting.ground.ledger.permissions import MAY
from yishiting.methods import merkle
from yishiting.methods.ledger_export import signed_words

#: One writer at a time numbers the rows; the lock is let go at the end of the transaction.
NUMBERING_LOCK = 7_155_401


def record(
    subject: models.Model | None, *, rules: str = "", private: Mapping[str, str] | None = None, **facts: Any
) -> Entry:
    """Write the one row of the verb at work.

    `subject` is None where the verb is about no single thing. `facts` are plain values (text, whole numbers, lists, dicts) without personal data. `private` holds words
    that may name people: they are kept apart and only their salted hash is part of the event.
    """
    running = current()
    running.rows += 1
    entry = _entry(_next_seq(), running, subject, rules, facts, sealed := _seal(private or {}))
    entry.save(force_insert=True)
    Sealed.objects.bulk_create([Sealed(entry=entry, name=n, salt=s, text=t) for n, s, t in sealed])
    return entry


def record_batch(whole: models.Model, parts: Iterable[tuple[models.Model, dict[str, Any]]], **facts: Any) -> Entry:
    """Write the row of a verb that takes in many things at once, and one row for each of them, in order."""
    running, first = current(), _next_seq()
    running.rows += 1
    entries = [_entry(first, running, whole, "", facts, [])]
    entries += [_entry(first + n, running, part, "", own, []) for n, (part, own) in enumerate(parts, start=1)]
    Entry.objects.bulk_create(entries, batch_size=500)
    return entries[0]


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
    seq: int,
    running: Running,
    subject: models.Model | None,
    rules: str,
    facts: dict[str, Any],
    sealed: list[tuple[str, str, str]],
) -> Entry:
    place = place_of(subject)
    hashes = {name: hashlib.sha256((salt + text).encode()).hexdigest() for name, salt, text in sealed}
    entry = Entry(
        seq=seq,
        at=timezone.now(),
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
    entry.leaf = merkle.leaf_hash(merkle.canonical(entry.event())).hex()
    return entry


@verb("ledger.checkpoint", "每日存证", MAY)
def sign_day(day: date, *, by: Actor) -> Checkpoint:
    """Sign the state of the ledger at the end of a day; a day is signed once."""
    hold_numbering()
    point = Checkpoint.objects.filter(day=day).first() or _signed(day, _grown_frontier())
    record(point, day=day.isoformat(), size=point.size, root=point.root)
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
