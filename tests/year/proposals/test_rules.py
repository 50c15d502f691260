"""Differences shown, who may lead, which outcome follows from a vote."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.year.proposals.rules import (
    Piece,
    difference,
    pending_until,
    whole_text,
    why_not_outcome,
)

TEXT = st.text(alphabet="楼前绿地改车位，。12 a\n", max_size=40)


@given(TEXT, TEXT)
def test_the_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after
    assert all(p.text for p in pieces)


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.kind == "same" for piece in difference(text, text))


def test_numbers_change_whole() -> None:
    assert difference("改建12个车位。", "改建10个车位。") == [
        Piece("same", "改建"),
        Piece("removed", "12"),
        Piece("added", "10"),
        Piece("same", "个车位。"),
    ]


def test_the_text_put_to_the_council_names_its_parts() -> None:
    words = {"title": "停车", "situation": "车多。", "measures": "画线。", "beneficiaries": ""}
    assert whole_text(words) == "情况：车多。\n办理建议：画线。"


def test_pending_lasts_so_many_days() -> None:
    assert pending_until(date(2026, 3, 20), 60) == date(2026, 5, 19)


@pytest.mark.parametrize(
    ("carried", "to", "reason", "field"),
    [
        (True, "adopted", "", None),
        (True, "declined", "不喜欢", "to"),
        (False, "adopted", "", "to"),
        (False, "pending", " ", "reason"),
        (False, "pending", "车位分法有分歧", None),
        (False, "declined", "绿地不能动", None),
    ],
)
def test_the_outcome_follows_from_the_vote(carried: bool, to: str, reason: str, field: str | None) -> None:
    wrong = why_not_outcome(carried, to, reason)
    assert (wrong[0] if wrong else None) == field
