"""Objections to notices: followed by receipt, answered by the desk."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import found
from yishiting.doors.api.v1.declared import operations
from yishiting.doors.api.v1.shapes import Body, LineOr, Standing, Words
from yishiting.instruments.publicity.models import Objection

router = Router(tags=["公示 notices"])


class ObjectionIn(Body):
    """What somebody objects to and why, and where the answer should go."""

    text: Words
    contact: LineOr = ""


class ObjectionOut(Standing):
    """An objection as everyone may read it."""

    receipt: str
    notice_id: UUID
    received_on: date
    answer_due: date
    answer: str
    answered_on: date | None


class ObjectionAtDesk(ObjectionOut):
    """An objection with its words, for the desk."""

    text: str
    contact: str


@router.get("/{receipt}", response=ObjectionOut, summary="凭登记号查异议")
def objection(request: HttpRequest, receipt: str) -> Objection:
    """What became of an objection, by the number on its receipt."""
    rows = Objection.objects.select_related("place")
    kept: Objection = found(rows.filter(receipt=receipt).first() if receipt.isalnum() else None)
    return kept


operations(router, Objection, related=("place", "notice__place", "person"))
