"""Who changes places: the heads of the district, and whoever runs the system."""

from yishiting.ground.accounts.permissions import the_clock
from yishiting.ground.common.predicates import Permissions
from yishiting.ground.organisations.permissions import heads_the_district, runs_the_system

changes_places = heads_the_district | runs_the_system

MAY: Permissions = {
    "place.rename": changes_places,
    "place.merge": changes_places,
    "place.split_off": changes_places,
    "place.close": changes_places,
    "place.move": changes_places,
    "place.become_community": changes_places,
    "place.found": changes_places,
    "place_change.take_effect": changes_places | the_clock,
    "place_change.amend": changes_places,
    "place_change.withdraw": changes_places,
}
