"""Bringing in many suggestions from a file: every row accounted for, the same file twice is harmless."""

import base64
import hashlib
from collections.abc import Callable
from functools import partial
from typing import Annotated

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor, Clock
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.background import background
from yishiting.ground.common.locks import hold
from yishiting.ground.common.parameters import FromWithin, Given, OneOf, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entries, write_entry
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.registering import Desk, keep
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.models import Channel, ImportBatch, ImportFile, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.importing import Fresh, Opened, Plan, open_file, plan_rows
from yishiting.year.suggestions.states import State

NAME_MOST = 200
#: So many rows come in at once: while they do, nobody else at the place takes suggestions in.
SLICE = 1000
#: From so many rows on a file changes what the database should know about its tables.
MANY = 1000
FROM_WHERE = OneOf(
    _("这些建议从哪里来"),
    Channel,
    hint=_("文件里有“渠道”一列的，以那一列为准。"),
    initial=lambda _place: Channel.HOTLINE,
    missing=_("请选择这些建议是从哪里来的。"),
)
NOT_SCREENED_YET = (State.RECEIVED, State.MORE_WORK)
CONTENT = Given(_("文件"))


def more_waits(batch: ImportBatch) -> Sentence | None:
    """Only while rows of the file wait."""
    return None if batch.waiting else _("这个文件的行已经全部处理完了。")


def all_in(file: ImportFile) -> Sentence | None:
    """A file is kept as long as rows of it wait."""
    waiting = file.batch.waiting if hasattr(file, "batch") else 0
    return _("这个文件还有 %(n)s 行在后台收入，收完再清空。") % {"n": waiting} if waiting else None


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
    opened = _opened(content)
    file = ImportFile.objects.create(
        place=place,
        channel=channel,
        name=name[-NAME_MOST:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=base64.b64encode(content).decode(),
        handed_in_by=by if isinstance(by, Person) else None,
    )
    write_entry(file, channel=str(channel), sha256=file.sha256, rows=len(opened.lines))
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
    alone: Annotated[bool, FromWithin(_("其余的行由调用的程序接着收"))] = False,
) -> ImportBatch:
    """Bring in a file of suggestions; rows that are there already or cannot be taken are told, never lost.

    The rows of a long file come in slices: the first at once, the rest in the background.
    """
    opened = _opened(content)
    more = len(opened.lines) > SLICE
    if more and file is None:
        file = hand_in_file(place, by=by, channel=channel, name=name, content=content)
    batch = ImportBatch.objects.create(
        place=place,
        channel=channel,
        file_name=name[-NAME_MOST:],
        file_hash=hashlib.sha256(content).hexdigest(),
        rows=len(opened.lines),
        waiting=len(opened.lines),
        file=file,
        imported_by=by if isinstance(by, Person) else None,
    )
    _take_slice(batch, opened)
    if more and not alone:
        transaction.on_commit(partial(bring_in.enqueue, str(batch.pk)), robust=True)
    return batch


@verb(
    "import.go_on", _("接着收入"), MAY, internal="文件很长时由后台接着办理", conditions=(more_waits,), holds=("place",)
)
def go_on_importing(
    batch: ImportBatch, *, by: Actor, opened: Annotated[Opened | None, FromWithin(_("文件"))] = None
) -> ImportBatch:
    """Bring in the next slice of a long file; whoever does it goes on where the last one stopped."""
    _take_slice(batch, opened or opened_again(batch))
    return batch


def bring_in_the_rest(batch: ImportBatch, *, by: Actor, progress: Callable[[int], None] = lambda done: None) -> None:
    """All slices that wait, each in a transaction of its own; `progress` is told how many rows each has had."""
    opened = opened_again(batch) if batch.waiting else None
    while batch.waiting:
        before = batch.waiting
        try:
            batch = go_on_importing(batch, by=by, opened=opened)
        except Refused:
            batch.refresh_from_db()
            if batch.waiting == before:
                raise  # it is not that another process has brought in the last of them meanwhile
        progress(before - batch.waiting)


def opened_again(batch: ImportBatch) -> Opened:
    """The file of a batch, which is kept as long as rows of it wait."""
    if batch.file is None:
        raise Refused(_("这个文件已经不在了，请再交一次：收过的行不会重复。"))
    return _opened(base64.b64decode(batch.file.content))


@background()
def bring_in(batch: str) -> None:
    """Bring in what waits of a long file, while nobody waits for it in front of a page."""
    bring_in_the_rest(ImportBatch.objects.get(pk=batch), by=Clock())


