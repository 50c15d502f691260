"""Hearings, who spoke at them, and what was answered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from yishiting.doors.api.v1.base import load, page_of, place_with
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Standing
from yishiting.year.hearings.models import Hearing, Speech, SpeechKind
from yishiting.year.hearings.queries import RELATED, hearings_of, speeches_of
from yishiting.year.hearings.states import State

router = Router(tags=["问政会 hearings"])
speeches_router = Router(tags=["问政会 hearings"])


class SpokenOut(Schema):
    """One who spoke, by category, and what was answered."""

    id: UUID
    position: int
    kind: SpeechKind
    speaker: str
    suggestion_id: UUID | None
    question: str
    answer: str
    answered_on: date | None

    @staticmethod
    def resolve_question(speech: Speech) -> str:
        """The words of a question; those of a suggestion are read with it."""
        return speech.text if speech.kind == SpeechKind.QUESTION else ""


class HearingOut(Standing):
    """A hearing as everybody may read it: who spoke once the record is public."""

    title: str
    about: str
    starts_at: datetime
    venue: str
    invited: dict[str, int]
    announced_on: date
    came: dict[str, int]
    record: str
    published_on: date | None
    called_off_because: str
    spoken: list[SpokenOut]

    @staticmethod
    def resolve_came(hearing: Hearing) -> dict[str, int]:
        """How many of which kinds came."""
        return hearing.session.participants if hearing.session is not None else {}

    @staticmethod
    def resolve_spoken(hearing: Hearing) -> list[Speech]:
        """In order."""
        return list(speeches_of(hearing)) if hearing.state == State.PUBLISHED else []


class SpeechOut(Standing):
    """One who spoke, for the desk: with the number under which it was taken in."""

    hearing_id: UUID
    position: int
    kind: SpeechKind
    speaker: str
    text: str
    receipt: str
    answer: str
    answered_on: date | None

    @staticmethod
    def resolve_receipt(speech: Speech) -> str:
        """The number of the suggestion; empty for a question."""
        return speech.suggestion.receipt if speech.suggestion is not None else ""


@router.get("/", response=Paged[HearingOut], summary="问政会")
def hearings(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """The hearings of a place, newest first."""
    return page_of(hearings_of(place_with(place)), page, size)


@router.get("/{uuid:pk}", response=HearingOut, summary="一场问政会")
def hearing(request: HttpRequest, pk: UUID) -> Hearing:
    """One hearing."""
    return load(Hearing, pk, *RELATED)


SHAPES[Hearing], SHAPES[Speech] = HearingOut, SpeechOut
operations(router, Hearing, related=RELATED)
operations(speeches_router, Speech, related=("place", "hearing__place", "suggestion"))
