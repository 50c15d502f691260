"""Who runs the review: the desk of the place, in the season of review; the ballots are the residents'."""

from yishiting.ground.common.predicates import Permissions
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.seasons.models import Season
from yishiting.ground.seasons.permissions import season_open

in_season = season_open(Season.REVIEW)

MAY: Permissions = {
    "review.list": at_desk & in_season,
    "review.take_vote": at_desk,
    "review.declare": at_desk,
    "review.publicise": at_desk,
}
