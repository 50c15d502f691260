"""征求意见和问卷: the consultations and questionnaires of a place, the views of one, the free words of another."""

from typing import Any

from django.db.models import Case, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.organisations.permissions import at_desk
from yishiting.year.consultations.models import Consultation, Questionnaire, Statement
from yishiting.year.consultations.queries import consultations_at, questionnaires_at, responses_of, statements_of
from yishiting.year.consultations.questions import TEXT, read
from yishiting.year.consultations.states import State, StatementState

TONES: dict[str, str] = {State.OPEN: "open", State.PUBLISHED: "done", State.CLOSED: "waiting"}
STATEMENT_TONES: dict[str, str] = {StatementState.PROPOSED: "waiting", StatementState.SHOWN: "done"}
OPENS = Column("opens", _("开始"), kind=Kind.DAY, sort="opens")
CLOSES = Column("closes", _("截止"), kind=Kind.DAY, sort="closes")
TITLE = Column("title", _("名称"), head=True, width=40)
STATE = Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state")
FILTERS = (
    Search("q", _("查找"), within=("title",)),
    Choice("state", _("状态"), among=State),
    Days("closes", _("截止"), by="closes"),
)

CONSULTATIONS = List(
    "desk-consultations",
    _("意见征求登记表"),
    consultations_at,
    (
        OPENS,
        CLOSES,
        TITLE,
        STATE,
        Column("people", _("参加"), kind=Kind.NUMBER, sort="people"),
        Column("waiting", _("待审核"), kind=Kind.NUMBER, sort="waiting"),
    ),
    needs=at_desk,
    related=("parent",),
    filters=FILTERS,
    opens="desk-consultation",
    beside=False,
    empty=_("没有这样的意见征求。会上意见不一致的事，可以先请大家逐条表态。"),
)


def _statements(consultation: Consultation) -> Any:
    """What waits to be looked at first, then in the order of the numbers."""
    waits = Case(When(state=StatementState.PROPOSED, then=0), default=1)
    return statements_of(consultation).order_by(waits, "number")


def _from(statement: Statement) -> str:
    return gettext("经办人") if statement.seeded else gettext("参加的人")


STATEMENTS = List(
    "consultation-statements",
    _("看法登记表"),
    _statements,
    (
        Column("number", _("序号"), kind=Kind.NUMBER, sort="number"),
        private("text", _("看法"), head=True, under="reason", width=60),
        Column("from", _("来自"), _from),
        Column("state", _("状态"), kind=Kind.STATE, tones=STATEMENT_TONES, sort="state"),
        Column("heard", _("表态"), kind=Kind.NUMBER, sort="heard"),
        private("reason", _("搁置原因"), page=False, width=30),
    ),
    of=Consultation,
    needs=at_desk,
    related=("place", "place__parent"),
    filters=(Choice("state", _("状态"), among=StatementState),),
    at="desk-consultation",
    bulk=("statement.moderate",),
    page=50,
    empty=_("没有这样的看法。先写下几条不同的，正反两面都要有。"),
)

QUESTIONNAIRES = List(
    "desk-questionnaires",
    _("问卷登记表"),
    questionnaires_at,
    (OPENS, CLOSES, TITLE, STATE, Column("filled", _("份数"), kind=Kind.NUMBER, sort="filled")),
    needs=at_desk,
    related=("parent",),
    filters=FILTERS,
    opens="desk-questionnaire",
    beside=False,
    empty=_("没有这样的问卷。加几道题，发个链接，居民不用登录就能填。"),
)


def _texts(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """Everything written freely, one by one."""
    asked = {one.key: one.text for one in read(questionnaire.questions) if one.kind == TEXT}
    return [
        {
            "response": one,
            "key": key,
            "number": one.number,
            "asked": asked[key],
            "said": one.answers[key],
            "receipt": one.taken_over.get(key, ""),
        }
        for one in responses_of(questionnaire)
        for key in asked
        if key in one.answers
    ]


def _asked(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    return [(one.key, one.text) for one in read(questionnaire.questions) if one.kind == TEXT]


TEXTS = List(
    "questionnaire-texts",
    _("问卷文字回答"),
    _texts,
    (
        Column("number", _("份号"), kind=Kind.NUMBER, sort="number"),
        Column("asked", _("题目"), sort="asked", width=30),
        private("said", _("原话"), head=True, width=60),
        Column("receipt", _("已转为建议"), kind=Kind.RECEIPT, sort="receipt"),
    ),
    of=Questionnaire,
    needs=at_desk,
    related=("place", "place__parent"),
    filters=(
        Search("q", _("查找"), by=lambda rows, words: [row for row in rows if words in row["said"]]),
        Choice("asked", _("题目"), among=_asked, by=lambda rows, key: [row for row in rows if row["key"] == key]),
    ),
    empty=_("没有这样的文字回答。"),
)
