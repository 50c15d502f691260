"""Lines of a sheet, and two keyings of the same paper."""

from hypothesis import given
from hypothesis import strategies as st

from yishiting.ground.seasons.rules import KINDS, Book
from yishiting.year.scoring.rules import (
    Line,
    differences,
    full_total,
    rule_of,
    rule_record,
    the_lot,
    why_not_line,
)

BOOK = Book("usual/2026", {key: kind.value for key, kind in KINDS.items()})
KEPT = rule_record(BOOK, None)
RULE = rule_of(KEPT)
NAMES = {"a": "甲事", "b": "乙事"}
marks = st.one_of(st.none(), st.decimals(0, 10, places=1).map(str))
line = st.one_of(st.builds(Line, st.tuples(marks, marks, marks)), st.just(Line((), recused=True)))
sheets = st.fixed_dictionaries({"a": line, "b": line})


def test_full_marks_come_to_a_hundred() -> None:
    assert full_total(KEPT) == 100


@given(sheets)
def test_a_keying_agrees_with_itself(lines) -> None:
    assert differences("张三", NAMES, lines, lines, RULE) == ()
    assert all(why_not_line(one, RULE, "甲事", whole=False) == "" for one in lines.values())


@given(sheets, sheets)
def test_two_keyings_agree_only_when_they_say_the_same(first, second) -> None:
    same = all(
        first[key].recused == second[key].recused
        and [m and float(m) for m in first[key].marks] == [m and float(m) for m in second[key].marks]
        for key in NAMES
    )
    assert (differences("张三", NAMES, first, second, RULE) == ()) is same


def test_a_line_left_out_is_a_blank_line() -> None:
    blank = Line((None, None, None))
    assert (
        differences("张三", NAMES, {"a": Line(("1", "2", "3"))}, {"a": Line(("1", "2", "3")), "b": blank}, RULE) == ()
    )


def test_who_stands_aside_gives_no_marks() -> None:
    assert "请不要再打分" in why_not_line(Line(("1", "2", "3"), recused=True), RULE, "甲事", whole=True)


def test_the_order_of_the_list_cannot_be_chosen() -> None:
    one = the_lot("打分", ["乙", "甲"], "3D", "2026-03-12")
    assert one.fingerprint() == the_lot("打分", ["甲", "乙"], "3D", "2026-03-12").fingerprint()
