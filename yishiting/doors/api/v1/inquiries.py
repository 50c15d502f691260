"""Questions of policy and procedure, and the answers kept with the rules."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Standing
from yishiting.year.inquiries.models import Exchange, Inquiry, Part
from yishiting.year.inquiries.permissions import reads_inquiry
from yishiting.year.inquiries.queries import RELATED, Answered

router = Router(tags=["政策程序问题 inquiries"])


class ExchangeOut(Schema):
    """One thing said in an inquiry."""

    part: Part
    text: str
    said_on: date


class InquiryOut(ModelSchema, Standing):
    """An inquiry with everything said in it, oldest first."""

    asked_at: str
    dossier: str
    exchanges: list[ExchangeOut]

    class Meta:
        model = Inquiry
        fields = ["rule", "title", "asked_on", "due", "answered_on", "public"]

    @staticmethod
    def resolve_asked_at(inquiry: Inquiry) -> str:
        """The code of the place whose office was asked."""
        return inquiry.asked_at.code

    @staticmethod
    def resolve_dossier(inquiry: Inquiry) -> str:
        """The number of the file it is about; empty where it is about a rule."""
        return inquiry.dossier.number if inquiry.dossier is not None else ""

    @staticmethod
    def resolve_exchanges(inquiry: Inquiry) -> list[Exchange]:
        """What was said, oldest first."""
        return list(inquiry.exchanges.all())


class RuleAnswerOut(Schema):
    """A question about a rule, with the public answers."""

    title: str
    asked_by: str
    answered_by: str
    answered_on: date
    said: list[ExchangeOut]

    @staticmethod
    def resolve_title(one: Answered) -> str:
        """The question in one line."""
        return one.inquiry.title

    @staticmethod
    def resolve_asked_by(one: Answered) -> str:
        """The place that asked."""
        return one.inquiry.place.name

    @staticmethod
    def resolve_answered_by(one: Answered) -> str:
        """The place whose office answered."""
        return one.inquiry.asked_at.name

    @staticmethod
    def resolve_answered_on(one: Answered) -> date | None:
        """The day of the latest answer."""
        return one.inquiry.answered_on


@router.get("/{uuid:pk}", response=InquiryOut, summary="一个政策程序问题")
def inquiry(request: HttpRequest, pk: UUID) -> Inquiry:
    """One inquiry with everything said in it, for the office, the desk that asked and whoever asked."""
    kept = load(Inquiry, pk, *RELATED)
    needs(request, reads_inquiry, kept)
    return kept


SHAPES[Inquiry] = InquiryOut
operations(router, Inquiry, related=RELATED)
