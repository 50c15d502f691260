"""What is masked stays masked, however it was written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.ground.common.masking import mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("打13812345678找我", "打138****5678找我"),
        ("138 1234 5678或139-1234-5678", "138****5678或139****5678"),
        ("+8613812345678、86 13812345678、008613812345678", "+86138****5678、86 138****5678、0086138****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("身份证11010519900307123X", "身份证1101**************"),
        ("卡号6222021001012345678", "卡号6222***************"),
        ("卡号6222 0210 0101 2345 678", "卡号6222*******************"),
    ],
)
def test_numbers_of_people_are_masked(said: str, shown: str) -> None:
    assert mask_text(said) == shown


@pytest.mark.parametrize(
    "said",
    ["枣营北里12号楼3单元502", "2026-03-05至2026-03-31", "受理号2600001234", "花了1380元", "电话010-65001234"],
)
def test_other_numbers_are_left_alone(said: str) -> None:
    assert mask_text(said) == said


@given(st.text("0123456789-", max_size=14))
def test_at_least_four_digits_of_a_number_are_hidden(phone: str) -> None:
    shown = mask_phone(phone)
    assert sum(c != "*" for c in shown) <= max(len(phone) - 4, 0)
    assert shown == "" or "*" in shown


def test_a_mobile_number_shows_its_ends_and_a_short_one_nothing() -> None:
    assert (mask_phone("13812345678"), mask_phone("65001234"), mask_phone("")) == ("138****5678", "********", "")


def test_a_name_shows_its_first_sign_alone() -> None:
    assert (mask_name("王小明"), mask_name("王"), mask_name("")) == ("王**", "王**", "")
