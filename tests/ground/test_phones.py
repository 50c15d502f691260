"""One reading of telephone numbers, whoever types them."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.common.people_parameters import Phone
from yishiting.ground.common.phones import (
    Kind,
    phone_digits,
    phone_tail,
    phone_to_keep,
    read_number,
    takes_texts,
    why_not_reached,
)
from yishiting.ground.common.refused import Refused


@pytest.mark.parametrize(
    "typed",
    [
        "137 0000 1234",
        "137-0000-1234",
        "137—0000—1234",
        "137\u20110000\u20111234",
        "137.0000.1234",
        "+86 13700001234",
        "8613700001234",
        "0086-137-0000-1234",
        "(86)13700001234",
        "１３７００００１２３４",
        "\u202d13700001234\u202c",
        "13700001234.0",
        "手机：13700001234",
        "13700001234（女儿）",
        "64650001/13700001234",
        "13700001234、13900005678",
        "13700001234 13900005678",
    ],
)
def test_a_mobile_in_every_spelling(typed: str) -> None:
    assert (phone_digits(typed), phone_tail(typed), takes_texts(typed)) == ("13700001234", "1234", True)
    assert Phone("电话").clean(typed, None) == ours.PhoneField().clean(typed) == "13700001234"


@pytest.mark.parametrize(
    ("typed", "digits", "kind"),
    [
        ("010-64650001", "01064650001", Kind.FIXED),
        ("64650001", "01064650001", Kind.FIXED),
        ("1064650001", "01064650001", Kind.FIXED),
        ("+86 10 6465 0001", "01064650001", Kind.FIXED),
        ("010-64650001转802", "01064650001-802", Kind.FIXED),
        ("010-64650001-802", "01064650001-802", Kind.FIXED),
        ("(0311)86540001", "031186540001", Kind.FIXED),
        ("400-810-0000", "4008100000", Kind.FIXED),
        ("12345", "12345", Kind.SERVICE),
        ("+852 9123 0001", "+85291230001", Kind.FOREIGN),
        ("85291230001", "+85291230001", Kind.FOREIGN),
        ("001 212 555 0100", "+12125550100", Kind.FOREIGN),
        ("+1 212 555 0100", "+12125550100", Kind.FOREIGN),
        ("1.37E+10", "", Kind.NONE),
        ("137****1234", "", Kind.NONE),
        ("1370000123", "", Kind.NONE),
        ("wx_sunli88", "", Kind.NONE),
        ("sunli13700001234", "", Kind.NONE),
        ("110105197001010000", "", Kind.NONE),
        ("没有", "", Kind.NONE),
    ],
)
def test_what_a_number_is_good_for(typed: str, digits: str, kind: Kind) -> None:
    number = read_number(typed)
    assert (number.digits, number.kind, number.takes_texts) == (digits, kind, False)
    assert bool(why_not_reached(typed)) == (kind == Kind.NONE)
    assert phone_to_keep(typed) == (digits or typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("1.37E+10", "“文本”格式"), ("137****1234", "完整的号码"), ("1370000123", "11 位"), ("wx_sunli88", "11 位")],
)
def test_whoever_types_is_told_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        Phone("电话").clean(typed, None)
    with pytest.raises(forms.ValidationError, match=says):
        ours.PhoneField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "tail"),
    [("137****1234", "1234"), ("１２３４", "1234"), ("010-64650001转802", "0001"), ("没有电话", ""), ("", "")],
)
def test_the_last_four_digits(typed: str, tail: str) -> None:
    assert phone_tail(typed) == tail


@given(st.text("0123456789+-/ ().转E*１\u200b微a", max_size=24))
def test_a_number_read_again_is_the_same(text: str) -> None:
    digits = phone_digits(text)
    assert phone_digits(digits) == digits
    assert phone_to_keep(phone_to_keep(text)) == phone_to_keep(text)
