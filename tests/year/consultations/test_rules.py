"""The laws of the arithmetic: nothing lost, nothing counted twice, the same votes give the same bytes."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.year.consultations import rules
from yishiting.year.consultations.questions import (
    RATINGS,
    Question,
    Unfit,
    check,
    counted,
    moved,
    next_key,
    read,
)

CHOICES = st.sampled_from(rules.CHOICES)
NUMBERS = st.integers(1, 40)


@given(st.lists(CHOICES))
def test_a_tally_loses_nobody(choices: list[int]) -> None:
    counts = rules.tally(choices)
    assert counts["agree"] + counts["disagree"] + counts["pass"] == counts["seen"] == len(choices)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, CHOICES), unique_by=lambda row: row[:2]), st.randoms())
def test_the_table_does_not_depend_on_the_order_of_votes(votes: list[tuple[int, int, int]], chance) -> None:
    mixed = list(votes)
    chance.shuffle(mixed)
    table = rules.table_of(votes)
    assert table == rules.table_of(mixed)
    assert len(table.splitlines()) == len(votes) + 1
    back = [tuple(map(int, line.split(","))) for line in table.splitlines()[1:]]
    assert sorted(back) == sorted(votes)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, CHOICES), min_size=1, unique_by=lambda row: row[:2]), st.data())
def test_any_changed_answer_changes_the_hash(votes: list[tuple[int, int, int]], data) -> None:
    at = data.draw(st.integers(0, len(votes) - 1))
    who, number, choice = votes[at]
    other = data.draw(CHOICES.filter(lambda c: c != choice))
    changed = [*votes[:at], (who, number, other), *votes[at + 1 :]]
    assert rules.hash_of(rules.table_of(votes)) != rules.hash_of(rules.table_of(changed))


@given(st.dictionaries(NUMBERS, st.integers(0, 9), max_size=12), st.sets(NUMBERS), st.text())
def test_next_is_one_of_the_least_heard_of_those_left(heard: dict[int, int], answered: set[int], who: str) -> None:
    left = {number: count for number, count in heard.items() if number not in answered}
    found = rules.next_number(heard, answered, who)
    if left:
        assert found in left
        assert heard[found] == min(left.values())
    else:
        assert found is None


@given(st.integers(1, 12), st.text(min_size=1))
def test_everybody_gets_through_every_statement_once(count: int, who: str) -> None:
    heard, seen = dict.fromkeys(range(1, count + 1), 0), []
    while (number := rules.next_number(heard, seen, who)) is not None:
        seen.append(number)
    assert sorted(seen) == list(range(1, count + 1))


def test_people_do_not_all_begin_with_the_same_statement() -> None:
    heard = dict.fromkeys(range(1, 9), 0)
    assert len({rules.next_number(heard, [], f"who{n}") for n in range(40)}) > 4


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60), st.integers(-90, 90))
def test_the_days_include_both_ends(opens: date, length: int, offset: int) -> None:
    closes, today = opens + timedelta(days=length), opens + timedelta(days=offset)
    assert (rules.why_closed(opens, closes, today) == "") == (0 <= offset <= length)


@pytest.mark.parametrize(
    ("text", "others", "why"),
    [
        ("", [], "请写下"),
        ("晚上九点关", ["晚上，九点关！"], "一样"),
        ("八个字的一句话哦", [], "5字以内"),
        ("好", ["不好"], ""),
    ],
)
def test_what_can_stand_as_a_statement(text: str, others: list[str], why: str) -> None:
    found = rules.why_not_this_text(text, others, 5)
    assert found.count(why) if why else found == ""


@given(st.integers(0, 60), st.integers(0, 20))
def test_below_either_measure_there_is_no_map(people: int, statements: int) -> None:
    limits = rules.Limits(80, 5, 3, people_least=20, statements_least=5)
    assert (rules.why_no_map(people, statements, limits) == "") == (people >= 20 and statements >= 5)


OPTIONS = ("甲", "乙", "丙")
FORM = [
    Question("q1", "single", "一", OPTIONS),
    Question("q2", "several", "二", OPTIONS),
    Question("q3", "rating", "三"),
    Question("q4", "text", "四"),
]
ANSWERS = st.fixed_dictionaries(
    {"q1": st.sampled_from(OPTIONS)},
    optional={
        "q2": st.lists(st.sampled_from(OPTIONS), unique=True),
        "q3": st.sampled_from(RATINGS),
        "q4": st.text("好坏 ", max_size=9),
    },
)


@given(st.lists(ANSWERS))
def test_counts_add_up_to_the_answers(given_answers: list[dict]) -> None:
    kept = [check(FORM, one, 500) for one in given_answers]
    one, two, three, four = counted(FORM, kept)
    assert sum(n for _option, n in one.chosen) == one.answered == len(kept)
    assert sum(n for _option, n in two.chosen) == sum(len(answers.get("q2", [])) for answers in kept)
    assert all(n <= two.answered for _option, n in two.chosen)
    assert len(four.texts) == four.answered == sum(1 for answers in kept if "q4" in answers)
    marks = [int(answers["q3"]) for answers in kept if "q3" in answers]
    if marks:
        exact = Fraction(sum(marks), len(marks))
        assert abs(Fraction(three.mean()) - exact) <= Fraction(1, 20)
    else:
        assert three.mean() == ""


@given(ANSWERS)
def test_what_is_kept_is_kept_again_unchanged(answers: dict) -> None:
    kept = check(FORM, answers, 500)
    assert check(FORM, kept, 500) == kept
    assert all(kept.values())


@given(st.integers(0, 3), st.sampled_from([-1, 1]))
def test_moving_there_and_back_changes_nothing(at: int, by: int) -> None:
    key = FORM[at].key
    there = moved(FORM, key, by)
    assert sorted(q.key for q in there) == sorted(q.key for q in FORM)
    if there != FORM:
        assert moved(there, key, -by) == FORM
    else:
        assert at + by in {-1, len(FORM)}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"key": "q1", "kind": "essay", "text": "？"}, "题型"),
        ({"key": "q1", "kind": "text", "text": " "}, "要问的话"),
        ({"key": "q1", "kind": "single", "text": "？", "options": ["一", " "]}, "两个不同的选项"),
        ({"key": "q1", "kind": "several", "text": "？", "options": ["一", "二", "一"]}, "两个选项一样"),
    ],
)
def test_questions_that_cannot_be_asked(row: dict, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        read([row])


def test_keys_are_never_given_twice() -> None:
    assert next_key([]) == "q1"
    assert next_key(FORM[:1] + FORM[3:]) == "q5"
    with pytest.raises(Unfit, match="同一个编号"):
        read([FORM[0].as_dict(), FORM[0].as_dict()])


@pytest.mark.parametrize(
    ("answers", "key"),
    [({"q1": "丁"}, "q1"), ({"q2": ["甲", "丁"]}, "q2"), ({"q3": "0"}, "q3"), ({"q4": "长" * 501}, "q4"), ({}, "")],
)
def test_answers_that_do_not_fit(answers: dict, key: str) -> None:
    with pytest.raises(Unfit) as unfit:
        check(FORM, answers, 500)
    assert unfit.value.key == key
