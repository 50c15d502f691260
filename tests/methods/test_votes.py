"""Votes: the numbers people argue about, and the laws of a majority."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.votes import VoteBase, VoteCount, VoteOutcome, VoteRule, decide, has_quorum, least

HALF = Fraction(1, 2)
OF_PRESENT = VoteRule(HALF, True, VoteBase.PRESENT, HALF, True, True)
OF_ALL = replace(OF_PRESENT, base=VoteBase.ALL)
OF_CAST = replace(OF_PRESENT, base=VoteBase.CAST)
TWO_THIRDS = replace(OF_PRESENT, share=Fraction(2, 3), over=False)


@pytest.mark.parametrize(("for_", "passed"), [(9, False), (10, True)])
def test_two_thirds_of_fourteen_is_ten(for_, passed):
    assert decide(VoteCount(15, 14, for_, 14 - for_), TWO_THIRDS).passed is passed


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [(OF_PRESENT, VoteOutcome.NOT_PASSED), (OF_ALL, VoteOutcome.NOT_PASSED), (OF_CAST, VoteOutcome.PASSED)],
)
def test_the_base_decides_what_an_abstention_does(rule, outcome):
    assert decide(VoteCount(15, 14, 7, 3, abstained=4), rule).outcome is outcome


def test_over_half_of_all_counts_those_who_stayed_away():
    assert decide(VoteCount(15, 8, 8, 0), OF_ALL).passed
    assert not decide(VoteCount(16, 9, 8, 1), OF_ALL).passed


@pytest.mark.parametrize("rule", [OF_PRESENT, OF_ALL, OF_CAST, replace(OF_CAST, over=False)])
def test_a_tie_is_not_passed(rule):
    assert decide(VoteCount(14, 14, 7, 7), rule).outcome is VoteOutcome.TIED


def test_recusal_lowers_the_base():
    assert not decide(VoteCount(15, 14, 7, 5, abstained=2), OF_PRESENT).passed
    recused = decide(VoteCount(15, 14, 7, 5, abstained=1, recused_present=1), OF_PRESENT)
    assert (recused.base, recused.needed, recused.passed) == (13, 7, True)
    assert "回避 1 人" in recused.sentence
    absent = decide(VoteCount(15, 13, 7, 6, recused_present=0, recused_absent=2), OF_ALL)
    assert (absent.base, absent.needed) == (13, 7)


def test_without_quorum_there_is_no_decision():
    count = VoteCount(15, 7, 7, 0)
    found = decide(count, OF_PRESENT)
    assert found.outcome is VoteOutcome.NO_QUORUM
    assert "法定人数为 8 人" in found.sentence
    assert not decide(VoteCount(0, 0, 0, 0), replace(OF_PRESENT, quorum=Fraction(0), quorum_over=False)).passed


def test_whether_the_recused_make_the_quorum_is_a_rule():
    count = VoteCount(15, 8, 5, 1, recused_present=2)
    assert has_quorum(count, OF_PRESENT)
    assert not has_quorum(count, replace(OF_PRESENT, recused_in_quorum=False))


@pytest.mark.parametrize(
    ("count", "part"),
    [
        (VoteCount(10, 11, 1, 0), "多于应到"),
        (VoteCount(10, 8, 5, 4), "多于实到"),
        (VoteCount(10, 8, 5, 2, recused_present=2), "多于实到"),
        (VoteCount(10, 8, 5, -1), "负"),
        (VoteCount(10, 8, 5, 0, recused_absent=3), "缺席"),
    ],
)
def test_a_count_that_cannot_be_is_refused(count, part):
    with pytest.raises(Unusable, match=part):
        decide(count, OF_PRESENT)


def test_the_result_is_json_with_its_rule():
    kept = json.loads(json.dumps(decide(VoteCount(15, 14, 10, 2, 1), TWO_THIRDS).as_dict()))
    assert (kept["rule"]["share"], kept["rule"]["base"], kept["count"]["silent"]) == ("2/3", "present", 1)


@st.composite
def counts(draw):
    members = draw(st.integers(1, 40))
    present = draw(st.integers(0, members))
    recused = draw(st.integers(0, present))
    able = present - recused
    in_favour = draw(st.integers(0, able))
    against = draw(st.integers(0, able - in_favour))
    abstained = draw(st.integers(0, able - in_favour - against))
    return VoteCount(members, present, in_favour, against, abstained, recused, draw(st.integers(0, members - present)))


SHARES = st.fractions(0, 1, max_denominator=8)
RULES = st.builds(VoteRule, SHARES, st.booleans(), st.sampled_from(VoteBase), SHARES, st.booleans(), st.booleans())


@given(counts(), RULES)
def test_nothing_passes_without_quorum_majority_and_more_for_than_against(count, rule):
    found = decide(count, rule)
    if found.passed:
        assert has_quorum(count, rule)
        assert count.in_favour > count.against
        assert count.in_favour > rule.share * found.base if rule.over else count.in_favour >= rule.share * found.base
    elif found.outcome is VoteOutcome.NOT_PASSED:
        assert count.in_favour < found.needed or count.in_favour < count.against


@given(counts(), RULES)
def test_a_vote_turned_from_against_to_for_never_loses_the_motion(count, rule):
    if count.against and decide(count, rule).passed:
        assert decide(replace(count, in_favour=count.in_favour + 1, against=count.against - 1), rule).passed


@given(counts(), RULES)
def test_over_half_cannot_pass_both_the_motion_and_its_opposite(count, rule):
    turned = replace(count, in_favour=count.against, against=count.in_favour)
    assert not (decide(count, rule).passed and decide(turned, rule).passed)


@given(SHARES, st.integers(0, 500), st.booleans())
def test_the_least_number_is_enough_and_one_less_is_not(share, base, over):
    n = least(share, base, over=over)
    assert n > share * base if over else n >= share * base
    assert not (n - 1 > share * base if over else n - 1 >= share * base)
