"""What is masked stays masked, however it was written down."""

import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.ground.common.masking import NARROW, mask_name, mask_phone, private_parts, public_words

PAIRS = [
    line.partition(" → ")[::2]
    for line in Path(__file__).with_name("masking_pairs.txt").read_text(encoding="utf8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("said", "shown"), PAIRS)
def test_what_reaches_a_person_is_hidden_and_nothing_else(said: str, shown: str) -> None:
    assert public_words(said) == (shown or said)


def test_enough_is_tried_both_ways() -> None:
    hidden = sum(bool(shown) for _said, shown in PAIRS)
    assert (hidden >= 60, len(PAIRS) - hidden >= 60) == (True, True)


@pytest.mark.parametrize(("said", "shown"), [pair for pair in PAIRS if pair[1]])
def test_what_was_hidden_stays_hidden_and_is_hidden_once(said: str, shown: str) -> None:
    assert public_words(shown) == shown


@given(
    st.sampled_from(["", " ", "-", ".", "·", "　", " - ", "－"]),
    st.sampled_from("3456789"),
    st.text("0123456789", min_size=9, max_size=9),
    st.text("路灯坏了，请修。（电话）", max_size=8),
    st.text("找我。，谢谢）", max_size=8),
    st.booleans(),
)
def test_no_mobile_number_shows_more_than_its_head(
    gap: str, second: str, rest: str, before: str, after: str, wide: bool
) -> None:
    number = f"1{second}{rest}"
    written = gap.join((number[:3], number[3:7], number[7:]))
    written = written.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}) if wide else written
    shown = public_words(before + written + after)
    assert number[3:] not in "".join(c for c in shown.translate(NARROW) if c.isdigit())
    assert shown.startswith(before)
    assert shown.endswith(after)


@given(
    st.dates(date(1930, 1, 1), date(2030, 1, 1)),
    st.text("0123456789", min_size=3, max_size=3),
    st.sampled_from(["", " ", "-", "　"]),
)
def test_no_identity_number_shows_a_birthday(day: date, serial: str, gap: str) -> None:
    written = gap.join(("110105", f"{day:%Y%m%d}", f"{serial}X"))
    assert public_words(f"身份证{written}。") == f"身份证1101{'*' * 14}。"


@given(st.integers(0, 10**9), st.sampled_from(["元", "户", "平方米", "票", "万元"]))
def test_no_amount_is_touched(amount: int, unit: str) -> None:
    for written in (f"{amount}{unit}", f"{amount:,}{unit}", f"{amount / 100:.2f}{unit}"):
        assert public_words(f"共{written}。") == f"共{written}。"


@given(st.integers(0, 10**8 - 1), st.integers(20, 40))
def test_no_receipt_number_is_touched(number: int, year: int) -> None:
    digits = f"{year}{number:08}"
    for written in (digits, f"{digits[:2]} {digits[2:6]} {digits[6:]}"):
        assert public_words(f"受理号{written}，已答复") == f"受理号{written}，已答复"


@given(st.dates(date(1949, 1, 1), date(2100, 1, 1)), st.dates(date(1949, 1, 1), date(2100, 1, 1)))
def test_no_days_are_touched(first: date, last: date) -> None:
    for written in (f"{first}至{last}", f"{first}—{last}", f"{first:%Y.%m.%d}-{last:%Y.%m.%d}", f"{first:%Y%m%d}"):
        assert public_words(written) == written


@given(st.text(max_size=200))
def test_whatever_is_said_the_parts_lie_in_order_inside_it(text: str) -> None:
    parts = private_parts(text)
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert all(left.end <= right.start for left, right in pairwise(parts))


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "1 " * 10_000, "a" * 20_000, "王" * 20_000, "3-" * 10_000, "我是" * 10_000]
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    public_words(text)
    assert time.process_time() - begun < 1


def test_what_the_desk_has_blacked_out_is_black() -> None:
    said = "三号楼的老王把车棚占了，老王家还养狗"
    assert public_words(said, ["老王", "三号楼的老王"]) == "██████把车棚占了，██家还养狗"
    assert public_words(said, ["", "不在里面"]) == said


def test_the_desk_is_told_what_was_found() -> None:
    found = private_parts("王小明，身份证110105197001011234，电话13812345678，车京A12345")
    assert [part.kind for part in found] == ["姓名", "身份证号", "手机号", "车牌号"]


@given(st.text("0123456789-", max_size=14))
def test_at_least_four_digits_of_a_number_are_hidden(phone: str) -> None:
    shown = mask_phone(phone)
    assert sum(c != "*" for c in shown) <= max(len(phone) - 4, 0)
    assert shown == "" or "*" in shown


def test_a_mobile_number_shows_its_ends_and_a_short_one_nothing() -> None:
    assert (mask_phone("13812345678"), mask_phone("65001234"), mask_phone("")) == ("138****5678", "********", "")


def test_a_name_shows_its_first_sign_alone() -> None:
    assert (mask_name("王小明"), mask_name("王"), mask_name("")) == ("王**", "王**", "")
