"""Names in the order people expect them on a list of candidates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods.strokes import by_strokes, strokes, without_strokes


def test_strokes_are_counted_in_the_mainland_way() -> None:
    counts = {
        "丁": 2,
        "马": 3,
        "王": 4,
        "孙": 6,
        "刘": 6,
        "陈": 7,
        "李": 7,
        "张": 7,
        "郑": 8,
        "周": 8,
        "赵": 9,
        "钱": 10,
        "魏": 17,
    }
    assert {character: strokes(character) for character in counts} == counts
    assert strokes("🙂") is None


@pytest.mark.parametrize(
    ("character", "count"),
    [("曌", 16), ("暐", 13), ("媭", 12), ("䶮", 9), ("𠮷", 6), ("國", 11), ("皙", 13), ("𬍛", 9)],
)
def test_rare_characters_have_strokes_too(character: str, count: int) -> None:
    assert strokes(character) == count


def test_a_rare_surname_stands_among_as_many_strokes() -> None:
    names = ["Smith", "曌明", "买买提·艾力", "國安", "丁一", "魏国强"]
    assert sorted(names, key=by_strokes) == ["丁一", "买买提·艾力", "國安", "曌明", "魏国强", "Smith"]
    assert without_strokes(names) == ["Smith"]


def test_a_list_of_candidates() -> None:
    names = ["魏国强", "王建国", "李明", "丁一", "陈静", "王一", "刘芳", "张伟", "赵立"]
    assert sorted(names, key=by_strokes) == ["丁一", "王一", "王建国", "刘芳", "李明", "张伟", "陈静", "赵立", "魏国强"]


@given(st.lists(st.text("王李刘丁🙂a明 ", max_size=4)))
def test_any_text_can_be_ordered_and_blanks_do_not_matter(names: list[str]) -> None:
    assert sorted(names, key=by_strokes) == sorted(names, key=lambda name: by_strokes(f" {name} "))
