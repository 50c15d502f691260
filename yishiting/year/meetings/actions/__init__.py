"""The verbs of a meeting, from the plan to the published minutes."""

from yishiting.year.meetings.actions.agenda import add_item, amend_item, move_item, note_item, put_off_item, remove_item
from yishiting.year.meetings.actions.announcing import announce_again
from yishiting.year.meetings.actions.minutes import (
    approve_minutes,
    assign_task,
    correct_task,
    finish_task,
    publish_minutes,
    reopen_task,
    write_minutes,
)
from yishiting.year.meetings.actions.planning import (
    amend_meeting,
    cancel_meeting,
    convene_meeting,
    invite,
    plan_meeting,
    postpone_meeting,
    withdraw_invitation,
)
from yishiting.year.meetings.actions.sitting import (
    acknowledge_rules,
    close_meeting,
    excuse,
    open_meeting,
    sign_in,
    take_attendance,
)
from yishiting.year.meetings.actions.voting import decide_item, put_to_vote, take_notes

__all__ = [
    "acknowledge_rules",
    "add_item",
    "amend_item",
    "amend_meeting",
    "announce_again",
    "approve_minutes",
    "assign_task",
    "cancel_meeting",
    "close_meeting",
    "convene_meeting",
    "correct_task",
    "decide_item",
    "excuse",
    "finish_task",
    "invite",
    "move_item",
    "note_item",
    "open_meeting",
    "plan_meeting",
    "postpone_meeting",
    "publish_minutes",
    "put_off_item",
    "put_to_vote",
    "remove_item",
    "reopen_task",
    "sign_in",
    "take_attendance",
    "take_notes",
    "withdraw_invitation",
    "write_minutes",
]
