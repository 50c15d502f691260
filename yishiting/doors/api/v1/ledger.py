"""The ledger for whoever wants to check it."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router, Schema

from yishiting.doors.api.v1.base import chosen, found, page_of
from yishiting.doors.api.v1.shapes import Paged
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.ground.ledger.queries import as_exported, export_rows

router = Router(tags=["留痕 ledger"])


class EntryOut(Schema):
    """One entry of the ledger."""

    seq: int
    at: datetime
    verb: str
    subject_kind: str
    subject_id: str
    place_code: str
    actor_kind: str
    office: str
    rules: str
    facts: dict[str, object]
    leaf: str


@router.get("/entries", response=Paged[EntryOut], summary="留痕记录")
def entries(
    request: HttpRequest, subject_kind: str = "", subject_id: str = "", place: str = "", page: int = 1, size: int = 50
) -> dict[str, object]:
    """Entries, newest first, about one thing or one place."""
    wanted = {"subject_kind": subject_kind, "subject_id": subject_id, "place_code": place}
    return page_of(chosen(Entry.objects.order_by("-seq"), **wanted), page, size)


@router.get("/checkpoint", summary="最近一次每日存证")
def checkpoint(request: HttpRequest) -> dict[str, object]:
    """The latest signed checkpoint: compare it with the one on the notice board."""
    return as_exported(found(Checkpoint.objects.order_by("-day").first()))


@router.get("/export", summary="导出全部记录")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole ledger as JSON lines, up to the latest checkpoint; `yishiting ledger verify` checks it offline."""
    last = Checkpoint.objects.order_by("-size").first()
    answer = StreamingHttpResponse(_lines(last.size if last else None), content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return answer


def _lines(upto: int | None) -> Iterator[str]:
    for row in export_rows(upto):
        yield json.dumps(row, ensure_ascii=False) + "\n"
