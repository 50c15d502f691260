"""The verbs of suggestions."""

from yishiting.year.suggestions.actions.importing import empty_file, hand_in_file, import_suggestions
from yishiting.year.suggestions.actions.intake import (
    settle_suggestion,
    strike_suggestion,
    submit_suggestion,
    take_down_suggestion,
)
from yishiting.year.suggestions.actions.sessions import amend_session, hold_session

__all__ = [
    "amend_session",
    "empty_file",
    "hand_in_file",
    "hold_session",
    "import_suggestions",
    "settle_suggestion",
    "strike_suggestion",
    "submit_suggestion",
    "take_down_suggestion",
]
