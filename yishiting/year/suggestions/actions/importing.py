"""Bringing in many suggestions from a file: every row accounted for, the same file twice is harmless."""

import base64
import hashlib
from collections.abc import Callable
from typing import Annotated

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import FromWithin, Given, OneOf
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entries, write_entry
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions.registering import Desk, keep
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.models import Channel, ImportBatch, ImportFile, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.importing import Fresh, Plan, plan_import

NAME_MOST = 200
#: From so many rows on a file changes what the database should know about its tables.
MANY = 1000
FROM_WHERE = OneOf(
    _("这些建议从哪里来"),
    Channel,
    hint=_("文件里有“渠道”一列的，以那一列为准。"),
    initial=lambda _place: Channel.HOTLINE,
    missing=_("请选择这些建议是从哪里来的。"),
)
CONTENT = Given(_("文件"))


@verb("import.hand_in", _("交来导入文件"), MAY, by_page="页面先检查再收入，分两步；程序连同文件一次导入")
def hand_in_file(
    place: Place,
    *,
    by: Actor,
    channel: Annotated[str, FROM_WHERE],
    name: Annotated[str, Given(_("文件名"))],
    content: Annotated[bytes, CONTENT],
) -> ImportFile:
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


@verb("suggestion.import", _("批量导入建议"), MAY, holds=("place",))  # two at one place go one after the other
def import_suggestions(
    place: Place,
    *,
    by: Actor,
    channel: Annotated[str, FROM_WHERE],
    name: Annotated[str, Given(_("文件名"))],
    content: Annotated[bytes, CONTENT],
    file: Annotated[ImportFile | None, FromWithin(_("交来的文件"))] = None,
    progress: Annotated[Callable[[int], None], FromWithin(_("进度"))] = lambda done: None,
) -> ImportBatch:
    """Bring in a file of suggestions; rows that are there already or cannot be taken are told, never lost."""
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
    desk = Desk.at(place, timezone.localdate())
    fresh = [(_suggestion(desk, batch, row), row) for row in plan.fresh]
    keep([one for one, _row in fresh], lambda: progress(len(fresh)))
    if len(fresh) >= MANY:
        transaction.on_commit(_count_again, robust=True)
    write_entries(
        batch,
        ((one, {"receipt": later(one, "receipt"), "channel": one.channel}) for one, _row in fresh),
        channel=str(channel),
        sha256=batch.file_hash,
        rows=batch.rows,
        accepted=batch.accepted,
        duplicates=batch.duplicates,
        rejected=batch.rejected,
    )
    return batch


@verb(
    "import.empty",
    _("清空上传的文件"),
    MAY,
    done=_("文件已清空，导入结果还在。"),
    by_page="页面两步中的一步，到期由每日命令办理",
)
def empty_file(file: ImportFile, *, by: Actor) -> ImportFile:
    """Take the sealed content of an import file away when it is no longer needed; its fingerprint stays."""
    file.content = ""
    file.save(update_fields=["content"])
    write_entry(file, sha256=file.sha256)
    return file


def _count_again() -> None:
    """After many new rows the database counts again; else it takes the long way through them when searching."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=400")
        cursor.execute("ANALYZE suggestions_suggestion")


def _planned(place: Place, channel: str, content: bytes) -> Plan:
    try:
        return plan_import(place, channel, content, timezone.localdate())
    except Unreadable as problem:
        raise Refused(str(problem), field="file") from problem


def _suggestion(desk: Desk, batch: ImportBatch, row: Fresh) -> Suggestion:
    return desk.suggestion(
        row.words,
        row.speaker,
        channel=row.channel,
        batch=batch,
        outside_number=row.taken.number,
        original=dict(row.taken.original),
        wants_contact=row.taken.wants_contact,
    )
