"""The year strip of a place."""

from datetime import date

from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Link, Season
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.models import Season as SeasonName
from yishiting.ground.seasons.models import Window
from yishiting.ground.seasons.queries import windows_for

ANCHORS = {SeasonName.CONSULTATION: "#consultation", SeasonName.DELIVERY: "#delivery", SeasonName.REVIEW: "#review"}


def strip(place: Place, address: str, today: date) -> list[Season]:
    """The three seasons of this year at a place; each leads to its part of the page."""
    return [
        Season(window.get_season_display(), address + ANCHORS[SeasonName(window.season)], window.opens, window.closes)
        for window in windows_for(place, today.year)
    ]


def open_now(place: Place, windows: list[Window], suggest: str, today: date) -> list[Link]:
    """What a resident can do at a place today."""
    seasons = {window.season for window in windows if window.opens <= today <= window.closes}
    if SeasonName.CONSULTATION in seasons and place.level == Level.COMMUNITY:
        return [Link(_("提建议"), suggest)]
    return []
