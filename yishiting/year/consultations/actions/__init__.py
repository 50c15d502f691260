"""The verbs of consultations and of questionnaires."""

from yishiting.year.consultations.actions.ending import close_consultation, publish_consultation, void_consultation
from yishiting.year.consultations.actions.preparing import (
    amend_consultation,
    discard_consultation,
    draft_consultation,
    open_consultation,
)
from yishiting.year.consultations.actions.questionnaires import (
    amend_questionnaire,
    answer_questionnaire,
    close_questionnaire,
    discard_questionnaire,
    draft_questionnaire,
    note_taken_over,
    open_questionnaire,
    publish_questionnaire,
    set_questions,
    void_questionnaire,
)
from yishiting.year.consultations.actions.statements import moderate_statement, propose_statement, seed_statement
from yishiting.year.consultations.actions.voting import answer_statement

__all__ = [
    "amend_consultation",
    "amend_questionnaire",
    "answer_questionnaire",
    "answer_statement",
    "close_consultation",
    "close_questionnaire",
    "discard_consultation",
    "discard_questionnaire",
    "draft_consultation",
    "draft_questionnaire",
    "moderate_statement",
    "note_taken_over",
    "open_consultation",
    "open_questionnaire",
    "propose_statement",
    "publish_consultation",
    "publish_questionnaire",
    "seed_statement",
    "set_questions",
    "void_consultation",
    "void_questionnaire",
]
