"""Bringing in many suggestions from a file: every row accounted for, the same file twice is harmless."""

import base64
import hashlib
from collections.abc import Callable

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entries, write_entry
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions.registering import AT_ONCE, Desk, keep, numbers
from yishiting.year.suggestions.models import Channel, ImportBatch, ImportFile, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.importing import Fresh, Plan, plan_import
from yishiting.year.suggestions.sheets import Unreadable

NAME_MOST = 200
#: From so many rows on a file changes what the database should know about its tables.
MANY = 1000


@verb("import.hand_in", "交来导入文件", MAY)
def hand_in_file(place: Place, *, by: Actor, channel: str, name: str, content: bytes) -> ImportFile:
    """Hand in a file of suggestions to be looked through before it is brought in; it is kept sealed."""
    plan = _planned(place, channel, content)
    file = ImportFile.objects.create(
        place=place,
        channel=channel,
        name=name[-NAME_MOST:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=base64.b64encode(content).decode(),
        handed_in_by=by if isinstance(by, Person) else None,
    )
    write_entry(file, channel=str(channel), sha256=file.sha256, rows=plan.rows)
    return file


@verb("suggestion.import", "批量导入建议", MAY)
def import_suggestions(
    place: Place,
    *,
    by: Actor,
    channel: str,
    name: str,
    content: bytes,
    file: ImportFile | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> ImportBatch:
    """Bring in a file of suggestions; rows that are there already or cannot be taken are told, never lost."""
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)  # two imports at one place go one after the other
    plan = _planned(place, channel, content)
    batch = ImportBatch.objects.create(
        place=place,
        channel=channel,
        file_name=name[-NAME_MOST:],
        file_hash=hashlib.sha256(content).hexdigest(),
        rows=plan.rows,
        accepted=len(plan.fresh),
        duplicates=plan.duplicates,
        rejected=plan.rejected,
        errors=[{"row": row.line, "duplicate": row.duplicate, "reason": row.reason} for row in plan.left],
        file=file,
        imported_by=by if isinstance(by, Person) else None,
    )
    kept = _keep_all(batch, plan.fresh, progress)
    _tell_the_planner(batch.accepted)
    write_entries(
        batch,
        ((one, {"receipt": one.receipt, "channel": one.channel, "words": row.words.hash}) for one, row in kept),
        channel=str(channel),
        sha256=batch.file_hash,
        rows=batch.rows,
        accepted=batch.accepted,
        duplicates=batch.duplicates,
        rejected=batch.rejected,
    )
    return batch


@verb("import.empty", "清空导入文件", MAY)
def empty_file(file: ImportFile, *, by: Actor) -> ImportFile:
    """Take the sealed content of an import file away when it is no longer needed; its fingerprint stays."""
    file.content = ""
    file.save(update_fields=["content"])
    write_entry(file, sha256=file.sha256)
    return file


def _tell_the_planner(fresh: int) -> None:
    """After many new rows the database counts again; else it takes the long way through them when searching."""
    if fresh < MANY:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=400")
        cursor.execute("ANALYZE suggestions_suggestion")


def _planned(place: Place, channel: str, content: bytes) -> Plan:
    if channel not in Channel.values:
        raise Refused(_("请选择这些建议是从哪里来的。"), field="channel")
    try:
        return plan_import(place, channel, content, timezone.localdate())
    except Unreadable as problem:
        raise Refused(str(problem), field="file") from problem


def _keep_all(batch: ImportBatch, rows: list[Fresh], progress: Callable[[int], None]) -> list[tuple[Suggestion, Fresh]]:
    today = timezone.localdate()
    desk = Desk.at(batch.place, today)
    receipts = numbers(batch.place, today.year, len(rows))
    kept = [(_suggestion(desk, batch, receipt, row), row) for receipt, row in zip(receipts, rows, strict=True)]
    for at in range(0, len(kept), AT_ONCE):
        some = [suggestion for suggestion, _row in kept[at : at + AT_ONCE]]
        keep(some)
        progress(len(some))
    return kept


def _suggestion(desk: Desk, batch: ImportBatch, receipt: str, row: Fresh) -> Suggestion:
    return desk.suggestion(
        receipt,
        row.words,
        row.speaker,
        channel=row.channel,
        batch=batch,
        outside_number=row.taken.number,
        original=dict(row.taken.original),
        wants_contact=row.taken.wants_contact,
    )
