"""Who may change the map of places."""

from yishiting.ground.accounts.permissions import the_operator
from yishiting.ground.common.asking import Permissions

MAY: Permissions = {
    "place.load": the_operator,
}
