"""Working days: the moved rest days of three years, and the laws of counting."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.lunar_year import holidays_by_rule
from yishiting.methods import Unusable
from yishiting.methods.workdays import (
    NO_HOLIDAYS,
    Holidays,
    add_workdays,
    holiday_name,
    is_workday,
    national_holidays,
    next_workday,
    statutory_days,
    with_days_by_law,
    workdays_between,
    years_not_known,
)

DAYS = st.dates(date(2023, 6, 1), date(2027, 6, 1))
TABLES = st.builds(
    lambda off, worked: Holidays(frozenset(off), frozenset(worked) - frozenset(off)),
    st.sets(DAYS, max_size=40),
    st.sets(DAYS, max_size=20),
) | st.just(national_holidays())


@given(DAYS, st.integers(-200, 200), TABLES)
def test_counting_back_what_was_added_gives_the_number(start, n, holidays):
    assert workdays_between(start, add_workdays(start, n, holidays), holidays) == n


@given(DAYS, st.integers(-200, 200).filter(bool), TABLES)
def test_a_term_ends_on_a_working_day(start, n, holidays):
    assert is_workday(add_workdays(start, n, holidays), holidays)


@given(DAYS, DAYS, DAYS, TABLES)
def test_two_stretches_add_up(a, b, c, holidays):
    a, b, c = sorted((a, b, c))
    assert workdays_between(a, b, holidays) + workdays_between(b, c, holidays) == workdays_between(a, c, holidays)


@given(DAYS, DAYS, TABLES)
def test_the_count_is_the_count_of_single_days(a, b, holidays):
    first, last = sorted((a, b))
    one_by_one = sum(is_workday(first + timedelta(days=k), holidays) for k in range(1, (last - first).days + 1))
    assert workdays_between(first, last, holidays) == one_by_one


@given(DAYS, TABLES)
def test_the_next_workday_skips_no_workday(day, holidays):
    found = next_workday(day, holidays)
    assert is_workday(found, holidays)
    assert not any(is_workday(day + timedelta(days=k), holidays) for k in range((found - day).days))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday before Spring Festival is worked
        ("2026-02-14", 1, "2026-02-24"),  # then nine days off
        ("2026-02-24", 4, "2026-02-28"),  # Wednesday to Friday and the made-up Saturday
        ("2026-09-30", 1, "2026-10-08"),
        ("2025-09-30", 3, "2025-10-11"),
        ("2024-02-09", 1, "2024-02-18"),
        ("2026-02-24", -1, "2026-02-14"),
        ("2026-02-17", 0, "2026-02-17"),
    ],
)
def test_over_the_real_holidays(start, n, end):
    assert add_workdays(date.fromisoformat(start), n, national_holidays()) == date.fromisoformat(end)


@pytest.mark.parametrize(("year", "free"), [(2024, 115), (2025, 117), (2026, 117)])
def test_each_year_has_its_published_number_of_free_days(year, free):
    last = date(year, 12, 31)
    days = (last - date(year - 1, 12, 31)).days
    assert days - workdays_between(date(year - 1, 12, 31), last, national_holidays()) == free


def test_a_year_without_arrangement_is_named():
    assert years_not_known(date(2026, 12, 20), date(2027, 1, 20), national_holidays()) == [2027]
    assert years_not_known(date(2026, 3, 1), date(2024, 1, 1), national_holidays()) == []


def test_a_day_cannot_be_free_and_worked():
    with pytest.raises(Unusable, match="2026-01-04"):
        Holidays(frozenset({date(2026, 1, 4)}), frozenset({date(2026, 1, 4)}))


def test_the_end_of_the_calendar_is_said():
    with pytest.raises(Unusable):
        add_workdays(date(9999, 12, 30), 10, NO_HOLIDAYS)


def test_every_day_agrees_with_the_published_calendar_library():
    import chinese_calendar as calendar

    for k in range((date(2026, 12, 31) - date(2024, 1, 1)).days + 1):
        day = date(2024, 1, 1) + timedelta(days=k)
        assert is_workday(day, national_holidays()) == calendar.is_workday(day), day


def test_a_year_nobody_announced_has_the_days_of_the_law() -> None:
    known = with_days_by_law(national_holidays())
    assert not is_workday(date(2027, 1, 1), known)
    assert not is_workday(date(2027, 10, 1), known)
    assert not is_workday(date(2027, 2, 8), known), "the third day of the Spring Festival"
    assert years_not_known(date(2026, 12, 20), date(2027, 1, 20), known) == [2027]
    assert is_workday(date(2026, 10, 10), known), "an announced year stays as announced"


def test_a_day_of_the_law_on_a_weekend_is_given_on_a_weekday() -> None:
    """1 and 2 May 2027 are Saturday and Sunday."""
    known = with_days_by_law(national_holidays())
    assert [is_workday(date(2027, 5, day), known) for day in (3, 4, 5)] == [False, False, True]


@given(st.integers(2027, 2046))
def test_every_year_of_the_law_has_thirteen_days_off_work(year: int) -> None:
    """One fewer where the Mid-Autumn day falls into those of National Day."""
    off_work = sum(day.weekday() < 5 for day in statutory_days()[year])
    assert off_work in {12, 13}


def test_one_day_somebody_entered_makes_no_year_known() -> None:
    one = Holidays(off=frozenset({date(2027, 6, 1)}))
    assert one.years == frozenset()
    assert not is_workday(date(2027, 1, 1), with_days_by_law(one))


@pytest.mark.parametrize("year", range(2024, 2051))
def test_the_sun_and_the_moon_give_the_days_of_the_table(year: int) -> None:
    """Announced years are checked too: their break holds the day; 15 August of the moon may lie in National Day's."""
    rule = holidays_by_rule(year)
    fixed = [date(year, 1, 1), *(date(year, 5, day) for day in (1, 2)), *(date(year, 10, day) for day in (1, 2, 3))]
    spring = [rule["春节"] + timedelta(days=n) for n in range(-1, 3)]
    given = {*fixed, *spring, rule["清明节"], rule["端午节"], rule["中秋节"]}
    if year in national_holidays().years:
        assert {rule["春节"], rule["清明节"], rule["端午节"], rule["中秋节"]} <= national_holidays().off
        return
    assert {day for day in statutory_days()[year] if holiday_name(day)} == given
    for name, day in rule.items():
        assert name in holiday_name(day).split("、"), day
        assert [name in holiday_name(one) for one in given].count(True) == (4 if name == "春节" else 1)


def test_mid_autumn_may_be_a_day_of_national_day() -> None:
    both = {day for days in statutory_days().values() for day in days if "、" in holiday_name(day)}
    assert both == {date(2028, 10, 3), date(2031, 10, 1), date(2039, 10, 2)}
    assert holiday_name(date(2028, 10, 3)) == "国庆节、中秋节"
    assert holiday_name(date(2028, 10, 2)) == "国庆节"
