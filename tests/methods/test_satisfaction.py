"""Satisfaction: three formulas that disagree, an exact gate, and silence below five answers."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.exact import decimal, percent, share
from yishiting.methods.satisfaction import Answers, Formula, Grade, SatisfactionRule, satisfaction

GATE = Fraction(95, 100)
OF_VALID = SatisfactionRule(Formula.SHARE_OF_VALID, GATE, 5)
WEIGHTED = SatisfactionRule(Formula.WEIGHTED, GATE, 5, (Fraction(1), Fraction(9, 10), Fraction(0)))
OF_ALL = SatisfactionRule(Formula.OVER_HALF_OF_ALL, None, 5)


def test_the_three_formulas_give_three_answers():
    answers = Answers(40, 56, 4, members=200)
    assert satisfaction(answers, OF_VALID).percentage == "96.00%"
    assert satisfaction(answers, WEIGHTED).percentage == "90.40%"
    assert satisfaction(answers, OF_ALL).grade is Grade.DISSATISFIED


@pytest.mark.parametrize(
    ("satisfied", "mostly", "grade"),
    [(15, 0, Grade.SATISFIED), (14, 1, Grade.MOSTLY), (14, 0, Grade.DISSATISFIED), (0, 15, Grade.MOSTLY)],
)
def test_exactly_half_of_all_is_not_over_half(satisfied, mostly, grade):
    assert satisfaction(Answers(satisfied, mostly, 28 - satisfied - mostly, members=28), OF_ALL).grade is grade


def test_just_under_the_gate_does_not_pass_and_is_not_shown_as_passing():
    under = satisfaction(Answers(9496, 0, 504), OF_VALID)
    assert (under.percentage, under.passed) == ("94.96%", False)
    close = satisfaction(Answers(94_996, 0, 5_004), OF_VALID)
    assert (close.percentage, close.passed) == ("94.99%", False)
    assert satisfaction(Answers(19, 0, 1), OF_VALID).passed is True


@pytest.mark.parametrize("valid", range(5))
def test_below_five_answers_there_is_no_percentage(valid):
    for rule in (OF_VALID, WEIGHTED, OF_ALL):
        found = satisfaction(Answers(valid, 0, 0, unrated=7, members=20), rule)
        assert (found.rate, found.percentage, found.passed, found.grade) == (None, None, None, None)
        assert "不计算百分比" in found.sentence
        assert "%" not in found.sentence


def test_nothing_answered_is_no_percentage_even_without_a_lower_bound():
    assert satisfaction(Answers(0, 0, 0), replace(OF_VALID, fewest_valid=0)).rate is None


@pytest.mark.parametrize(
    ("answers", "rule", "part"),
    [
        (Answers(-1, 0, 9), OF_VALID, "负"),
        (Answers(9, 0, 2, present=10), OF_VALID, "多于实到"),
        (Answers(9, 0, 2), OF_ALL, "应到"),
        (Answers(9, 0, 2), replace(WEIGHTED, weights=(Fraction(2), Fraction(1), Fraction(0))), "权重"),
    ],
)
def test_answers_that_cannot_be_are_refused(answers, rule, part):
    with pytest.raises(Unusable, match=part):
        satisfaction(answers, rule)


def test_the_result_is_json_with_counts_formula_and_rule():
    kept = json.loads(json.dumps(satisfaction(Answers(40, 56, 4, present=110), WEIGHTED).as_dict()))
    assert kept["rate"] == {"exact": "113/125", "decimal": "0.9040"}
    assert kept["rule"] == {"formula": "weighted", "gate": "19/20", "fewest_valid": 5, "weights": ["1", "9/10", "0"]}
    assert kept["answers"]["valid"] == 100
    assert "9/10×基本满意" in kept["sentence"]


ANSWERS = st.builds(
    lambda s, m, d, u, away: Answers(s, m, d, u, s + m + d + u + away),
    *[st.integers(0, 300)] * 5,
)
RULES = st.builds(
    lambda formula, gate, least, w: SatisfactionRule(formula, gate, least, tuple(sorted(w, reverse=True))),
    st.sampled_from(Formula),
    st.none() | st.fractions(0, 1, max_denominator=200),
    st.integers(1, 8),
    st.lists(st.fractions(0, 1, max_denominator=10), min_size=3, max_size=3),
)


@given(ANSWERS, RULES)
def test_the_rate_is_a_share_the_gate_exact_and_the_text_never_crosses_it(answers, rule):
    found = satisfaction(answers, rule)
    if found.rate is not None:
        assert 0 <= found.rate <= 1
        shown = Fraction(found.percentage.removesuffix("%")) / 100
        assert abs(shown - found.rate) < Fraction(1, 10_000)
        if rule.gate is not None:
            assert found.passed == (found.rate >= rule.gate)
            assert found.passed or shown < rule.gate


@given(ANSWERS, RULES)
def test_a_better_answer_never_lowers_the_rate(answers, rule):
    if answers.dissatisfied and (before := satisfaction(answers, rule)).rate is not None:
        better = replace(answers, dissatisfied=answers.dissatisfied - 1, mostly=answers.mostly + 1)
        best = replace(answers, dissatisfied=answers.dissatisfied - 1, satisfied=answers.satisfied + 1)
        assert before.rate <= satisfaction(better, rule).rate <= satisfaction(best, rule).rate


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_stays_within_half_a_unit(number, places):
    text = decimal(number, places)
    assert abs(Fraction(text) - number) <= Fraction(1, 2 * 10**places)
    assert len(text.partition(".")[2]) == places


def test_shares_are_read_as_people_write_them():
    assert [share(text) for text in ("95%", "19/20", 0.95, "0.95", "９5％")] == [GATE] * 5
    assert percent(Fraction(2, 3)) == "66.67%"
    for text in ("", "3/0", "多数", None):
        with pytest.raises(Unusable):
            share(text)
