"""Who may prepare, open and count a vote."""

from yishiting.ground.common.predicates import Permissions
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import at_community_desk, holds_here

#: Whoever supervises the community's affairs may be the second pair of eyes.
counts_here = at_community_desk | holds_here(Office.COMMUNITY_SUPERVISOR)

MAY: Permissions = {
    "poll.prepare": at_community_desk,
    "poll.open": at_community_desk,
    "poll.enter_tally": counts_here,
    "poll.void": at_community_desk,
}
