"""The verbs of a district matter, from the work committee to the rating of the answer."""

from yishiting.year.matters.actions.answering import answer_matter, close_matter, note_rating, rate, take_up
from yishiting.year.matters.actions.consulting import (
    call_special,
    cancel_special,
    consult,
    record_special,
    table_matter,
)
from yishiting.year.matters.actions.deciding import decide_matter, decline, endorse, publicise, reopen
from yishiting.year.matters.actions.dispatching import (
    countersign,
    dispatch,
    reassign_dispatch,
    return_dispatch,
    rule_on_dispatch,
)
from yishiting.year.matters.actions.handling import (
    coordinate,
    note_contact,
    note_progress,
    remind,
    withdraw_contact,
    withdraw_coordination,
    withdraw_step,
    write_plan,
)
from yishiting.year.matters.actions.reviewing import approve, pass_on, return_matter
from yishiting.year.matters.actions.screening import (
    ask_opinions,
    give_opinion,
    join_matter,
    lapse_opinion,
    propose_handling,
    screen_matter,
    send_back,
    take_in,
    unjoin_matter,
    withdraw_opinion,
)
from yishiting.year.matters.actions.templates import drop_template, keep_template

__all__ = [
    "answer_matter",
    "approve",
    "ask_opinions",
    "call_special",
    "cancel_special",
    "close_matter",
    "consult",
    "coordinate",
    "countersign",
    "decide_matter",
    "decline",
    "dispatch",
    "drop_template",
    "endorse",
    "give_opinion",
    "join_matter",
    "keep_template",
    "lapse_opinion",
    "note_contact",
    "note_progress",
    "note_rating",
    "pass_on",
    "propose_handling",
    "publicise",
    "rate",
    "reassign_dispatch",
    "record_special",
    "remind",
    "reopen",
    "return_dispatch",
    "return_matter",
    "rule_on_dispatch",
    "screen_matter",
    "send_back",
    "table_matter",
    "take_in",
    "take_up",
    "unjoin_matter",
    "withdraw_contact",
    "withdraw_coordination",
    "withdraw_opinion",
    "withdraw_step",
    "write_plan",
]
