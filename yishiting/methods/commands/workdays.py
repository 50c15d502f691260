"""`yishiting methods workdays FILE.json`: when terms end, or how many working days lie between two days."""

import argparse
from dataclasses import dataclass
from datetime import date
from typing import Any

from yishiting.methods.commands.json_file import Record, read_json
from yishiting.methods.commands.main import show
from yishiting.methods.workdays import (
    Holidays,
    add_workdays,
    national_holidays,
    with_days_by_law,
    workdays_between,
    years_not_known,
)

#: Ten thousand working days are forty years.
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Term:
    """One term: from a day, so many working days, to a day; the years in it whose holidays are not announced."""

    title: str
    start: date
    workdays: int
    end: date
    not_known: list[int]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        dates = {"start": self.start.isoformat(), "workdays": self.workdays, "end": self.end.isoformat()}
        return {"title": self.title, **dates, "years_not_known": self.not_known}

    def sentence(self) -> str:
        """The term, and where it may still move."""
        moves = f"（{'、'.join(map(str, self.not_known))} 年放假安排未公布，日期可能变动）" if self.not_known else ""
        title = f"{self.title}：" if self.title else ""
        return f"{title}{self.start} 之后第 {self.workdays} 个工作日是 {self.end}{moves}。"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="terms, holidays, see docs/methods/workdays.md 期限与放假安排")


def run(args: argparse.Namespace) -> int:
    """Compute every term."""
    file = read_json(args.file).only("title", "terms", "holidays")
    holidays = _holidays(file.get("holidays")) if file.has("holidays") else national_holidays()
    terms = [_term(one, with_days_by_law(holidays)) for one in file.get("terms").items()]
    text = "\n".join(one.sentence() for one in terms)
    show({"terms": [one.as_dict() for one in terms], "holidays": holidays.as_dict()}, as_json=args.json, text=text)
    return 0


def _term(one: Record, holidays: Holidays) -> Term:
    """The end that follows from a number of working days, or the number between two days."""
    one.only("title", "start", "workdays", "end")
    if one.has("workdays") == one.has("end"):
        raise one.bad("“workdays”（几个工作日）和“end”（到哪一天）写且只写一个")
    start = one.get("start").as_day()
    with one.blamed():
        if one.has("end"):
            end = one.get("end").as_day()
            number = workdays_between(start, end, holidays)
        else:
            number = one.whole("workdays", least=-LONGEST)
            if number > LONGEST:
                raise one.get("workdays").bad(f"不能多于 {LONGEST} 个工作日")
            end = add_workdays(start, number, holidays)
    return Term(one.text("title", ""), start, number, end, years_not_known(start, end, holidays))


def _holidays(one: Record) -> Holidays:
    one.only("off", "worked")
    off, worked = (frozenset(day.as_day() for day in one.each(name)) for name in ("off", "worked"))
    with one.blamed():
        return Holidays(off, worked)
