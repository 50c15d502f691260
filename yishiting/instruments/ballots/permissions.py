"""Who may prepare, open and count a vote."""

from yishiting.ground.common.predicates import Permissions
from yishiting.ground.organisations.permissions import at_desk, watches_here

#: Whoever watches the desk may be the second pair of eyes.
counts_here = at_desk | watches_here

MAY: Permissions = {
    "poll.prepare": at_desk,
    "poll.open": at_desk,
    "poll.enter_tally": counts_here,
    "poll.void": at_desk,
    "poll.redo_tally": at_desk,
}
