"""Predicates about the season: a season opens verbs."""

from collections.abc import Mapping
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.permissions import the_operator
from yishiting.ground.common.predicates import Permissions, Predicate, place_of
from yishiting.ground.organisations.permissions import heads_above, heads_the_district, holds_above
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.models import Season
from yishiting.ground.seasons.queries import open_seasons, windows_for


def season_open(*seasons: Season) -> Predicate:
    """One of these seasons is open at the place of the thing."""
    names = "、".join(str(season.label) for season in seasons)
    return Predicate(
        lambda ask: not open_seasons(place_of(ask.thing), ask.today).isdisjoint(seasons),
        format_lazy(_("{names}开放时"), names=names),
        format_lazy(_("这一步在{names}办理，现在还没有开放。开放日期见本地页面上方的时节条。"), names=names),
    )


#: The one table of what each season opens; whatever stands nowhere here is done all the year round. Verbs, the year
#: strip and docs/the-year.md are made from it.
OPENS: Mapping[Season, tuple[str, ...]] = {
    Season.CONSULTATION: ("proposal.table",),
    Season.DELIVERY: ("project.start",),
    Season.REVIEW: ("proposal.table", "project.start", "review.list"),
}


def in_its_season(code: str) -> Predicate:
    """One of the seasons that open this verb is open at the place of the thing."""
    return season_open(*(season for season, codes in OPENS.items() if code in codes))


def open_on(place: Place, day: date) -> dict[str, date]:
    """The verbs of the table that are open at a place on a day, each with the last day on which it is."""
    found: dict[str, date] = {}
    for window in windows_for(place, day.year):
        if window.opens <= day <= window.closes:
            for code in OPENS[Season(window.season)]:
                found[code] = max(window.closes, found.get(code, window.closes))
    return found


sets_windows = holds_above(*DESKS[Level.DISTRICT].heads, *DESKS[Level.SUBDISTRICT].heads) | the_operator

MAY: Permissions = {
    "season.set_window": sets_windows,
    "season.drop_window": sets_windows,
    "season.set_year": heads_the_district | the_operator,
    "season.open_special": heads_above,
    "season.amend_special": heads_above,
    "season.end_special": heads_above,
    "rulebook.adopt": heads_the_district | the_operator,
    "rulebook.carry_on": heads_the_district | the_operator,
    "holiday.load": the_operator,
    "holiday.set": heads_the_district | the_operator,
    "holiday.announce": heads_the_district | the_operator,
}
