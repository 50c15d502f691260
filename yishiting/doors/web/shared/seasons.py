"""The year strip of a place."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link, Season
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.coming_year import AHEAD
from yishiting.ground.seasons.models import Season as SeasonName
from yishiting.ground.seasons.permissions import open_on
from yishiting.ground.seasons.queries import holidays, windows_for
from yishiting.methods.workdays import years_not_known

ANCHORS = {SeasonName.CONSULTATION: "#consultation", SeasonName.DELIVERY: "#delivery", SeasonName.REVIEW: "#review"}


def strip(place: Place, address: str, today: date) -> list[Season]:
    """The three seasons of this year at a place; each leads to its part of the page."""
    return [
        Season(window.get_season_display(), address + ANCHORS[SeasonName(window.season)], window.opens, window.closes)
        for window in windows_for(place, today.year)
    ]


#: The list at the desk where each verb of the season is done.
DONE_AT = {"proposal.table": "desk-proposals", "project.start": "desk-projects", "review.list": "desk-meetings"}


def open_at_desk(request: Request, place: Place, today: date) -> list[Link]:
    """What the season opens for this person, each with the days that are left."""
    return [
        Link(
            _("%(verb)s（还有%(n)s天）") % {"verb": VERBS[code].label, "n": (last - today).days + 1},
            reverse(DONE_AT[code], args=[place.code]),
        )
        for code, last in open_on(place, today).items()
        if VERBS[code].may.why_not(Question(request.actor, place)) is None
    ]


def not_known(today: date) -> list[int]:
    """The years that dates of the next sixty days reach into and whose holidays nobody has announced."""
    return years_not_known(today, today + timedelta(days=AHEAD), holidays())
