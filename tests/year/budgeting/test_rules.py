"""Bundles as they are written down, and the words of a result."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.ground.common.refused import Refused
from yishiting.methods.budgeting import Rule
from yishiting.methods.errors import Unusable
from yishiting.year.budgeting.actions.opening import ROLL
from yishiting.year.budgeting.rules import (
    Bundle,
    because,
    bundle_differences,
    counted,
    election_of,
    read_bundle,
    read_conflicts,
    said,
    why_not_bundle,
    yuan_text,
)

choices = st.sets(st.integers(1, 9), max_size=5).map(lambda found: tuple(sorted(found)))
ballots = st.lists(st.tuples(choices, st.integers(1, 20)), max_size=12)
bundles = st.builds(Bundle.of, ballots, st.integers(0, 5))


@given(bundles, st.randoms())
def test_what_is_written_is_what_is_read_in_any_order(bundle: Bundle, chance) -> None:
    lines = [f"{' '.join(map(str, numbers)) or '空白'} ×{count}" for numbers, count in bundle.ballots]
    lines += ["废票"] * bundle.invalid
    chance.shuffle(lines)
    assert read_bundle("\n".join(lines)) == bundle


@given(bundles, bundles)
def test_only_equal_bundles_agree(first: Bundle, second: Bundle) -> None:
    assert (bundle_differences(first, second) == ()) is (first == second)


@pytest.mark.parametrize("text", ["1 3 5", "1,3,5", "1、3、5", "1，3，5。"])
def test_people_separate_numbers_as_they_like(text: str) -> None:
    assert read_bundle(text) == Bundle.of([((1, 3, 5), 1)])


def test_a_line_that_says_nothing_is_named() -> None:
    with pytest.raises(Unusable, match="第2行“一号”看不懂"):
        read_bundle("1 2\n一号")


def test_too_many_choices_are_a_spoilt_ballot() -> None:
    assert "按废票录" in why_not_bundle(Bundle.of([((1, 2, 3), 1)]), [1, 2, 3], 2)
    assert why_not_bundle(Bundle.of([((1, 2), 1)]), [1, 2, 3], 2) == ""


def test_conflicts_and_register_as_they_are_written() -> None:
    assert read_conflicts("1 3\n\n2、4、5") == [[1, 3], [2, 4, 5]]
    with pytest.raises(Unusable, match="至少写两个"):
        read_conflicts("2")


def test_the_register_is_written_a_line_a_person_and_the_building_may_be_left_out() -> None:
    assert ROLL.read("张伟 3号楼\n李红\n", None) == [("张伟", "3号楼"), ("李红", "")]
    with pytest.raises(Refused, match="第2行"):
        ROLL.read("张伟\n" + "长" * 41, None)


costs = st.lists(st.integers(1, 9_000_000), min_size=3, max_size=9)


@given(costs, st.integers(1, 20_000_000), ballots, st.sampled_from(["greedy", "greedy-no-skip", "mes", "phragmen"]))
def test_the_money_is_never_overspent_and_every_loser_has_a_sentence(prices, budget, cast, name) -> None:
    options = [(n, f"第{n}件事", cost) for n, cost in enumerate(prices, start=1)]
    known = {number for number, _title, _cost in options}
    inside = [(tuple(n for n in marked if n in known), count) for marked, count in cast]
    result = counted(election_of("表决", budget, options, inside, {}), Rule(name, minimum=Fraction(0)))
    names = {str(number): title for number, title, _cost in options}
    assert Fraction(str(result["cost"])) <= Fraction(budget, 100)
    assert len(result["winners"]) + len(result["losing"]) == len(options)
    assert all(because(one["reason"], names).endswith("。") for one in result["losing"])


def test_amounts_and_ballots_in_words() -> None:
    assert (yuan_text(Fraction(35000)), yuan_text(Fraction("1234.5"))) == ("35,000元", "1,234.50元")
    assert (said((1, 3)), said(())) == ("1、3", "空白")
