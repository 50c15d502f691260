"""Due meetings, notice in working days, quorum, order, minutes."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods.votes import VoteBase, VoteRule
from yishiting.methods.workdays import Holidays, national_holidays
from yishiting.year.meetings.rules import (
    ItemFacts,
    MeetingFacts,
    TaskFacts,
    draft_minutes,
    due_in,
    moved,
    numbered,
    why_no_quorum,
    why_not_on,
)

RULE = VoteRule(Fraction(1, 2), True, VoteBase.PRESENT, Fraction(1, 2), True, True)


def test_due_meetings_come_from_the_table_in_order() -> None:
    table = [
        {"kind": "review", "from": "11-01", "to": "12-31"},
        {"kind": "deliberation", "from": "01-01", "to": "03-31"},
    ]
    found = due_in(2026, table)
    assert [(due.kind, due.opens, due.closes) for due in found] == [
        ("deliberation", date(2026, 1, 1), date(2026, 3, 31)),
        ("review", date(2026, 11, 1), date(2026, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("today", "meeting", "says"),
    [
        (date(2026, 3, 5), date(2026, 3, 10), None),
        (date(2026, 3, 5), date(2026, 3, 9), "只有2个工作日"),
        (date(2026, 9, 29), date(2026, 10, 8), "只有2个工作日"),
        (date(2026, 3, 5), date(2026, 3, 4), "不能倒填"),
    ],
)
def test_notice_is_counted_in_working_days(today: date, meeting: date, says: str | None) -> None:
    sentence = why_not_on(meeting, today, 3, national_holidays())
    assert (sentence is None) if says is None else (sentence is not None and says in sentence)


def test_the_refusal_names_the_first_day_that_is_possible() -> None:
    assert "3月10日（周二）或以后" in str(why_not_on(date(2026, 3, 6), date(2026, 3, 5), 3, Holidays()))


@pytest.mark.parametrize(
    ("due", "present", "enough"), [(12, 6, False), (12, 7, True), (11, 5, False), (11, 6, True), (1, 0, False)]
)
def test_the_edge_of_the_quorum(due: int, present: int, enough: bool) -> None:
    assert (why_no_quorum(due, present, RULE) is None) == enough


def test_the_sentence_says_how_many_are_missing() -> None:
    assert why_no_quorum(12, 5, RULE) == "应到12人，实到5人，须到会7人，还差2人，不能表决。"


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_loses_nobody_and_puts_the_one_where_asked(keys: list[int], data: st.DataObject) -> None:
    key, place = data.draw(st.sampled_from(keys)), data.draw(st.integers(-3, 30))
    result = moved(keys, key, place)
    assert sorted(result) == sorted(keys)
    assert result.index(key) == min(max(place, 1), len(keys)) - 1
    assert [k for k in result if k != key] == [k for k in keys if k != key]


def test_numbers_of_items_as_they_are_written() -> None:
    assert [numbered(n) for n in (1, 10, 11, 20, 34)] == ["一", "十", "十一", "二十", "三十四"]


def test_minutes_say_what_happened() -> None:
    text = draft_minutes(
        MeetingFacts(
            title="审议会",
            began=datetime(2026, 3, 20, 14, 0),
            ended=datetime(2026, 3, 20, 15, 30),
            venue="会议室",
            chair="王建国",
            recorder="",
            rules="usual/2026",
            due=12,
            present=["李明", "王芳"],
            excused=["马超"],
            absent=[],
            observers=["张律师（律师）"],
            items=[
                ItemFacts(
                    "审议表决",
                    "停车",
                    "改12个车位",
                    "有人担心绿地",
                    "赞成 8；通过。",
                    "枣营北里社区议〔2026〕1号",
                    "举手表决",
                    ("林芳（住一层）",),
                ),
                ItemFacts("听取报告", "去年的事", "", "", "会议听取了通报。"),
            ],
            tasks=[TaskFacts("量车位", "刘芳", date(2026, 4, 1))],
        )
    )
    for words in (
        "时间：2026年3月20日（周五）14:00—15:30",
        "应到12人，实到2人，列席1人",
        "请假：马超",
        "一、停车（审议表决）",
        "回避：林芳（住一层）",
        "决议编号：枣营北里社区议〔2026〕1号",
        "二、去年的事（听取报告）",
        "1. 量车位（刘芳，4月1日（周三）前）",
    ):
        assert words in text
    assert "缺席" not in text
