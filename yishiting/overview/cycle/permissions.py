"""The day is turned by the clock."""

from yishiting.ground.accounts.permissions import the_clock, the_operator
from yishiting.ground.common.predicates import Permissions

MAY: Permissions = {"day.turn": the_clock | the_operator}
