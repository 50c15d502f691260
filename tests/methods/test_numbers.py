"""One reader of numbers for every command: what is written is read exactly, what could mean two things is refused."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.commands.main import BadFile
from yishiting.methods.commands.score_file import _criterion
from yishiting.methods.numbers import number


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1200", Fraction(1200)),
        (" 1 200 ", Fraction(1200)),
        ("1\u202f200", Fraction(1200)),
        ("1'200", Fraction(1200)),
        ("１２００．５", Fraction(2401, 2)),
        ("1,200,000", Fraction(1_200_000)),
        ("1,200.50", Fraction(2401, 2)),
        ("1200,5", Fraction(2401, 2)),
        ("1200,50", Fraction(2401, 2)),
        ("-0.25", Fraction(-1, 4)),
        ("2/3", Fraction(2, 3)),
        ("1.5e3", Fraction(1500)),
        (".5", Fraction(1, 2)),
    ],
)
def test_what_is_clear_is_read(text: str, meant: Fraction) -> None:
    assert number(text) == meant


@pytest.mark.parametrize("text", ["120,000", "1,000", "12,500", "-9,999", "１，０００"])
def test_a_comma_that_could_be_both_is_refused_with_both_readings(text: str) -> None:
    with pytest.raises(Unusable, match="千分位还是小数点") as refused:
        number(text)
    bare = text.translate({0xFF10 + n: str(n) for n in range(10)}).replace("，", ",")
    assert bare.replace(",", "") in refused.value.chinese
    assert bare.replace(",", ".") in refused.value.chinese


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1/0",
        "1e99999999",
        "9" * 5000,
        "nan",
        "inf",
        "1,2,3",
        "1,20,000",
        "一百",
        "0x10",
        "1e-99999999",
        "1/1e9",
    ],
)
def test_what_is_no_number_is_refused_at_once(text: str) -> None:
    """And nobody waits for it: the powers are bounded before anything is computed."""
    with pytest.raises(Unusable):
        number(text)


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000))
def test_what_is_written_exactly_comes_back(value: Fraction) -> None:
    assert number(str(value)) == value


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unusable):
        assert isinstance(number(text), Fraction)


@pytest.mark.parametrize(
    ("header", "name", "weight", "full"),
    [
        ("受益人群×0.4/10", "受益人群", "2/5", "10"),
        ("受益人群x0.4/10", "受益人群", "2/5", "10"),
        ("受益人群 ×０．４／１０", "受益人群", "2/5", "10"),
        ("受益人群＊0.4", "受益人群", "2/5", None),
        ("受益人群/10×0.4", "受益人群", "2/5", "10"),
        ("受益人群（40%）", "受益人群", "2/5", None),
        ("受益人群：0.4", "受益人群", "2/5", None),
        ("受益人群", "受益人群", "1", None),
        ("2026年效益", "2026年效益", "1", None),
    ],
)
def test_weights_in_the_header_are_read_as_they_are_written(
    header: str, name: str, weight: str, full: str | None
) -> None:
    read = _criterion(header)
    assert (read.name, read.weight, read.full) == (name, Fraction(weight), Fraction(full) if full else None)


@pytest.mark.parametrize(
    "header", ["受益人群×0,4", "受益人群×-0.4", "受益人群×0.4.1", "受益人群×0.4（40%）", "受益人群×"]
)
def test_a_weight_that_cannot_be_read_is_refused_and_never_lost(header: str) -> None:
    with pytest.raises(BadFile):
        _criterion(header)
