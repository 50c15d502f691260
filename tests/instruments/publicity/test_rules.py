"""Masking, and when a notice may close."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.instruments.publicity import rules


@given(st.text(st.characters(categories=("Lo",)), min_size=1, max_size=6))
def test_only_the_surname_stays(name: str) -> None:
    masked = rules.mask_name(name)
    assert masked[0] == name[0]
    assert set(masked[1:]) == {"*"}
    assert len(masked) == max(len(name), 2)


@given(st.text("0123456789", max_size=14))
def test_a_phone_never_shows_more_than_seven_digits(phone: str) -> None:
    masked = rules.mask_phone(phone)
    assert len(masked) == len(phone)
    assert sum(c.isdigit() for c in masked) <= 7
    assert "*" in masked or not phone


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("枣营北里12号楼3单元502室", "枣营北里12号楼"),
        ("枣营北里12号楼3单元502", "枣营北里12号楼"),
        ("枣营北里12号楼", "枣营北里12号楼"),
    ],
)
def test_an_address_ends_at_the_building(said: str, published: str) -> None:
    assert rules.mask_address(said) == published


def test_a_table_is_masked_for_good_and_must_be_even() -> None:
    table = {
        "columns": ["姓名", "电话", "备注"],
        "rows": [["王建国", "13800000003", "另有13900000009"]],
        "mask": {"姓名": "name", "电话": "phone"},
    }
    assert rules.masked_table(table) == {
        "columns": ["姓名", "电话", "备注"],
        "rows": [["王**", "138****0003", "另有139********"]],
    }
    with pytest.raises(ValueError, match="shorter"):
        rules.masked_table({"columns": ["姓名", "楼"], "rows": [["王建国"]]})
    with pytest.raises(ValueError, match="no column"):
        rules.masked_table({**table, "mask": {"名字": "name"}})


def test_an_identity_number_is_not_published() -> None:
    assert rules.why_not_publish("名单", "110105194912310024") is not None
    assert rules.why_not_publish("名单", "第12345678901234567号文件") is None


def test_a_notice_runs_its_days_out_and_waits_for_answers() -> None:
    last = date(2026, 3, 12)
    assert "3月12日" in str(rules.why_not_close(last, 0, last))
    assert "还有2件" in str(rules.why_not_close(last, 2, date(2026, 3, 13)))
    assert rules.why_not_close(last, 0, date(2026, 3, 13)) is None


def test_the_outcome_names_the_number_and_each_answer() -> None:
    assert rules.outcome([]) == "公示期间没有收到异议。"
    said = rules.outcome(
        [
            rules.Answered("2600000017", True, "情况属实，取消资格。"),
            rules.Answered("2600000025", False, "经核实在本社区居住。"),
        ]
    )
    assert said.startswith("公示期间收到异议2件，处理如下：")
    assert "2600000017：异议成立。情况属实" in said
    assert "2600000025：异议不成立。经核实" in said
