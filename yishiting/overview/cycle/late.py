"""What is late anywhere: whose day has passed, and by which verb it is answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q

from yishiting.ground.places.models import Place
from yishiting.instruments.publicity.models import Objection
from yishiting.instruments.publicity.states import ObjectionState
from yishiting.overview.cycle.board import OF_SUGGESTIONS
from yishiting.year.meetings.models import MeetingTask
from yishiting.year.projects.models import Finding, Project
from yishiting.year.projects.states import FindingState, State
from yishiting.year.suggestions.models import Suggestion


@dataclass(frozen=True, slots=True)
class Limit:
    """Things that have a day: the verb that answers them, which ones wait, the field of the day, what they say."""

    verb: str
    model: type[Model]
    waits: Q
    due: str
    says: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """One thing whose day has passed."""

    pk: str
    verb: str
    says: str
    place: Place
    due: date
    number: str


UNTIL = Q(state=State.RECTIFYING, rectify_by__isnull=False)
LATE = (
    *(Limit(verb, Suggestion, waits, due, "title", "receipt") for verb, _says, waits, due in OF_SUGGESTIONS),
    Limit("objection.answer", Objection, Q(state=ObjectionState.RECEIVED), "answer_due", "text", "receipt"),
    Limit("task.finish", MeetingTask, Q(done_on=None), "due", "what"),
    Limit("project.complete", Project, Q(state=State.UNDERWAY), "deadline", "title", "number"),
    Limit("project.complete", Project, UNTIL, "rectify_by", "title", "number"),
    Limit("finding.answer", Finding, Q(state=FindingState.OPEN), "due", "text"),
)


def late_anywhere(today: date) -> list[Late]:
    """Everything in the district whose day has passed, the longest first."""
    return sorted((row for limit in LATE for row in _past(limit, today)), key=lambda one: one.due)


def _past(limit: Limit, today: date) -> list[Late]:
    rows: Any = limit.model._default_manager.filter(limit.waits, **{f"{limit.due}__lt": today}).select_related("place")
    names = ("pk", "place", limit.due, limit.says, *([limit.number] if limit.number else []))
    return [
        Late(
            str(one.pk),
            limit.verb,
            getattr(one, limit.says),
            one.place,
            getattr(one, limit.due),
            getattr(one, limit.number) if limit.number else "",
        )
        for one in rows.only(*names, *(f"place__{name}" for name in ("code", "name", "division_path", "level")))
    ]
