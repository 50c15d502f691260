"""Reading the ledger: the history of a thing, what of it is public, the export anyone may verify."""

import functools
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from yishiting.ground.common.changes import binding_of
from yishiting.ground.common.verbs import labelled
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.methods.ledger_export import HEAD


@functools.cache
def withheld_kinds() -> frozenset[str]:
    """The kinds of things that are one person's own: of entries about them only the fingerprint is published."""
    return frozenset(labelled(model) for model in apps.get_models() if not binding_of(model).public)


def is_public(entry: Entry) -> bool:
    """Whether everybody may read the entry, and not only its fingerprint."""
    return entry.subject_kind not in withheld_kinds()


def public_entries() -> QuerySet[Entry]:
    """The entries everybody may read, the newest first."""
    return Entry.objects.exclude(subject_kind__in=withheld_kinds()).order_by("-seq")


def history_of(things: Iterable[models.Model]) -> QuerySet[Entry]:
    """Every entry about these things, oldest first."""
    return history_of_keys((labelled(thing), str(thing.pk)) for thing in things)


def history_of_keys(keys: Iterable[tuple[str, str]]) -> QuerySet[Entry]:
    """Every entry about things of which only kind and key are at hand, oldest first."""
    kinds: dict[str, list[str]] = {}
    for kind, key in keys:
        kinds.setdefault(kind, []).append(key)
    wanted = models.Q(pk__in=[])
    for kind, some in kinds.items():
        wanted |= models.Q(subject_kind=kind, subject_id__in=some)
    return Entry.objects.filter(wanted).order_by("seq")


def entries_matching(
    *, place_code: str = "", actor_id: str = "", verb: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Entry]:
    """Entries about a place and everything below it, by an actor, of a verb, from day to day; the newest first."""
    rows = Entry.objects.filter(place_code__startswith=place_code) if place_code else Entry.objects.all()
    rows = rows.filter(actor_id=actor_id) if actor_id else rows
    rows = rows.filter(verb=verb) if verb else rows
    rows = rows.filter(at__gte=_midnight(since)) if since else rows
    return (rows.filter(at__lt=_midnight(until + timedelta(days=1))) if until else rows).order_by("-seq")


def _midnight(day: date) -> datetime:
    """The beginning of a day, so that the index on the time is used."""
    return timezone.make_aware(datetime.combine(day, time.min))


def newest_checkpoint() -> Checkpoint | None:
    """The latest signed state."""
    return Checkpoint.objects.order_by("-size").first()


def export_rows(upto: int | None = None) -> Iterator[dict[str, Any]]:
    """The lines of the export: head, entries in order, checkpoints; streamed, whatever the size.

    `upto`: so many entries, and the checkpoints that cover no more.
    """
    yield dict(HEAD)
    entries = Entry.objects.order_by("seq")
    for entry in (entries if upto is None else entries.filter(seq__lte=upto)).iterator(chunk_size=2000):
        yield as_published(entry)
    for point in Checkpoint.objects.order_by("day"):
        if upto is None or point.size <= upto:
            yield {"checkpoint": as_exported(point)}


def as_published(entry: Entry) -> dict[str, Any]:
    """An entry as everybody may have it: whole, or number and fingerprint alone."""
    if is_public(entry):
        return {"event": entry.event(), "leaf": entry.leaf}
    return {"withheld": entry.seq, "leaf": entry.leaf}


def as_exported(point: Checkpoint) -> dict[str, Any]:
    """A checkpoint as the export and the notice board show it."""
    return {
        "day": point.day.isoformat(),
        "size": point.size,
        "root": point.root,
        "public_key": point.public_key,
        "signature": point.signature,
    }
