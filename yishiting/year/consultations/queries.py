"""Consultations and questionnaires as pages read them."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.consultations.models import (
    Consultation,
    OpinionVote,
    Participant,
    Questionnaire,
    Response,
    Statement,
)
from yishiting.year.consultations.questions import Count as QuestionCount
from yishiting.year.consultations.questions import counted, read
from yishiting.year.consultations.rules import Limits, next_number, table_of
from yishiting.year.consultations.states import SEEN_BY_ALL, State, StatementState


def limits_at(place: Place) -> Limits:
    """What the rulebook of the place says."""
    book = rules_for(place)
    return Limits(
        text_most=book.number("opinion.statement_max"),
        each_most=book.number("opinion.statements_each"),
        seeds_least=book.number("opinion.seeds_min"),
        people_least=book.number("opinion.people_min"),
        statements_least=book.number("opinion.statements_min"),
    )


def public_consultations(place: Place) -> "QuerySet[Consultation]":
    """Those of the place and of the places above it, newest first: everybody there is asked."""
    return Consultation.objects.filter(
        place__division_path__in=place.ancestor_paths(), state__in=SEEN_BY_ALL
    ).select_related("place")


def public_questionnaires(place: Place) -> "QuerySet[Questionnaire]":
    """Those of the place and of the places above it, newest first."""
    return Questionnaire.objects.filter(
        place__division_path__in=place.ancestor_paths(), state__in=SEEN_BY_ALL
    ).select_related("place")


def consultations_at(place: Place) -> "QuerySet[Consultation]":
    """All of a place, drafts too, with what waits and how many took part."""
    waiting = Q(statements__state=StatementState.PROPOSED)
    rows = (
        Consultation.objects.filter(place=place)
        .exclude(state=State.DISCARDED)
        .annotate(
            people=Count("participants", distinct=True), waiting=Count("statements", filter=waiting, distinct=True)
        )
    )
    return rows.order_by("-opens", "-created_at")


def questionnaires_at(place: Place) -> "QuerySet[Questionnaire]":
    """All of a place, drafts too, with how many were filled in."""
    rows = Questionnaire.objects.filter(place=place).exclude(state=State.DISCARDED)
    return rows.annotate(filled=Count("responses")).order_by("-opens", "-created_at")


def statements_of(consultation: Consultation) -> "QuerySet[Statement]":
    """Every statement with its counts."""
    votes = {
        name: Count("votes", filter=Q(votes__choice=choice))
        for name, choice in (("agree", 1), ("disagree", -1), ("passed", 0))
    }
    return consultation.statements.annotate(**votes, heard=Count("votes")).order_by("number")


@dataclass(frozen=True, slots=True)
class Stand:
    """How far one participant has come: what comes next, and what was said before."""

    shown: int
    answered: dict[int, int]
    next: int | None

    @property
    def left(self) -> int:
        """How many are still to be answered."""
        return self.shown - len(self.answered)


def stand_of(consultation: Consultation, key: str) -> Stand:
    """Where whoever has this key stands; an empty key is somebody new."""
    shown = consultation.statements.filter(state=StatementState.SHOWN)
    heard = dict(shown.annotate(heard=Count("votes")).values_list("number", "heard"))
    mine = OpinionVote.objects.filter(statement__in=shown, participant__key=key, participant__consultation=consultation)
    answered = dict(mine.values_list("statement__number", "choice")) if key else {}
    return Stand(len(heard), answered, next_number(heard, answered, key))


def votes_of(consultation: Consultation) -> list[tuple[int, int, int]]:
    """The published table as rows: shuffled number, statement, choice. Only after closing."""
    rows = OpinionVote.objects.filter(participant__consultation=consultation, participant__number__isnull=False)
    found = rows.values_list("participant__number", "statement__number", "choice")
    return [(who, number, choice) for who, number, choice in found if who is not None]


def table_text(consultation: Consultation) -> str:
    """The table as it is downloaded; its hash is in the ledger."""
    return table_of(votes_of(consultation))


def totals_of(consultation: Consultation) -> dict[str, int]:
    """How many took part, what was said and answered."""
    here = Statement.objects.filter(consultation=consultation).aggregate(
        statements=Count("pk"),
        seeded=Count("pk", filter=Q(seeded=True)),
        shown=Count("pk", filter=Q(state=StatementState.SHOWN)),
        set_aside=Count("pk", filter=Q(state=StatementState.SET_ASIDE)),
    )
    people = Participant.objects.filter(consultation=consultation).count()
    votes = OpinionVote.objects.filter(participant__consultation=consultation).count()
    return {"people": people, "votes": votes, **here}


def counts_of(questionnaire: Questionnaire) -> list[QuestionCount]:
    """Every question with its counts."""
    rows = list(questionnaire.responses.values_list("answers", flat=True))
    return counted(read(questionnaire.questions), rows)


def origins_of(questionnaire: Questionnaire) -> dict[str, int]:
    """How many were filled in on the web and how many were typed in from paper."""
    return dict(questionnaire.responses.order_by().values_list("origin").annotate(n=Count("pk")))


def responses_of(questionnaire: Questionnaire) -> "QuerySet[Response]":
    """Every filled-in questionnaire, in order."""
    return questionnaire.responses.select_related("entered_by").order_by("number")


def answers_hash(questionnaire: Questionnaire) -> str:
    """SHA-256 over all answers, in order, for the ledger."""
    from yishiting.methods.merkle import canonical

    rows = [[number, answers] for number, answers in questionnaire.responses.values_list("number", "answers")]
    return hashlib.sha256(canonical({"responses": rows})).hexdigest()
