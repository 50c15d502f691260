"""The verbs of suggestions."""

from yishiting.year.suggestions.actions.answering import answer_many, answer_suggestion, settle_suggestion
from yishiting.year.suggestions.actions.blacking import black_out
from yishiting.year.suggestions.actions.class_versions import revise_categories
from yishiting.year.suggestions.actions.classifying import (
    assign_suggestion,
    classify_suggestion,
    forget_proposer,
    load_categories,
)
from yishiting.year.suggestions.actions.correcting import correct_contact, correct_suggestion, strike_suggestion
from yishiting.year.suggestions.actions.emergencies import set_special
from yishiting.year.suggestions.actions.exporting import export_suggestions
from yishiting.year.suggestions.actions.for_units import suggest_for_unit
from yishiting.year.suggestions.actions.importing import (
    bring_in_the_rest,
    empty_file,
    go_on_importing,
    hand_in_file,
    import_suggestions,
    undo_import,
)
from yishiting.year.suggestions.actions.intake import (
    submit_suggestion,
    take_down_suggestion,
)
from yishiting.year.suggestions.actions.interim import answer_interim, lapse
from yishiting.year.suggestions.actions.merging import (
    keep_apart,
    merge_suggestions,
    split_suggestion,
    unmerge_suggestion,
    unsplit_suggestion,
)
from yishiting.year.suggestions.actions.referring import note_reply, pass_on, reply, send_back
from yishiting.year.suggestions.actions.screening import (
    appeal,
    decide_appeal,
    screen_again,
    screen_suggestion,
    supplement_suggestion,
)
from yishiting.year.suggestions.actions.sessions import amend_session, hold_session, withdraw_session

__all__ = [
    "amend_session",
    "answer_interim",
    "answer_many",
    "answer_suggestion",
    "appeal",
    "assign_suggestion",
    "black_out",
    "bring_in_the_rest",
    "classify_suggestion",
    "correct_contact",
    "correct_suggestion",
    "decide_appeal",
    "empty_file",
    "export_suggestions",
    "forget_proposer",
    "go_on_importing",
    "hand_in_file",
    "hold_session",
    "import_suggestions",
    "keep_apart",
    "lapse",
    "load_categories",
    "merge_suggestions",
    "note_reply",
    "pass_on",
    "reply",
    "revise_categories",
    "screen_again",
    "screen_suggestion",
    "send_back",
    "set_special",
    "settle_suggestion",
    "split_suggestion",
    "strike_suggestion",
    "submit_suggestion",
    "suggest_for_unit",
    "supplement_suggestion",
    "take_down_suggestion",
    "undo_import",
    "unmerge_suggestion",
    "unsplit_suggestion",
    "withdraw_session",
]
