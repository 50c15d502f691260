"""Who runs the review: the desk of the place, in the season of review; the ballots are the residents'."""

from yishiting.ground.common.predicates import Permissions
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.seasons.permissions import in_its_season

in_season = in_its_season("review.list")

MAY: Permissions = {
    "review.list": at_desk & in_season,
    "review.take_vote": at_desk,
    "review.declare": at_desk,
    "review.publicise": at_desk,
}
