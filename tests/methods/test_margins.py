"""The margin of error against its definition, and by trying it out."""

from fractions import Fraction
from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods.errors import Unusable
from yishiting.methods.margins import Sample, margin


def test_a_large_population_gives_the_well_known_figures() -> None:
    found = margin(Sample(500, 1000, 1000, 10**9, drawn=True))
    assert found.most == pytest.approx(1.96 * sqrt(0.25 / 1000), abs=1e-4)
    assert (found.low, found.high) == (pytest.approx(0.4691, abs=1e-4), pytest.approx(0.5309, abs=1e-4))


def test_who_came_of_themselves_are_no_sample() -> None:
    found = margin(Sample(80, 100, 400, 2000, drawn=False))
    assert (found.low, found.high, found.most) == (None, None, None)
    assert (found.sure_low, found.sure_high) == (Fraction(1, 5), Fraction(19, 20))
    assert "误差无从计算" in found.sentence()


def test_where_everybody_answered_there_is_no_margin() -> None:
    found = margin(Sample(7, 20, 20, 20, drawn=True))
    assert (found.low, found.high, found.most) == (0.35, 0.35, 0.0)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 40), st.integers(0, 500), st.booleans())
def test_the_share_lies_in_its_interval_and_the_bounds(
    chosen: int, answered: int, silent: int, others: int, drawn: bool
) -> None:
    chosen = min(chosen, answered)
    found = margin(Sample(chosen, answered, answered + silent, answered + silent + others, drawn))
    assert found.sure_low <= found.share <= found.sure_high
    if found.low is not None and found.high is not None:
        assert 0 <= found.low <= float(found.share) + 1e-12
        assert float(found.share) - 1e-12 <= found.high <= 1


def test_in_nineteen_of_twenty_draws_the_truth_lies_inside() -> None:
    people = [1] * 150 + [0] * 350
    dice, inside = Random(4), 0
    for _ in range(1000):
        chosen = sum(dice.sample(people, 80))
        found = margin(Sample(chosen, 80, 80, 500, drawn=True))
        inside += found.low <= 0.3 <= found.high
    assert 925 <= inside <= 985


@pytest.mark.parametrize("numbers", [(5, 4, 4, 9), (1, 5, 4, 9), (1, 4, 10, 9), (0, 0, 4, 9), (-1, 4, 4, 9)])
def test_numbers_that_contradict_each_other_are_refused(numbers: tuple[int, int, int, int]) -> None:
    with pytest.raises(Unusable):
        margin(Sample(*numbers, drawn=True))


@pytest.mark.parametrize("confidence", [Fraction(0), Fraction(1), 1 - Fraction(1, 10**20)])
def test_a_confidence_without_a_margin_is_refused(confidence: Fraction) -> None:
    with pytest.raises(Unusable, match="置信度"):
        margin(Sample(1, 4, 4, 9, drawn=True), confidence)
