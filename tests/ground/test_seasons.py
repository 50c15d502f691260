"""The year as data: windows in their year, and rules that go on until somebody changes them."""

from datetime import date

import pytest

from tests.cast import OPERATOR, Cast
from yishiting.ground.common.refused import Refused
from yishiting.ground.places.models import Level
from yishiting.ground.seasons.actions import adopt_rulebook, set_window
from yishiting.ground.seasons.models import Season
from yishiting.ground.seasons.queries import open_seasons, rules_for

pytestmark = pytest.mark.django_db
MIN, MAX = "council.seats_min", "council.seats_max"


def test_a_new_year_goes_on_with_the_rules_of_the_old_one(cast: Cast) -> None:
    adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=date(2026, 1, 1), changes={MIN: 12})
    adopt_rulebook(cast.district, by=OPERATOR, year=2027, in_force_from=date(2027, 1, 1), changes={MAX: 14})
    book = rules_for(cast.zaobei, date(2027, 3, 5))
    assert (book.label, book.number(MIN), book.number(MAX)) == ("110105/2027/1", 12, 14)
    assert rules_for(cast.zaobei, date(2026, 12, 31)).number(MAX) == 15


def test_the_first_rules_of_a_subdistrict_start_from_those_of_the_district(cast: Cast) -> None:
    adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=date(2026, 1, 1), changes={MIN: 12})
    adopt_rulebook(cast.maizidian, by=OPERATOR, year=2026, in_force_from=date(2026, 3, 1), changes={MAX: 14})
    book = rules_for(cast.zaobei)
    assert (book.label, book.number(MIN), book.number(MAX)) == ("110105012/2026/1", 12, 14)
    assert (rules_for(cast.anzhen).number(MIN), rules_for(cast.anzhen).number(MAX)) == (12, 80)


def test_a_second_version_changes_only_what_it_names(cast: Cast) -> None:
    for version, changes in enumerate(({MIN: 12}, {MAX: 14}), start=1):
        adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=date(2026, 1, version), changes=changes)
    book = rules_for(cast.zaobei)
    assert (book.label, book.number(MIN), book.number(MAX)) == ("110105/2026/2", 12, 14)


def test_each_level_goes_by_its_own_rules(cast: Cast) -> None:
    usual = [rules_for(place).number(MAX) for place in (cast.zaobei, cast.maizidian, cast.district)]
    assert usual == [15, 80, 200]
    assert rules_for(cast.maizidian).text("meeting.ad_hoc_consent") == "街乡党工委"
    changes = {f"{MAX}@subdistrict": 60, MIN: 12}
    adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=date(2026, 1, 1), changes=changes)
    books = [rules_for(place) for place in (cast.zaobei, cast.maizidian, cast.district)]
    assert [(book.number(MIN), book.number(MAX)) for book in books] == [(12, 15), (12, 60), (12, 200)]
    adopt_rulebook(
        cast.maizidian, by=OPERATOR, year=2026, in_force_from=date(2026, 2, 1), changes={f"{MIN}@community": 11}
    )
    assert [rules_for(place).number(MIN) for place in (cast.zaobei, cast.maizidian)] == [11, 12]


def test_a_rule_of_a_level_there_is_not_is_refused(cast: Cast) -> None:
    for name in ("council.seats_min@village", "vote.majority@district", "council.seats"):
        with pytest.raises(Refused, match="没有这些规则"):
            adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=date(2026, 1, 1), changes={name: 9})


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        (date(2026, 10, 1), date(2027, 1, 15), "year"),
        (date(2025, 12, 1), date(2026, 1, 15), "year"),
        (date(2026, 3, 2), date(2026, 3, 1), "closes"),
    ],
)
def test_a_window_lies_in_its_year(cast: Cast, opens: date, closes: date, field: str) -> None:
    """Only the windows of a day's own year are asked whether it is open."""
    given = {"level": Level.COMMUNITY, "year": 2026, "season": Season.REVIEW, "opens": opens, "closes": closes}
    with pytest.raises(Refused) as refused:
        set_window(cast.district, by=OPERATOR, **given)
    assert refused.value.field == field
    assert open_seasons(cast.zaobei, date(2026, 10, 1)) == {Season.REVIEW}
