"""Agreements a place keeps to, and reports that one was broken."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from yishiting.doors.api.v1.base import load, page_of, place_with
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Standing
from yishiting.year.agreements.models import Agreement, AgreementReview, Breach, ReviewOutcome
from yishiting.year.agreements.queries import RELATED, agreements_of

router = Router(tags=["公约 agreements"])
breaches_router = Router(tags=["公约 agreements"])


class AgreementReviewOut(Schema):
    """One look back, and the text that held until then."""

    outcome: ReviewOutcome
    reason: str
    text_before: str
    reviewed_on: date


class AgreementOut(Standing):
    """An agreement as everybody may read it."""

    proposal_id: UUID
    title: str
    text: str
    kept_by: str
    looked_after_by: str
    in_force_from: date
    review_due: date
    ended_on: date | None
    reviews: list[AgreementReviewOut]

    @staticmethod
    def resolve_reviews(agreement: Agreement) -> list[AgreementReview]:
        """Oldest first."""
        return list(agreement.reviews.all())


class BreachOut(Standing):
    """What was reported, for whoever did and the desk."""

    agreement_id: UUID
    text: str
    reported_on: date
    answer: str
    answered_on: date | None


@router.get("/", response=Paged[AgreementOut], summary="公约")
def agreements(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """The agreements of a place, those in force first."""
    return page_of(agreements_of(place_with(place)).prefetch_related("reviews"), page, size)


@router.get("/{uuid:pk}", response=AgreementOut, summary="一个公约")
def agreement(request: HttpRequest, pk: UUID) -> Agreement:
    """One agreement with its reviews."""
    return load(Agreement, pk, *RELATED)


SHAPES[Agreement], SHAPES[Breach] = AgreementOut, BreachOut
operations(router, Agreement, related=RELATED)
operations(breaches_router, Breach, related=("place", "agreement__place"))
