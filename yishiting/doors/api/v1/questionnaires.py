"""Questionnaires: made, filled in without a name, counted, published."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema, Status
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, allows, chosen, found, load, needs, operation, page_of, under
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Body, Line, Paged, ShortOr, Standing, Thing
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.consultations import actions
from yishiting.year.consultations.models import Origin, Questionnaire, Response
from yishiting.year.consultations.queries import counts_of, responses_of
from yishiting.year.consultations.questions import TEXT
from yishiting.year.consultations.states import SEEN_BY_ALL, State

router = Router(tags=["问卷 questionnaires"])
responses_router = Router(tags=["问卷 questionnaires"])
RELATED = ("place",)
OPTIONS_MOST, QUESTIONS_MOST = 50, 200


class QuestionOut(Schema):
    """One question."""

    key: str
    kind: str
    text: str
    options: list[str]
    required: bool


class QuestionnaireOut(ModelSchema, Standing):
    """A questionnaire with its questions."""

    questions: list[QuestionOut]

    class Meta:
        model = Questionnaire
        fields = ["title", "intro", "opens", "closes", "published_on", "void_reason"]


class QuestionCountOut(Schema):
    """One question counted; the mean only of marks, and only where enough people answered."""

    key: str
    answered: int
    chosen: dict[str, int]
    mean: str


class ResponseOut(Thing):
    """One filled-in questionnaire, without a name."""

    number: int
    answers: dict[str, Any]
    origin: str
    taken_over: dict[str, str]


class QuestionIn(Body):
    """A question; `options` where one chooses."""

    key: Annotated[str, Field(pattern=r"^q\d{1,4}$")]
    kind: Literal["single", "several", "rating", "text"]
    text: Line
    options: list[Line] = Field(default=[], max_length=OPTIONS_MOST)
    required: bool = False


class QuestionsIn(Body):
    """Everything that is asked, in order."""

    questions: list[QuestionIn] = Field(max_length=QUESTIONS_MOST)


class AnswersIn(Body):
    """The answers by question: a text, or a list where several may be chosen."""

    answers: dict[str, str | list[str]]


class PaperIn(AnswersIn):
    """One filled in on paper, perhaps at a solicitation session."""

    session_id: ShortOr = ""
    sheet: int | None = Field(None, ge=1, le=100_000, description="纸上的编号，在某一场收到的必填")


@router.get("/", response=Paged[QuestionnaireOut], summary="问卷")
def questionnaires(
    request: HttpRequest, place: str = "", state: State | None = None, page: int = 1, size: int = 50
) -> dict[str, Any]:
    """The questionnaires of a place and below it, newest first."""
    rows = Questionnaire.objects.filter(state__in=SEEN_BY_ALL).select_related("place")
    return page_of(chosen(under(rows, place), state=state), page, size)


@router.get("/{uuid:pk}", response=QuestionnaireOut, summary="一份问卷")
def questionnaire(request: HttpRequest, pk: UUID) -> Questionnaire:
    """One questionnaire with its questions; a draft only for the desk."""
    made = load(Questionnaire, pk, *RELATED)
    kept: Questionnaire = found(made if _may_read(request, made) else None)
    return kept


@router.get("/{uuid:pk}/counts", response=list[QuestionCountOut], summary="问卷结果")
def counts(request: HttpRequest, pk: UUID) -> list[dict[str, Any]]:
    """Every question counted: for everybody once published, for the desk at any time. Free words stay out."""
    made = load(Questionnaire, pk, *RELATED)
    if made.state != State.PUBLISHED:
        needs(request, at_desk, made)
    least = rules_for(made.place).number("questionnaire.answers_min")
    return [
        {
            "key": one.question.key,
            "answered": one.answered,
            "chosen": dict(one.chosen),
            "mean": one.mean() if one.question.kind != TEXT and one.answered >= least else "",
        }
        for one in counts_of(made)
    ]


@router.get("/{uuid:pk}/responses", response=Paged[ResponseOut], summary="填好的问卷")
def responses(request: HttpRequest, pk: UUID, page: int = 1, size: int = 50) -> dict[str, Any]:
    """Everything filled in, with the free words, for the desk."""
    made = load(Questionnaire, pk, *RELATED)
    needs(request, at_desk, made)
    return page_of(responses_of(made).select_related("place"), page, size)


@operation(router, "/{uuid:pk}/questions", "questionnaire.set_questions", QuestionnaireOut)
def set_questions(request: HttpRequest, pk: UUID, said: QuestionsIn) -> Questionnaire:
    return actions.set_questions(load(Questionnaire, pk, *RELATED), by=actor_of(request), **said.model_dump())


@operation(router, "/{uuid:pk}/answers", "questionnaire.answer", {201: dict[str, int]})
def answer_questionnaire(request: HttpRequest, pk: UUID, said: AnswersIn) -> Status[dict[str, int]]:
    # Whoever is signed in is not written down: a questionnaire has no names.
    who = actor_of(request)
    person = who if isinstance(who, Person) else None
    response = actions.answer_questionnaire(_public(pk), by=Visitor(), answers=said.answers, person=person)
    return Status(201, {"number": response.number})


@router.post(
    "/{uuid:pk}/papers", response={201: ResponseOut}, summary="录入纸质问卷", operation_id="questionnaire.answer_paper"
)
def type_in(request: HttpRequest, pk: UUID, said: PaperIn) -> Status[Response]:
    """Type in a questionnaire that was filled in on paper; done by the desk."""
    made = load(Questionnaire, pk, *RELATED)
    given = said.model_dump()
    return Status(201, actions.answer_questionnaire(made, by=actor_of(request), origin=Origin.PAPER, **given))


def _may_read(request: HttpRequest, made: Questionnaire) -> bool:
    return made.state in SEEN_BY_ALL or (made.state == State.DRAFT and allows(request, at_desk, made))


def _public(pk: UUID) -> Questionnaire:
    made = load(Questionnaire, pk, *RELATED)
    kept: Questionnaire = found(made if made.state in SEEN_BY_ALL else None)
    return kept


SHAPES[Questionnaire] = QuestionnaireOut
SHAPES[Response] = ResponseOut
operations(router, Questionnaire, related=RELATED)
operations(responses_router, Response, related=("place", "questionnaire"))
