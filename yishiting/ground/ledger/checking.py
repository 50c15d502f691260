"""Comparing the database with its ledger: entries, sealed words, and every row against the last entry about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

from yishiting.ground.common.changes import binding_of, bound_fields, plain, what_is_said
from yishiting.ground.common.verbs import labelled
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.ground.ledger.sealing import pseudonym, record_hash, word_hash
from yishiting.methods.merkle_audit import BadEntry, first_bad_entry
from yishiting.methods.merkle_audit import Checkpoint as Head
from yishiting.methods.merkle_audit import Entry as Row

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Bound:
    """The last entry that holds a row, and what it holds of it."""

    seq: int
    salt: str
    hash: str


@dataclass(slots=True)
class Findings:
    """What does not agree, in sentences; how much was compared, and how many rows no entry knows."""

    entries: int = 0
    words: int = 0
    records: int = 0
    signed: int = 0
    unknown: int = 0
    faults: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "sound": not self.faults,
            "entries": self.entries,
            "words": self.words,
            "records": self.records,
            "signed": self.signed,
            "rows_without_entry": self.unknown,
            "faults": self.faults,
        }


def compare() -> Findings:
    """Everything that was changed behind the ledger's back, each named with the entry it contradicts."""
    with _at_one_moment():
        return _compared()


@contextmanager
def _at_one_moment() -> Iterator[None]:
    """The database as it is now, whatever is written meanwhile; nobody waits for it."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ" if connection.vendor == "postgresql" else "BEGIN DEFERRED"
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _compared() -> Findings:
    findings, last = Findings(), dict[str, Bound]()
    findings.signed = max(Checkpoint.objects.values_list("size", flat=True), default=0)
    if bad := _chain():
        findings.faults.append(bad.sentence)
    for entry in Entry.objects.order_by("seq").prefetch_related("sealed").iterator(chunk_size=AT_ONCE):
        findings.entries += 1
        findings.faults += _who_and_words(entry, findings)
        last.update({name: Bound(entry.seq, entry.salt, held) for name, held in entry.records.items()})
    for model in apps.get_models():
        if binding_of(model).bound and not model._meta.proxy:
            _rows(model, last, findings)
    findings.faults += [_gone(name, bound) for name, bound in last.items() if bound.hash]
    return findings


def _chain() -> BadEntry | None:
    points = [Head(one.size, bytes.fromhex(one.root), one.day.isoformat()) for one in Checkpoint.objects.all()]
    entries = Entry.objects.order_by("seq").iterator(chunk_size=AT_ONCE)
    return first_bad_entry((Row(one.seq - 1, bytes.fromhex(one.leaf), one.event()) for one in entries), points)


def _who_and_words(entry: Entry, findings: Findings) -> Iterator[str]:
    """What stands beside the event: the account, and the private words."""
    if pseudonym(entry.actor_kind, entry.actor_id, entry.salt) != entry.pseudonym:
        yield f"第{entry.seq}号记录：经办账号与登记时不同，被改动过。"
    held = dict(entry.facts.get("private", {}))
    for word in entry.sealed.all():
        findings.words += 1
        if held.pop(word.name, "") != word_hash(word.text, word.salt):
            yield f"第{entry.seq}号记录：封存的原文（{word.name}）与登记时不同，被改动过。"
    for name in held:
        yield f"第{entry.seq}号记录：封存的原文（{name}）不见了。"


def _rows(model: type[models.Model], last: dict[str, Bound], findings: Findings) -> None:
    kind, fields = labelled(model), bound_fields(model)
    for row in model._base_manager.iterator(chunk_size=AT_ONCE):
        name = f"{kind}:{row.pk}"
        bound = last.pop(name, None)
        if bound is None or not bound.hash:
            findings.unknown += 1
            continue
        findings.records += 1
        if record_hash(name, what_is_said(model, plain(row, fields)), bound.salt) != bound.hash:
            called = f"{model._meta.verbose_name}“{row}”" if binding_of(model).public else model._meta.verbose_name
            findings.faults.append(f"{called}（{name}）：与第{bound.seq}号记录登记的内容不同，在记录之外被改动过。")


def _gone(name: str, bound: Bound) -> str:
    return f"{name}：第{bound.seq}号记录登记过，现在不见了，在记录之外被删除。"
