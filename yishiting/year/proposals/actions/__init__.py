"""The verbs of a proposal, from the draft to the decision and what becomes of it."""

from yishiting.year.proposals.actions.across import note_reply, pass_on, reply, send_back
from yishiting.year.proposals.actions.afterwards import answer_sources, put_off_proposal, report_up
from yishiting.year.proposals.actions.answers import bring_back, defer, explain, forward, look_again, take_on
from yishiting.year.proposals.actions.consulting import consult_on
from yishiting.year.proposals.actions.deliberating import decide_proposal, table_proposal, take_off_proposal
from yishiting.year.proposals.actions.drafting import add_source, amend_proposal, draft_proposal, remove_source
from yishiting.year.proposals.actions.from_the_district import hear_above
from yishiting.year.proposals.actions.handed_down import agree, return_up

__all__ = [
    "add_source",
    "agree",
    "amend_proposal",
    "answer_sources",
    "bring_back",
    "consult_on",
    "decide_proposal",
    "defer",
    "draft_proposal",
    "explain",
    "forward",
    "hear_above",
    "look_again",
    "note_reply",
    "pass_on",
    "put_off_proposal",
    "remove_source",
    "reply",
    "report_up",
    "return_up",
    "send_back",
    "table_proposal",
    "take_off_proposal",
    "take_on",
]
