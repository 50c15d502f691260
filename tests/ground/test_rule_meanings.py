"""A rulebook is not adopted with values that mean nothing: every page that reads them would fail later."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast
from yishiting.ground.common.refused import Refused
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.seasons.actions import adopt_rulebook
from yishiting.ground.seasons.by_level import ENTRIES
from yishiting.ground.seasons.meanings import why_not_value
from yishiting.ground.seasons.models import Rulebook
from yishiting.ground.seasons.rule_kinds import SECTORS
from yishiting.ground.seasons.rules import KINDS
from yishiting.ground.seasons.words import VALUE_NAMES
from yishiting.instruments.ballots.judging import FORMULAS, MAJORITIES

NONSENSE: list[tuple[str, Any]] = [
    ("council.seats_min", "abc"),
    ("council.seats_min", 0),
    ("council.seats_min", 10**9),
    ("council.seats_min", True),
    ("council.seats_max", 3),
    ("vote.majority", "three_quarters_of_present"),
    ("vote.recused_in_quorum", "是"),
    ("meeting.quorum_over", "3/2"),
    ("meeting.quorum_over", "一半"),
    ("council.required_sectors", ["resident", "somebody"]),
    ("council.required_sectors", ["resident", "resident"]),
    ("suggestion.criteria", []),
    ("review.weights", ["1", "1"]),
    ("review.weights", ["1", "2", "0"]),
    ("scoring.criteria", [{"name": "受益人群", "weight": "0", "full": "10"}]),
    ("scoring.criteria", [{"name": "甲", "weight": "1", "full": "10"}, {"name": "甲", "weight": "1", "full": "10"}]),
    ("meeting.ad_hoc_consent", {"community": "社区党组织"}),
    ("meeting.due", [{"kind": "party", "from": "01-01", "to": "03-31"}]),
    ("meeting.due@subdistrict", [{"kind": "review", "from": "12-31", "to": "12-01"}]),
    ("council.seats_max@subdistrict", 5),
    ("debate.rules", "只有一条"),
]


@pytest.mark.parametrize(("key", "value"), NONSENSE)
def test_what_means_nothing_is_refused_and_named(cast: Cast, key: str, value: Any) -> None:
    with pytest.raises(Refused) as refused:
        adopt_rulebook(cast.district, by=cast.sun, year=2027, in_force_from=date(2027, 1, 1), changes={key: value})
    assert KINDS[key.partition("@")[0]].label in str(refused.value)
    assert not Rulebook.objects.filter(year=2027).exists()


def test_the_usual_values_mean_something() -> None:
    assert {
        name: sentence
        for name, (kind, level) in ENTRIES.items()
        if (sentence := why_not_value(kind, kind.at(level).value))
    } == {}


def test_the_names_are_those_the_later_packages_know() -> None:
    assert set(SECTORS) == set(IdentityKind.values)
    assert set(KINDS["vote.majority"].among) == set(MAJORITIES)
    assert set(KINDS["review.satisfaction_formula"].among) == set(FORMULAS)


def test_every_name_that_may_be_chosen_is_called_something() -> None:
    assert [name for kind in KINDS.values() for name in kind.among if name not in VALUE_NAMES] == []