def _take_slice(batch: ImportBatch, opened: Opened) -> None:
    start = batch.rows - batch.waiting
    lines = opened.lines[start : start + SLICE]
    place, today = batch.place, timezone.localdate(batch.created_at)
    plan = plan_rows(place, batch.channel, opened, today, lines)
    desk = Desk.at(place, today)
    fresh = [(_suggestion(desk, batch, row), row) for row in plan.fresh]
    _count(batch, plan)
    keep([one for one, _row in fresh])
    if batch.rows >= MANY and not batch.waiting:
        transaction.on_commit(_count_again, robust=True)
    write_entries(
        batch,
        ((one, {"receipt": later(one, "receipt"), "channel": one.channel}) for one, _row in fresh),
        channel=str(batch.channel),
        sha256=batch.file_hash,
        rows=plan.rows,
        accepted=len(plan.fresh),
        duplicates=plan.duplicates,
        rejected=plan.rejected,
    )


def _count(batch: ImportBatch, plan: Plan) -> None:
    batch.waiting -= plan.rows
    batch.accepted += len(plan.fresh)
    batch.duplicates += plan.duplicates
    batch.rejected += plan.rejected
    batch.errors += [{"row": row.line, "duplicate": row.duplicate, "reason": row.reason} for row in plan.left]
    batch.save(update_fields=["waiting", "accepted", "duplicates", "rejected", "errors"])


def _emptied(file: ImportFile) -> Sentence:
    brought_in = hasattr(file, "batch")
    return _("文件已清空，导入结果还在。") if brought_in else _("文件已清空，里面的建议没有收入。")


@verb(
    "import.empty",
    _("清空上传的文件"),
    MAY,
    done=_emptied,
    by_page="页面两步中的一步，到期由每日命令办理",
    conditions=(all_in,),
)
def empty_file(file: ImportFile, *, by: Actor) -> ImportFile:
    """Take the sealed content of an import file away when it is no longer needed; its fingerprint stays."""
    file.content = ""
    file.save(update_fields=["content"])
    write_entry(file, sha256=file.sha256)
    return file


def _already_worked_on(batch: ImportBatch) -> Sentence | None:
    """What of the batch others have gone on with, by its numbers."""
    if batch.undone_on is not None:
        return _("这一批已经撤销，不用再办。")
    if batch.waiting:
        return _("这一批还在后台收入，收完以后再“撤销这一批导入”。")
    touched = ~Q(state__in=(*NOT_SCREENED_YET, State.STRUCK)) | Q(merged_here__isnull=False)
    rows = list(batch.suggestions.filter(touched).distinct().order_by("receipt"))
    if not rows:
        return None
    named = rows[:3]
    said = "、".join(f"{spoken(one.receipt)}（{one.get_state_display()}）" for one in named)
    return _("这一批里有%(n)s条已经初审、合并或办理：%(rows)s。不能整批撤销，其余的可以逐条“撤销录入”。") % {
        "n": len(rows),
        "rows": said if len(rows) <= len(named) else f"{said}……",
    }


WHY_UNDONE = line(
    _("为什么撤销"),
    most=200,
    hint=_("例如：渠道选错了；是南里社区的文件"),
    missing=_("请写明为什么撤销，会留痕。"),
)


@verb(
    "import.undo",
    _("撤销这一批导入"),
    MAY,
    before=lambda batch: (
        _("收入的%(n)s条建议全部撤销，受理号不再使用。撤销以后可以改正文件，重新导入。") % {"n": batch.accepted}
    ),
    done=_("这一批已经撤销，可以重新导入。"),
    kind="danger",
    conditions=(_already_worked_on,),
)
def undo_import(batch: ImportBatch, *, by: Actor, reason: Annotated[str, WHY_UNDONE]) -> ImportBatch:
    """Take back everything a file brought in, as one, before any of it is worked on; its rows stay on record, struck."""
    rows = list(batch.suggestions.filter(state__in=NOT_SCREENED_YET).order_by("pk"))
    hold(*rows)
    if refusal := _already_worked_on(batch):
        raise Refused(refusal)
    batch.suggestions.filter(pk__in=[one.pk for one in rows]).update(state=State.STRUCK)
    batch.undone_on, batch.undo_reason = timezone.localdate(), reason
    batch.save(update_fields=["undone_on", "undo_reason"])
    write_entries(batch, ((one, {"receipt": one.receipt}) for one in rows), rows=len(rows), sha256=batch.file_hash)
    return batch


def _count_again() -> None:
    """After many new rows the database counts again; else it takes the long way through them when searching."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=400")
        cursor.execute("ANALYZE suggestions_suggestion")


def _opened(content: bytes) -> Opened:
    try:
        return open_file(content)
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
