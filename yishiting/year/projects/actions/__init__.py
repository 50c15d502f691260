"""Verbs of projects: planning, work, supervision, acceptance."""

from yishiting.year.projects.actions.acceptance import OnPaper, accept_project, note_signatures, sign_acceptance
from yishiting.year.projects.actions.entering import (
    amend_project_entry,
    confirm_project_entry,
    enter_project,
    return_project_entry,
)
from yishiting.year.projects.actions.opening import (
    add_basis,
    open_another,
    open_project,
    open_together,
    remove_basis,
)
from yishiting.year.projects.actions.planning import (
    publicise_plan,
    revise_plan,
    set_supervisors,
    set_team,
    start_project,
    stop_project,
    write_plan,
)
from yishiting.year.projects.actions.sections import set_lead, set_partners, take_up_project
from yishiting.year.projects.actions.supervision import (
    answer_finding,
    confirm_finding,
    raise_finding,
    reject_finding,
)
from yishiting.year.projects.actions.withdrawing import (
    withdraw_completion,
    withdraw_progress,
    withdraw_signature,
)
from yishiting.year.projects.actions.work import complete_project, fail_review, note_progress, pass_review

__all__ = [
    "OnPaper",
    "accept_project",
    "add_basis",
    "amend_project_entry",
    "answer_finding",
    "complete_project",
    "confirm_finding",
    "confirm_project_entry",
    "enter_project",
    "fail_review",
    "note_progress",
    "note_signatures",
    "open_another",
    "open_project",
    "open_together",
    "pass_review",
    "publicise_plan",
    "raise_finding",
    "reject_finding",
    "remove_basis",
    "return_project_entry",
    "revise_plan",
    "set_lead",
    "set_partners",
    "set_supervisors",
    "set_team",
    "sign_acceptance",
    "start_project",
    "stop_project",
    "take_up_project",
    "withdraw_completion",
    "withdraw_progress",
    "withdraw_signature",
    "write_plan",
]
