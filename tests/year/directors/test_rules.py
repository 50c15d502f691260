"""Which projects depart from the council's order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.year.directors.rules import departures

COUNCIL = {"a": 1, "b": 2, "c": 3, "d": 4, "e": None}


@pytest.mark.parametrize(
    ("plan", "departing"),
    [
        ("abcde", ""),
        ("abcd", ""),
        ("ab", ""),
        ("bacd", "b"),
        ("dabc", "d"),
        ("bcda", "a"),
        ("abd", "c"),
        ("cd", "ab"),
        ("e", "abcd"),
        ("dcba", "dcb"),
        ("", ""),
    ],
)
def test_the_fewest_moves_and_what_was_left_out(plan: str, departing: str) -> None:
    assert departures(COUNCIL, list(plan)) == set(departing)


def test_equals_may_stand_either_way() -> None:
    assert departures({"a": 1, "b": 1, "c": 3}, ["b", "a", "c"]) == set()


@given(st.permutations(list("abcdef")), st.integers(0, 6))
def test_without_those_that_depart_the_orders_agree(order: list[str], taken: int) -> None:
    council = {key: n for n, key in enumerate("abcdef", start=1)}
    plan = order[:taken]
    departing = departures(council, plan)
    kept = [key for key in plan if key not in departing]
    assert kept == sorted(kept), "what does not depart stands as the council put it"
    assert len(kept) >= min(1, len(plan))
    lowest = max((council[key] for key in plan), default=0)
    assert {key for key in council if key not in plan and council[key] < lowest} <= departing
