"""Predicates about the season: a season opens verbs."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.permissions import the_operator
from yishiting.ground.common.predicates import Permissions, Predicate, place_of
from yishiting.ground.organisations.permissions import heads_above, holds_above
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level
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

heads_the_district = holds_above(*DESKS[Level.DISTRICT].heads)
sets_windows = holds_above(*DESKS[Level.DISTRICT].heads, *DESKS[Level.SUBDISTRICT].heads) | the_operator

MAY: Permissions = {
    "season.set_window": sets_windows,
    "season.drop_window": sets_windows,
    "season.open_special": heads_above,
    "season.amend_special": heads_above,
    "rulebook.adopt": heads_the_district | the_operator,
    "holiday.load": the_operator,
    "holiday.set": heads_the_district | the_operator,
}
