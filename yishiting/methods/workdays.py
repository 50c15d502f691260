"""Working days: weekends and the yearly table of public holidays, moved rest days included."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from yishiting.methods.errors import Unusable

SATURDAY = 5
NATIONAL_DAY = (10, 1)
TABLE = Path(__file__).with_name("holidays.json")
#: Until which day of the year, which holiday. They keep this order, but for Mid-Autumn: it falls between 8 September and
#: 6 October, so before National Day, after it, or on one of its three days.
NAMES = (
    ((1, 10), "元旦"), ((3, 1), "春节"), ((4, 10), "清明节"), ((5, 10), "劳动节"), ((7, 5), "端午节"), ((9, 30), "中秋节"),
    ((10, 3), "国庆节"), ((10, 10), "中秋节"),
)  # fmt: skip
#: The years in which Mid-Autumn (the 15th day of the eighth lunar month) is one of the three days of National Day.
BOTH_IN_ONE = frozenset({date(2028, 10, 3), date(2031, 10, 1), date(2039, 10, 2)})
BY_LAW = Path(__file__).with_name("statutory_days.json")


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days that depart from the plain week: `off` are free though they may be weekdays, `worked` are made-up weekends.

    A day may not be in both sets: then the table itself is wrong and `Unusable` is raised. `by_law`: the years of
    which only the days that the law itself gives are known, because their arrangement is not announced yet.
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    by_law: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if both := self.off & self.worked:
            day = min(both).isoformat()
            raise Unusable(f"{day} 既列为放假又列为上班，请核对放假安排。", f"{day} is listed as free and as worked.")

    @property
    def years(self) -> frozenset[int]:
        """The years whose arrangement is known: National Day is in it. A single day somebody entered is none."""
        return frozenset(day.year for day in self.off if (day.month, day.day) == NATIONAL_DAY) - self.by_law

    def as_dict(self) -> dict[str, list[str]]:
        """The table as sorted ISO dates, ready for JSON."""
        return {
            "off": [day.isoformat() for day in sorted(self.off)],
            "worked": [day.isoformat() for day in sorted(self.worked)],
        }


NO_HOLIDAYS = Holidays()


@cache
def national_holidays() -> Holidays:
    """The State Council's arrangements kept in `holidays.json` (2024, 2025 and 2026 when this was written).

    Source: the yearly notice of the General Office of the State Council, named beside each year in the file.
    """
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    off = frozenset(day for year in table.values() for break_ in year["off"] for day in _span(break_))
    worked = frozenset(date.fromisoformat(day) for year in table.values() for day in year["worked"])
    return Holidays(off, worked)


@cache
def statutory_days() -> Mapping[int, frozenset[date]]:
    """The days the law gives to everybody, by year, with a weekday after the break for each that falls on a weekend.

    Source: the State Council's Regulations on Public Holidays (2024), art. 2 and 6; lunar days by astronomy.
    """
    return {
        year: _with_days_instead({date.fromisoformat(f"{year}-{day}") for day in days})
        for year, days in _written_days().items()
    }


def _with_days_instead(given: set[date]) -> frozenset[date]:
    off = set(given)
    for day in sorted(given):
        instead = day
        while instead.weekday() >= SATURDAY or (instead in off and day.weekday() >= SATURDAY):
            instead += timedelta(days=1)
        off.add(instead)
    return frozenset(off)


def holiday_name(day: date) -> str:
    """Which of the holidays by law a day falls into; empty for the weekday after one that fell on a weekend.

    A day of two holidays has both names, as the State Council's notices write them: 国庆节、中秋节.
    """
    if day not in {date.fromisoformat(f"{day.year}-{one}") for one in _written_days().get(day.year, ())}:
        return ""
    name = next(name for last, name in NAMES if (day.month, day.day) <= last)
    return f"{name}、中秋节" if day in BOTH_IN_ONE else name


@cache
def _written_days() -> Mapping[int, list[str]]:
    table = json.loads(BY_LAW.read_text(encoding="utf-8"))
    return {int(year): days for year, days in table.items() if year.isdecimal()}


def with_days_by_law(holidays: Holidays) -> Holidays:
    """The table, and for the years whose arrangement is not announced at least what the law itself gives."""
    unknown = {year: days for year, days in statutory_days().items() if year not in holidays.years}
    added = frozenset(day for days in unknown.values() for day in days) - holidays.worked
    return replace(holidays, off=holidays.off | added, by_law=frozenset(unknown))


def is_workday(day: date, holidays: Holidays) -> bool:
    """Whether offices work on `day`: a made-up weekend counts, a holiday does not, else Monday to Friday."""
    if day in holidays.worked:
        return True
    return day.weekday() < SATURDAY and day not in holidays.off


def add_workdays(start: date, n: int, holidays: Holidays) -> date:
    """The n-th working day after `start`; the day itself is not counted (Civil Code art. 201).

    `n` in working days: negative counts back, 0 gives `start` unchanged, even where it is not a working day.
    Raises `Unusable` when the calendar ends before the count does.
    """
    step = timedelta(days=1 if n > 0 else -1)
    day = start
    try:
        for _ in range(abs(n)):
            day += step
            while not is_workday(day, holidays):
                day += step
    except OverflowError:
        raise Unusable(
            f"从 {start} 起推算 {n} 个工作日超出了历法范围。", "That many working days leave the calendar."
        ) from None
    return day


def workdays_between(start: date, end: date, holidays: Holidays) -> int:
    """Working days after `start` up to and including `end`; so add_workdays(start, n) is always n away.

    Backwards (`end` before `start`) the answer is negative: the working days from `end` to the day before `start`.
    """
    if end < start:
        day = timedelta(days=1)
        return -_count(end - day, start - day, holidays)
    return _count(start, end, holidays)


def next_workday(day: date, holidays: Holidays) -> date:
    """`day` itself if offices work then, else the first working day after it (Civil Code art. 203)."""
    return day if is_workday(day, holidays) else add_workdays(day, 1, holidays)


def years_not_known(start: date, end: date, holidays: Holidays) -> list[int]:
    """The years from `start` to `end` without a holiday arrangement: a date there may still move; say so beside it."""
    first, last = sorted((start.year, end.year))
    return [year for year in range(first, last + 1) if year not in holidays.years]


def _count(after: date, until: date, holidays: Holidays) -> int:
    """Working days in (after, until], whole weeks by multiplication."""
    weeks, rest = divmod((until - after).days, 7)
    plain = weeks * SATURDAY + sum((until - timedelta(days=k)).weekday() < SATURDAY for k in range(rest))
    return (
        plain
        + _inside(holidays.worked, after, until, weekend=True)
        - _inside(holidays.off, after, until, weekend=False)
    )


def _inside(days: Iterable[date], after: date, until: date, *, weekend: bool) -> int:
    return sum(after < day <= until and (day.weekday() >= SATURDAY) == weekend for day in days)


def _span(break_: dict[str, str]) -> list[date]:
    first, last = date.fromisoformat(break_["from"]), date.fromisoformat(break_["to"])
    return [first + timedelta(days=k) for k in range((last - first).days + 1)]
