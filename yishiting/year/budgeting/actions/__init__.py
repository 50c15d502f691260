"""The verbs of budget votes."""

from yishiting.year.budgeting.actions.ballots import (
    cast_ballot,
    correct_voter,
    enter_paper,
    issue_ballot,
    redo_bundle,
    take_back_ballot,
)
from yishiting.year.budgeting.actions.deciding import close_vote, draw_lot, override_vote, publish_vote, void_vote
from yishiting.year.budgeting.actions.opening import Offered, open_vote

__all__ = [
    "Offered",
    "cast_ballot",
    "close_vote",
    "correct_voter",
    "draw_lot",
    "enter_paper",
    "issue_ballot",
    "open_vote",
    "override_vote",
    "publish_vote",
    "redo_bundle",
    "take_back_ballot",
    "void_vote",
]
