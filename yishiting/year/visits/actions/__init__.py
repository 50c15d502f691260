"""Going there, sending a draft to those who proposed it, asking the councils of communities, and what they reply."""

from yishiting.year.visits.actions.councils import answer_question, ask_councils, withdraw_question
from yishiting.year.visits.actions.visiting import (
    ask_proposers,
    hear_proposer,
    note_reply,
    note_visit,
    reply_to_draft,
    reply_with_receipt,
    withdraw_reply,
    withdraw_visit,
)

__all__ = [
    "answer_question",
    "ask_councils",
    "ask_proposers",
    "hear_proposer",
    "note_reply",
    "note_visit",
    "reply_to_draft",
    "reply_with_receipt",
    "withdraw_question",
    "withdraw_reply",
    "withdraw_visit",
]
