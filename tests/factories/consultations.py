"""Consultations and questionnaires at every stage, and camps of made-up people who answer alike."""

from datetime import date

from tests.cast import Cast
from tests.put_back import kept
from yishiting.ground.accounts.actors import Visitor
from yishiting.year.consultations.actions import (
    answer_statement,
    close_consultation,
    draft_consultation,
    draft_questionnaire,
    open_consultation,
    open_questionnaire,
    publish_consultation,
    seed_statement,
    set_questions,
)
from yishiting.year.consultations.models import Consultation, Questionnaire

SEEDS = (
    "晚上九点以后音箱要关",
    "跳舞的地方离居民楼远一点",
    "夏天可以跳到九点半",
    "用无线耳机跳舞",
    "请大家轮流值日管音量",
    "小广场应该先让给带孩子的",
)
QUESTIONS = (
    {"key": "q1", "kind": "single", "text": "您住在几号楼", "options": ["1至3号楼", "4至6号楼"], "required": True},
    {"key": "q2", "kind": "several", "text": "您常用哪些设施", "options": ["长椅", "车棚", "活动室"]},
    {"key": "q3", "kind": "rating", "text": "您对小花园满意吗"},
    {"key": "q4", "kind": "text", "text": "还想说什么"},
)


@kept
def drafted(cast: Cast, seeds: int = len(SEEDS), title: str = "小广场跳舞的时间和音量") -> Consultation:
    made = draft_consultation(
        cast.zaobei,
        by=cast.liu,
        title=title,
        question="跳舞和休息怎么兼顾？",
        opens=date(2026, 3, 1),
        closes=date(2026, 3, 15),
    )
    for text in SEEDS[:seeds]:
        seed_statement(made, by=cast.liu, text=text)
    return made


@kept
def opened(cast: Cast, seeds: int = len(SEEDS), title: str = "小广场跳舞的时间和音量") -> Consultation:
    return open_consultation(drafted(cast, seeds, title), by=cast.wang)


def token(number: int) -> str:
    return f"browser-of-visitor-{number:04d}"


def answered(consultation: Consultation, people: int, first: int = 0) -> None:
    """Half of the people agree where the other half do not, but for the first statement, which all share."""
    for n in range(first, first + people):
        for statement in consultation.statements.order_by("number"):
            camp = 1 if (n % 2 == 0) == (statement.number % 2 == 0) else -1
            choice = 1 if statement.number == 1 else camp
            answer_statement(statement, by=Visitor(), choice=choice, token=token(n))


@kept
def published(cast: Cast, people: int = 24) -> Consultation:
    made = opened(cast)
    answered(made, people)
    return publish_consultation(close_consultation(made, by=cast.liu), by=cast.wang)


@kept
def a_questionnaire(cast: Cast, title: str = "小花园怎么改") -> Questionnaire:
    made = draft_questionnaire(
        cast.zaobei,
        by=cast.liu,
        title=title,
        intro="两分钟填完，不留姓名。",
        opens=date(2026, 3, 1),
        closes=date(2026, 3, 15),
    )
    return set_questions(made, by=cast.liu, questions=QUESTIONS)


@kept
def open_one(cast: Cast, title: str = "小花园怎么改") -> Questionnaire:
    return open_questionnaire(a_questionnaire(cast, title), by=cast.wang)
