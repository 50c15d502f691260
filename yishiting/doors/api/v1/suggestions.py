"""Suggestions after they were taken in: screened, merged, split, classed, answered, appealed; the bank."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema

from yishiting.doors.api.v1.base import load, needs, operation, person_of, place_with
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Body, Code, LineOr, Standing, Words
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.suggestions import actions
from yishiting.year.suggestions.guessing import Guess
from yishiting.year.suggestions.models import (
    Answer,
    AnswerKind,
    Appeal,
    Channel,
    Screening,
    Suggestion,
    Supplement,
)
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.published import public_title, words_are_public
from yishiting.year.suggestions.queries.bank import narrowed_bank, visible_to
from yishiting.year.suggestions.queries.clusters import cluster_of, households
from yishiting.year.suggestions.queries.guesses import proposals
from yishiting.year.suggestions.queries.likeness import Similar, alike, similar_now
from yishiting.year.suggestions.queries.screening import may_be_chosen
from yishiting.year.suggestions.states import State

router = Router(tags=["建议 suggestions"])
RELATED = ("place", "proposer", "category", "merged_into", "responsible", "split_from")


class SuggestionLine(ModelSchema, Standing):
    """A suggestion as lists show it: nobody's name or telephone number."""

    channel: Channel
    category: str | None
    merged_into: UUID | None
    split_from: UUID | None

    class Meta:
        model = Suggestion
        fields = ["receipt", "title", "where", "received_on", "responsible_level", "answered_on"]

    @staticmethod
    def resolve_category(one: Suggestion) -> str | None:
        """The path of the class."""
        return one.category.path if one.category else None

    @staticmethod
    def resolve_merged_into(one: Suggestion) -> UUID | None:
        """The main suggestion it was merged into."""
        return one.merged_into_id

    @staticmethod
    def resolve_split_from(one: Suggestion) -> UUID | None:
        """The mixed suggestion it is a part of."""
        return one.split_from_id


class ScreeningOut(Schema):
    """One screening."""

    marks: dict[str, str]
    result: str
    reason: str
    screened_on: date
    rules_label: str


class SupplementOut(Schema):
    """What the proposer added."""

    id: UUID
    text: str
    added_on: date


class AppealOut(Schema):
    """A second look that was asked for; what it says is for the desk."""

    id: UUID
    received_on: date
    decision: str
    decided_on: date | None


class AnswerOut(Schema):
    """What was answered to everyone in the matter."""

    id: UUID
    kind: AnswerKind
    text: str
    answered_on: date
    handler: str
    next_step: str
    next_on: date | None


class ProposedOut(Schema):
    """What the machine proposes, how sure it is, and on what it rests; a person decides."""

    value: str
    confidence: float
    words: list[str]
    learned_from: int


class SuggestionAtDesk(SuggestionLine):
    """A suggestion with everything decided about it, for those who work with it."""

    text: str
    year: int
    responsible_id: UUID | None
    section_id: UUID | None
    screen_due: date
    answer_due: date | None
    households: int
    merged_here: list[UUID]
    parts: list[UUID]
    screenings: list[ScreeningOut]
    supplements: list[SupplementOut]
    appeals: list[AppealOut]
    answers: list[AnswerOut]

    @staticmethod
    def resolve_households(one: Suggestion) -> int:
        """How many households spoke, in the whole matter."""
        return households(cluster_of(one))

    @staticmethod
    def resolve_merged_here(one: Suggestion) -> list[UUID]:
        """What was merged into it."""
        return list(one.merged_here.order_by("receipt").values_list("pk", flat=True))

    @staticmethod
    def resolve_parts(one: Suggestion) -> list[UUID]:
        """What it was split into."""
        return list(one.parts.exclude(state=State.STRUCK).order_by("receipt").values_list("pk", flat=True))

    @staticmethod
    def resolve_screenings(one: Suggestion) -> list[Screening]:
        """Oldest first."""
        return list(one.screenings.all())

    @staticmethod
    def resolve_supplements(one: Suggestion) -> list[Supplement]:
        """Oldest first."""
        return list(one.supplements.all())

    @staticmethod
    def resolve_appeals(one: Suggestion) -> list[Appeal]:
        """Oldest first."""
        return list(one.appeals.all())

    @staticmethod
    def resolve_answers(one: Suggestion) -> list[Answer]:
        """Oldest first."""
        return list(one.answers.all())


