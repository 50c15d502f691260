"""The verbs of the directors' meeting."""

from yishiting.year.directors.actions.sittings import (
    add_topic,
    amend_sitting,
    begin_sitting,
    call_sitting,
    cancel_sitting,
    conclude,
    issue_minutes,
    name_leaders,
    put_down,
    take_off,
)

__all__ = [
    "add_topic",
    "amend_sitting",
    "begin_sitting",
    "call_sitting",
    "cancel_sitting",
    "conclude",
    "issue_minutes",
    "name_leaders",
    "put_down",
    "take_off",
]
