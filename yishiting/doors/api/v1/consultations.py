"""Opinion consultations: asked, answered statement by statement, moderated, closed, published."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import (
    actor_of,
    allows,
    chosen,
    found,
    load,
    page_of,
    person_of,
    under,
)
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.idempotency import untraced
from yishiting.doors.api.v1.shapes import Body, Paged, Standing, Thing
from yishiting.ground.organisations.permissions import at_desk
from yishiting.year.consultations import actions
from yishiting.year.consultations.keys import participant_key
from yishiting.year.consultations.models import Consultation, Statement
from yishiting.year.consultations.queries import stand_of, table_text
from yishiting.year.consultations.states import SEEN_BY_ALL, State, StatementState

router = Router(tags=["征求意见 consultations"])
statements_router = Router(tags=["征求意见 consultations"])
RELATED = ("place",)
Token = Annotated[
    str, Field(max_length=200, description="访客自己的凭证，至少16个字符，同一个人一直用同一个；登录的不用")
]


class ConsultationOut(ModelSchema, Standing):
    """A consultation, and once it is closed how many took part."""

    totals: dict[str, int]

    class Meta:
        model = Consultation
        fields = [
            "title", "question", "opens", "closes", "subject_kind", "subject_id", "table_hash", "published_on",
            "void_reason",
        ]  # fmt: skip


class ConsultationResult(ConsultationOut):
    """What it came to: the counts of every statement, the opinion map or why there is none."""

    result: dict[str, Any]


class StatementOut(Thing):
    """A statement everybody may answer; whose it is nobody is told."""

    number: int
    text: str
    state: str


class StatementForDesk(StatementOut):
    """A statement and why it was set aside; no counts, lest the desk writes more of what is liked."""

    reason: str


class OwnStandOut(Schema):
    """How far one has come: how many there are, one's own answers by number, and the next to answer."""

    shown: int
    answered: dict[int, int]
    next: StatementOut | None


class OpinionIn(Body):
    """1 agree, -1 disagree, 0 cannot say; a visitor adds a secret of their own, so that a change is noticed."""

    number: Annotated[int, Field(ge=1, le=100_000)]
    choice: Literal[1, 0, -1]
    token: Token = ""


@router.get("/", response=Paged[ConsultationOut], summary="意见征求")
def consultations(
    request: HttpRequest, place: str = "", state: State | None = None, page: int = 1, size: int = 50
) -> dict[str, Any]:
    """What people are or were asked at a place and below it, newest first."""
    rows = Consultation.objects.filter(state__in=SEEN_BY_ALL).select_related("place")
    return page_of(chosen(under(rows, place), state=state), page, size)


@router.get("/{uuid:pk}", response=ConsultationResult, summary="一次意见征求")
def consultation(request: HttpRequest, pk: UUID) -> Consultation:
    """One consultation, and its result once it is published; a draft only for the desk."""
    kept = load(Consultation, pk, *RELATED)
    shown: Consultation = found(kept if _may_read(request, kept) else None)
    return shown


@router.get("/{uuid:pk}/statements", response=list[StatementOut], summary="看法")
def statements(request: HttpRequest, pk: UUID) -> list[Statement]:
    """The statements shown to everybody, in order."""
    rows = _public(pk).statements.filter(state=StatementState.SHOWN)
    return list(rows.select_related("place").order_by("number"))


@router.get("/{uuid:pk}/votes", summary="表态表", response=dict[str, str])
def votes(request: HttpRequest, pk: UUID) -> dict[str, str]:
    """The table of answers with shuffled numbers as CSV text, and its SHA-256; once published."""
    consultation = _public(pk)
    if consultation.state != State.PUBLISHED:
        found(None)
    return {"csv": table_text(consultation), "sha256": consultation.table_hash}


@router.get("/{uuid:pk}/mine", response=OwnStandOut, summary="我的表态")
def mine(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """One's own answers while the consultation is open, and what to answer next."""
    consultation = _public(pk)
    return _stand(consultation, participant_key(consultation, person_of(request)))


@router.post("/{uuid:pk}/answers", response=OwnStandOut, summary="表态", operation_id="answer_statement")
@untraced
def answer(request: HttpRequest, pk: UUID, said: OpinionIn) -> dict[str, Any]:
    """Answer one statement; the last answer counts. No verb and no ledger row: docs/decisions/0006."""
    consultation, actor = _public(pk), actor_of(request)
    statement = found(consultation.statements.filter(number=said.number).first())
    actions.answer_statement(statement, by=actor, choice=said.choice, token=said.token)
    return _stand(consultation, participant_key(consultation, actor, said.token))


def _stand(consultation: Consultation, key: str) -> dict[str, Any]:
    stand = stand_of(consultation, key)
    following = consultation.statements.filter(number=stand.next or 0).select_related("place").first()
    return {"shown": stand.shown, "answered": stand.answered, "next": following}


def _may_read(request: HttpRequest, kept: Consultation) -> bool:
    return kept.state in SEEN_BY_ALL or (kept.state == State.DRAFT and allows(request, at_desk, kept))


def _public(pk: UUID) -> Consultation:
    consultation = load(Consultation, pk, *RELATED)
    kept: Consultation = found(consultation if consultation.state in SEEN_BY_ALL else None)
    return kept


SHAPES[Consultation] = ConsultationResult
SHAPES[Statement] = StatementForDesk
operations(router, Consultation, related=RELATED)
operations(statements_router, Statement, related=("place", "author", "consultation"))
