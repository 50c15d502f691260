"""Who may change the map of places."""

from yishiting.ground.accounts.permissions import the_operator
from yishiting.ground.common.predicates import Permissions

MAY: Permissions = {
    "place.load": the_operator,
}
