"""Numbers of receipts and papers: never given twice, found again however they are typed."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from yishiting.instruments.documents import rules
from yishiting.instruments.documents.actions import take_numbers
from yishiting.instruments.documents.models import Series

serials = st.integers(0, 9_999_999)
years = st.integers(2020, 2099)


@given(years, serials)
def test_a_receipt_number_is_read_back_as_it_was_spoken(year: int, serial: int) -> None:
    number = rules.receipt_number(year, serial)
    wide = number.translate({ord(str(n)): ord("０") + n for n in range(10)})
    for typed in (number, rules.spoken(number), f" {number[:5]}-{number[5:]} ", wide):
        assert rules.read_receipt(typed) == number


@given(years, serials, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(year: int, serial: int, at: int, by: int) -> None:
    number = rules.receipt_number(year, serial)
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert rules.read_receipt(wrong) is None


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_number_or_none(typed: str) -> None:
    read = rules.read_receipt(typed)
    assert read is None or (len(read) == 10 and read.isascii())


@pytest.mark.parametrize("typed", ["", "²²²²²²²²²²", "26000012", "260000123412"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert rules.read_receipt(typed) is None


def test_papers_are_numbered_as_offices_write_them() -> None:
    assert rules.resolution_number("枣营北里社区", 2026, 3) == "枣营北里社区议〔2026〕3号"
    assert rules.paper_number("公示", 2026, 3) == "公示〔2026〕3号"


@pytest.mark.django_db
def test_each_place_year_and_series_counts_for_itself_without_a_gap(cast: Cast) -> None:
    def take(place: str = "zaobei", series: Series = Series.NOTICE, year: int = 2026, count: int = 1) -> list[int]:
        with transaction.atomic():
            return list(take_numbers(getattr(cast, place), series, year, count))

    assert [take(), take(count=3), take()] == [[1], [2, 3, 4], [5]]
    assert [take("zaonan"), take(series=Series.PROJECT), take(year=2027), take()] == [[1], [1], [1], [6]]
