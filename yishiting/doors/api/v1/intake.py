"""Suggestions taken in: submitted, taken down, imported, followed, settled; sessions held."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, ModelSchema, Router, Schema, UploadedFile
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, load, needs, operation, place_with
from yishiting.doors.api.v1.declared import ANSWERS, SHAPES, operations
from yishiting.doors.api.v1.shapes import Body, Shape, Thing
from yishiting.ground.common.refused import Refused
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.suggestions.actions import import_suggestions
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.models import Answer, Channel, ImportBatch, SolicitationSession, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.importing import plan_import
from yishiting.year.suggestions.queries.receipts import look_up, slip_token

router = Router(tags=["建议 suggestions"])
sessions_router = Router(tags=["建议 suggestions"])
imports_router = Router(tags=["建议 suggestions"])
DryRun = Annotated[bool, Field(description="true 为试导：只说每一行会怎样，不写入")]


class SuggestionOut(ModelSchema, Shape):
    """A suggestion as lists show it: nobody's name or telephone number."""

    id: UUID

    class Meta:
        model = Suggestion
        fields = ["receipt", "title", "where", "channel", "state", "received_on", "screen_due", "revision"]


class TakenOut(SuggestionOut):
    """A suggestion just taken in, and what its slip's address ends with."""

    token: str

    @staticmethod
    def resolve_token(suggestion: Suggestion) -> str:
        return slip_token(suggestion)


class FollowedAnswerOut(ModelSchema, Shape):
    """What was answered."""

    class Meta:
        model = Answer
        fields = ["kind", "text", "answered_on", "handler", "next_step", "next_on"]


class FollowOut(SuggestionOut):
    """A suggestion as its proposer follows it: the words and the answers."""

    text: str
    answers: list[FollowedAnswerOut]

    @staticmethod
    def resolve_answers(suggestion: Suggestion) -> list[Answer]:
        return list(suggestion.answers.all())


class FollowIn(Body):
    """The number on the receipt and four digits."""

    receipt: Annotated[str, Field(max_length=20)]
    tail: Annotated[str, Field(max_length=200)]


class SessionOut(Schema):
    """A session."""

    id: UUID
    title: str
    channel: str
    held_on: date
    venue: str
    participants: dict[str, int]
    participant_count: int


class BatchOut(Thing):
    """A file that was brought in, and whether it was taken back."""

    file_name: str
    channel: Channel
    rows: int
    accepted: int
    undone_on: date | None


class ImportOut(Schema):
    """What became of a file: rows = accepted + duplicates + rejected + those that wait for their slice."""

    id: UUID | None = None
    rows: int
    accepted: int
    duplicates: int
    rejected: int
    waiting: int = 0
    reasons: list[dict[str, object]]
    remarks: list[dict[str, object]] = []
    dry_run: bool
    created_at: datetime | None = None


@operation(router, "/at/{code}/imports", "suggestion.import", ImportOut)
def bring_in(
    request: HttpRequest,
    code: str,
    file: File[UploadedFile],
    channel: Form[Channel] = Channel.HOTLINE,
    dry_run: Form[DryRun] = False,
) -> dict[str, object]:
    place, content = place_with(code), file.read()
    if not dry_run:
        return _told(
            import_suggestions(place, by=actor_of(request), channel=channel, name=file.name or "", content=content)
        )
    needs(request, MAY["suggestion.import"], place)
    try:
        plan = plan_import(place, channel, content, timezone.localdate())
    except Unreadable as problem:
        raise Refused(str(problem), field="file") from problem
    reasons = [{"row": row.line, "duplicate": row.duplicate, "reason": row.reason} for row in plan.left]
    counts = {"accepted": len(plan.fresh), "duplicates": plan.duplicates, "rejected": plan.rejected}
    remarks = [{"row": one.line, "says": one.says} for one in plan.remarks]
    return {"rows": plan.rows, **counts, "reasons": reasons, "remarks": remarks, "dry_run": True}


@router.get("/imports/{pk}", response=ImportOut, summary="一次批量导入的结果")
def imported(request: HttpRequest, pk: UUID) -> dict[str, object]:
    """What became of a file so far, for those who work with the suggestions of its place."""
    batch = load(ImportBatch, pk, "place")
    needs(request, reads_here, batch)
    return _told(batch)


@router.post("/follow", response=FollowOut, summary="凭受理号查进展")
def follow(request: HttpRequest, asked: FollowIn) -> Suggestion:
    """A suggestion by its number and the last four digits of the telephone number, or the code on the slip."""
    return look_up(asked.receipt, asked.tail, by=actor_of(request))


def _told(batch: ImportBatch) -> dict[str, object]:
    counts = {name: getattr(batch, name) for name in ("id", "rows", "accepted", "duplicates", "rejected", "waiting")}
    return {**counts, "reasons": batch.errors, "dry_run": False, "created_at": batch.created_at}


ANSWERS["suggestion.submit"] = ANSWERS["suggestion.take_down"] = TakenOut
SHAPES[SolicitationSession] = SessionOut
SHAPES[ImportBatch] = BatchOut
operations(imports_router, ImportBatch, related=("place",))
operations(sessions_router, SolicitationSession, related=("place",))
