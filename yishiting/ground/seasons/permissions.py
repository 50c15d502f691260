"""Predicates about the season: a season opens verbs."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.permissions import the_operator
from yishiting.ground.common.predicates import Permissions, Predicate, place_of
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import holds_above
from yishiting.ground.seasons.models import Season
from yishiting.ground.seasons.queries import open_seasons, special_intake_open


def season_open(*seasons: Season) -> Predicate:
    """One of these seasons is open at the place of the thing."""
    names = "、".join(str(season.label) for season in seasons)
    return Predicate(
        lambda ask: not open_seasons(place_of(ask.thing), ask.today).isdisjoint(seasons),
        format_lazy(_("{names}开放时"), names=names),
        format_lazy(_("这一步在{names}办理，现在还没有开放。开放日期见本地页面上方的时节条。"), names=names),
    )


intake_open = season_open(Season.CONSULTATION) | Predicate(
    lambda ask: special_intake_open(place_of(ask.thing), ask.today),
    _("已开启紧急或特殊征集"),
    _("现在没有开启紧急或特殊征集。"),
)

sets_windows = holds_above(Office.DISTRICT_DIRECTOR, Office.SUBDISTRICT_SECRETARY) | the_operator
opens_specially = holds_above(Office.COMMUNITY_SECRETARY, Office.SUBDISTRICT_SECRETARY, Office.DISTRICT_DIRECTOR)

MAY: Permissions = {
    "season.set_window": sets_windows,
    "season.drop_window": sets_windows,
    "season.open_special": opens_specially,
    "season.amend_special": opens_specially,
    "rulebook.adopt": holds_above(Office.DISTRICT_DIRECTOR) | the_operator,
    "holiday.load": the_operator,
    "holiday.set": holds_above(Office.DISTRICT_DIRECTOR) | the_operator,
}
