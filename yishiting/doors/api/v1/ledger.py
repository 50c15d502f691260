"""The ledger for whoever wants to check it."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router, Schema

from yishiting.doors.api.v1.base import chosen, found, page_of
from yishiting.doors.api.v1.shapes import Paged
from yishiting.doors.common.entries import in_words
from yishiting.ground.ledger.queries import as_exported, export_rows, newest_checkpoint, public_entries

router = Router(tags=["留痕 ledger"])


class NotedOut(Schema):
    """One thing an entry noted."""

    label: str
    value: str


class EntryOut(Schema):
    """One entry of the ledger in words; the event as it is hashed stands in the export."""

    number: int
    at: datetime
    verb: str
    sentence: str
    noted: list[NotedOut]
    subject_kind: str
    subject_id: str
    place: str
    office: str
    rules: str
    page: str
    leaf: str


@router.get("/entries", response=Paged[EntryOut], summary="留痕记录")
def entries(
    request: HttpRequest, subject_kind: str = "", subject_id: str = "", place: str = "", page: int = 1, size: int = 50
) -> dict[str, object]:
    """Entries, newest first, about one thing or one place; not those of a person's own account."""
    wanted = {"subject_kind": subject_kind, "subject_id": subject_id, "place_code": place}
    answer = page_of(chosen(public_entries(), **wanted), page, size)
    return {**answer, "items": _out(answer["items"])}


def _out(entries: Any) -> list[dict[str, object]]:
    return [
        {
            "number": one.entry.seq,
            "at": one.entry.at,
            "verb": one.entry.verb,
            "sentence": one.sentence,
            "noted": [{"label": label, "value": value} for label, value in one.facts],
            "subject_kind": one.entry.subject_kind,
            "subject_id": one.entry.subject_id,
            "place": one.entry.place_code,
            "office": one.entry.office,
            "rules": one.entry.rules,
            "page": one.page,
            "leaf": one.entry.leaf,
        }
        for one in in_words(entries)
    ]


@router.get("/checkpoint", summary="最近一次每日存证")
def checkpoint(request: HttpRequest) -> dict[str, object]:
    """The latest signed checkpoint: compare it with the one on the notice board."""
    return as_exported(found(newest_checkpoint()))


@router.get("/export", summary="导出全部记录")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole ledger as JSON lines, up to the latest checkpoint; `yishiting ledger verify` checks it offline."""
    last = newest_checkpoint()
    answer = StreamingHttpResponse(_lines(last.size if last else None), content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return answer


def _lines(upto: int | None) -> Iterator[str]:
    for row in export_rows(upto):
        yield json.dumps(row, ensure_ascii=False) + "\n"
