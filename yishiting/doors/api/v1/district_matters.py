"""Matters of the district, with their decisions, plan, progress and answers."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Standing, Thing
from yishiting.year.matters.choices import Body, Verdict
from yishiting.year.matters.models import (
    AnswerTemplate,
    Contact,
    Coordination,
    Decision,
    Dispatch,
    Matter,
    Opinion,
    Rating,
    Reminder,
    Result,
    Special,
    Step,
)
from yishiting.year.matters.permissions import reads_matter
from yishiting.year.matters.queries import RELATED, public_words_of

router = Router(tags=["区级办理事项 district matters"])
opinions_router = Router(tags=["区级办理事项 district matters"])
dispatches_router = Router(tags=["区级办理事项 district matters"])
specials_router = Router(tags=["区级办理事项 district matters"])
templates_router = Router(tags=["区级办理事项 district matters"])
steps_router = Router(tags=["区级办理事项 district matters"])
contacts_router = Router(tags=["区级办理事项 district matters"])
coordinations_router = Router(tags=["区级办理事项 district matters"])


class DecisionOut(Schema):
    """What a body decided, on which day, by which paper."""

    body: Body
    verdict: Verdict
    held_on: date
    paper: str
    text: str


class MatterOut(ModelSchema, Standing):
    """A matter of the district with every decision on it, oldest first."""

    dossier: str
    category: str
    decisions: list[DecisionOut]

    class Meta:
        model = Matter
        fields = [
            "number", "title", "situation", "line", "difficulty", "touches_law", "needs_finding", "received_on",
            "pending_since", "decided_on", "round", "due", "rating_due",
        ]  # fmt: skip

    @staticmethod
    def resolve_situation(matter: Matter) -> str:
        """The words as every department may read them; whole, they stand in the proposals below."""
        return public_words_of(matter)

    @staticmethod
    def resolve_dossier(matter: Matter) -> str:
        """The number of its file."""
        return matter.dossier.number

    @staticmethod
    def resolve_category(matter: Matter) -> str:
        """The name of its class."""
        return matter.category.name if matter.category is not None else ""

    @staticmethod
    def resolve_decisions(matter: Matter) -> list[Decision]:
        """What was decided, oldest first."""
        return list(matter.decisions.all())


class OpinionOut(ModelSchema, Standing):
    """What a department was asked and said."""

    class Meta:
        model = Opinion
        fields = ["question", "asked_on", "due", "stance", "legality", "feasibility", "basis", "suggested", "given_on"]


class DispatchOut(ModelSchema, Standing):
    """A matter dispatched to a unit, and what the unit said."""

    class Meta:
        model = Dispatch
        fields = [
            "role",
            "sent_on",
            "due",
            "signed_by",
            "signed_on",
            "returned_on",
            "reason",
            "ruling_due",
            "ruling",
            "ruled_on",
        ]


class SpecialOut(ModelSchema, Thing):
    """A special consultation on what is pending."""

    class Meta:
        model = Special
        fields = [
            "held_on",
            "venue",
            "invited",
            "lawyer",
            "lawyer_reason",
            "came",
            "differences",
            "verdict",
            "cancelled_because",
        ]


class StepOut(ModelSchema, Thing):
    """An entry of the progress sheet."""

    class Meta:
        model = Step
        fields = ["happened_on", "percent", "done", "trouble", "next_step"]


class ContactOut(ModelSchema, Thing):
    """Being in touch before an answer."""

    class Meta:
        model = Contact
        fields = ["whom", "named", "happened_on", "text", "round"]


class CoordinationOut(ModelSchema, Thing):
    """Coordination in the district or with the city; money in fen."""

    class Meta:
        model = Coordination
        fields = ["kind", "held_on", "whom", "asked", "got", "money_asked", "money_got"]


class ReminderOut(ModelSchema, Thing):
    """An entry of the oversight list."""

    class Meta:
        model = Reminder
        fields = ["sent_on", "text", "new_date"]


class ResultOut(ModelSchema, Thing):
    """One answer of all units."""

    class Meta:
        model = Result
        fields = ["round", "kind", "text", "conditions", "back_on", "finding", "answered_on"]


class AnswerTemplateOut(ModelSchema, Thing):
    """Words a unit keeps for its answers."""

    class Meta:
        model = AnswerTemplate
        fields = ["name", "text", "live"]


class RatingOut(ModelSchema, Thing):
    """What a proposer said of an answer."""

    class Meta:
        model = Rating
        fields = ["satisfaction", "words", "rated_on", "by_desk"]


@router.get("/{uuid:pk}", response=MatterOut, summary="一件区级办理事项")
def matter(request: HttpRequest, pk: UUID) -> Matter:
    """One matter, for the desks of the district, the places that reported it and the units that handle it."""
    kept = load(Matter, pk, *RELATED)
    needs(request, reads_matter, kept)
    return kept


SHAPES[Matter], SHAPES[Opinion], SHAPES[Dispatch], SHAPES[Special] = MatterOut, OpinionOut, DispatchOut, SpecialOut
SHAPES[Step], SHAPES[Contact], SHAPES[Coordination] = StepOut, ContactOut, CoordinationOut
SHAPES[Reminder], SHAPES[Result], SHAPES[Rating] = ReminderOut, ResultOut, RatingOut
SHAPES[AnswerTemplate] = AnswerTemplateOut
PART = ("place", "matter__place", "matter__dossier")
operations(templates_router, AnswerTemplate, related=("place", "unit"))
operations(router, Matter, related=RELATED)
operations(opinions_router, Opinion, related=(*PART, "unit"))
operations(dispatches_router, Dispatch, related=(*PART, "unit"))
operations(specials_router, Special, related=PART)
operations(steps_router, Step, related=PART)
operations(contacts_router, Contact, related=PART)
operations(coordinations_router, Coordination, related=PART)
