"""Who may do what with suggestions, and when."""

from yishiting.ground.accounts.permissions import anyone, oneself, the_clock, the_operator
from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, heads_above, leads_here, reads_here
from yishiting.year.suggestions.models import SolicitationSession, Suggestion

#: What people say is received, screened and answered all the year round; only tabling waits for its season.
MAY: Permissions = {
    "suggestion.submit": anyone,
    "suggestion.take_down": at_desk,
    "suggestion.black_out": at_desk,
    "suggestion.strike": at_desk,
    "suggestion.settle": at_desk,
    "session.hold": at_desk,
    "session.amend": at_desk,
    "import.hand_in": at_desk | the_operator,
    "import.empty": at_desk | the_clock,
    "suggestion.import": at_desk | the_operator,
    "import.go_on": at_desk | the_clock | the_operator,
    "suggestion.screen": at_desk,
    "suggestion.correct": at_desk,
    "suggestion.correct_contact": at_desk,
    "session.withdraw": at_desk,
    "import.undo": at_desk | the_operator,
    "suggestion.screen_again": at_desk,
    "suggestion.supplement": anyone,
    "suggestion.merge": at_desk,
    "suggestion.unmerge": at_desk,
    "suggestion.keep_apart": at_desk,
    "suggestion.split": at_desk,
    "suggestion.unsplit": at_desk,
    "suggestion.classify": at_desk,
    "suggestion.assign": at_desk,
    "suggestion.answer": at_desk,
    "suggestion.answer_many": at_desk,
    "suggestion.answer_interim": at_desk,
    "suggestion.lapse": the_clock | the_operator,
    "suggestion.appeal": anyone,
    "suggestion.decide_appeal": leads_here,
    "suggestion.export": heads_above,
    "suggestion.forget": the_operator | oneself,
    "category.load": the_operator,
}

read_by(reads_here, Suggestion, SolicitationSession)
