"""Notices on the board, posted and closed by the desk, objected to by anyone."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import ModelSchema, Router
from pydantic import Field

from yishiting.doors.api.v1.base import (
    actor_of,
    allows,
    chosen,
    found,
    load,
    needs,
    operation,
    page_of,
    place_with,
    under,
)
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.objections import ObjectionAtDesk, ObjectionIn, ObjectionOut
from yishiting.doors.api.v1.shapes import Body, Code, Line, LineOr, Paged, Standing, Words
from yishiting.ground.organisations.permissions import at_desk
from yishiting.instruments.publicity.actions import post_notice, raise_objection
from yishiting.instruments.publicity.models import NoticeKind, Objection, PublicNotice
from yishiting.instruments.publicity.states import State

router = Router(tags=["公示 notices"])


class NoticeOut(ModelSchema, Standing):
    """A notice as it hangs on the board."""

    kind: NoticeKind
    table: dict[str, Any]

    class Meta:
        model = PublicNotice
        fields = [
            "number", "title", "body", "basis", "subject_kind", "subject_id", "posted_on", "last_day", "workdays",
            "takes_objections", "issuer", "contact", "rules_label", "closed_on", "outcome",
        ]  # fmt: skip


class NoticeIn(Body):
    """An announcement of the desk's own; the other kinds are posted by the verbs of the year."""

    place: Code
    kind: Literal["announcement", "solicitation"] = "announcement"
    title: Line
    body: Annotated[str, Field(min_length=1, max_length=20_000)]
    basis: Words = ""
    contact: LineOr = ""
    posted_on: date | None = None
    workdays: Annotated[int, Field(ge=1, le=250)] | None = None
    takes_objections: bool = False


@router.get("/", response=Paged[NoticeOut], summary="公示公告")
def notices(
    request: HttpRequest,
    place: str = "",
    kind: NoticeKind | None = None,
    state: State | None = None,
    page: int = 1,
    size: int = 50,
) -> dict[str, Any]:
    """What is on the board of a place and of the places below it, newest first."""
    rows = PublicNotice.objects.on_the_board(timezone.localdate()).select_related("place")
    return page_of(chosen(under(rows, place), kind=kind, state=state), page, size)


@router.get("/{uuid:pk}", response=NoticeOut, summary="一份公示")
def notice(request: HttpRequest, pk: UUID) -> PublicNotice:
    """One notice; before its first day only for the desk."""
    return _on_the_board(request, pk)


@router.get("/{uuid:pk}/objections", response=list[ObjectionOut], summary="异议和处理结果")
def objections(request: HttpRequest, pk: UUID) -> list[Objection]:
    """The objections to a notice: numbers and answers, never who objects or what they wrote."""
    return list(_on_the_board(request, pk).objections.select_related("place"))


@router.get("/{uuid:pk}/objections/desk", response=list[ObjectionAtDesk], summary="异议全文")
def objections_at_desk(request: HttpRequest, pk: UUID) -> list[Objection]:
    """The objections with their words, for the desk that answers them."""
    notice = load(PublicNotice, pk, "place")
    needs(request, at_desk, notice)
    return list(notice.objections.select_related("place"))


@operation(router, "/", "notice.post", {201: NoticeOut})
def post(request: HttpRequest, said: NoticeIn) -> PublicNotice:
    given = said.model_dump(exclude={"place", "kind"})
    return post_notice(place_with(said.place), by=actor_of(request), kind=NoticeKind(said.kind), **given)


@operation(router, "/{uuid:pk}/objections", "objection.raise", {201: ObjectionOut})
def object_to(request: HttpRequest, pk: UUID, said: ObjectionIn) -> Objection:
    return raise_objection(_on_the_board(request, pk), by=actor_of(request), **said.model_dump())


def _on_the_board(request: HttpRequest, pk: UUID) -> PublicNotice:
    kept = load(PublicNotice, pk, "place")
    hangs = kept.posted_on <= timezone.localdate() or allows(request, at_desk, kept)
    notice: PublicNotice = found(kept if hangs else None)
    return notice


SHAPES[PublicNotice] = NoticeOut
SHAPES[Objection] = ObjectionOut
operations(router, PublicNotice, related=("place",), done=("objection.raise",))