class SaidOut(Standing):
    """A suggestion as everyone may read it: its title once somebody has screened it, before that how it came."""

    title: str

    @staticmethod
    def resolve_title(one: Suggestion) -> str:
        """Nobody's words before they are screened."""
        return public_title(one)


class SimilarOut(Schema):
    """A suggestion that sounds alike, why, and (where its words are public) what speaks against it."""

    suggestion: SaidOut
    reasons: list[str]
    conflicts: list[str]
    score: float

    @staticmethod
    def resolve_conflicts(like: Similar) -> list[str]:
        """They tell of words the caller has not sent."""
        return list(like.conflicts) if words_are_public(like.suggestion) else []


class ProposalsOut(Schema):
    """What the machine proposes for class and level."""

    category: list[ProposedOut]
    responsible_level: list[ProposedOut]


class WordsIn(Body):
    """What somebody is writing."""

    place: Code
    text: Words
    where: LineOr = ""


class ExportIn(Body):
    """Which suggestions, and why names and telephone numbers are needed."""

    place: Code
    reason: Words
    q: LineOr = ""
    year: int | None = None


class InFull(SuggestionLine):
    """A suggestion with its words, and the name and telephone number of its proposer."""

    text: str
    proposer_name: str
    proposer_phone: str


@router.post("/similar", response=list[SimilarOut], summary="同样的建议")
def similar(request: HttpRequest, said: WordsIn) -> list[Similar]:
    """Up to five suggestions of the place that sound like these words, and why."""
    return similar_now(place_with(said.place), said.text, where=said.where)


@router.get("/alike", response=list[list[UUID]], summary="可能是同一件事的建议")
def groups(request: HttpRequest, place: str) -> list[list[UUID]]:
    """Groups that may be one matter and still stand apart, without pairs somebody found different."""
    here = place_with(place)
    needs(request, MAY["suggestion.merge"], here)
    return alike(here)


@router.get("/{uuid:pk}", response=SuggestionAtDesk, summary="一条建议")
def suggestion(request: HttpRequest, pk: UUID) -> Suggestion:
    """One suggestion with everything decided about it, for those who work with it."""
    kept = load(Suggestion, pk, *RELATED)
    needs(request, reads_here, kept)
    return kept


@router.get("/{uuid:pk}/proposed", response=ProposalsOut, summary="系统建议的类别和责任层级")
def proposed(request: HttpRequest, pk: UUID) -> dict[str, list[dict[str, Any]]]:
    """What the machine proposes for class and level, with how sure it is."""
    kept = load(Suggestion, pk, *RELATED)
    needs(request, reads_here, kept)
    likely, levels = proposals(kept, may_be_chosen())
    return {
        "category": [_proposed(one.path, guess) for one, guess in likely],
        "responsible_level": [_proposed(str(level), guess) for level, guess in levels],
    }


@operation(router, "/export", "suggestion.export", list[InFull])
def export(request: HttpRequest, said: ExportIn) -> list[Suggestion]:
    person, place = person_of(request), place_with(said.place)
    asked = {"place": place.code, "q": said.q, "year": str(said.year or "")}
    wanted = {"place": place, "q": said.q, "year": said.year}
    rows = narrowed_bank(visible_to(person), wanted).select_related("place", "category").order_by("receipt")
    return actions.export_suggestions(place, by=person, suggestions=rows, reason=said.reason, asked=asked)


def _proposed(value: str, guess: Guess) -> dict[str, Any]:
    return {
        "value": value,
        "confidence": guess.confidence,
        "words": list(guess.words),
        "learned_from": guess.learned_from,
    }


SHAPES[Suggestion] = SuggestionAtDesk
SHAPES[Answer] = AnswerOut
SHAPES[Appeal] = AppealOut
SHAPES[Supplement] = SupplementOut
operations(router, Suggestion, related=RELATED)
