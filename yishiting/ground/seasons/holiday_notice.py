"""The yearly notice of holidays as the State Council words it, read into days off and days worked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
SPAN = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?(?:(?:\s*(?:至|到|—|-|~)\s*|\s+)(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日?)?"
)
NAME = re.compile(r"^\s*[一二三四五六七八九十0-9]*[、.．]?\s*([\u4e00-\u9fff、]{2,10})[：:]")
OFF, WORKED = "放假", "上班"


@dataclass(frozen=True, slots=True)
class Break:
    """From a day until a day free, or worked in exchange."""

    opens: date
    closes: date
    worked: bool
    name: str


def read_notice(text: str, year: int) -> list[Break]:
    """Every day the notice names, in its order. Raises ValueError with the words in which no day could be read.

    “元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。” names one holiday on each line.
    """
    found: list[Break] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name = match[1] if (match := NAME.match(line)) else ""
        for sentence in re.split(r"[。；;]", BRACKETS.sub("", line)):
            if OFF in sentence or WORKED in sentence:
                found += _spans(sentence, year, name)
    return found


def _spans(sentence: str, year: int, name: str) -> Iterator[Break]:
    """The days of one sentence; one that names both says first which are free."""
    free, _word, rest = sentence.partition(OFF) if OFF in sentence else ("", "", sentence)
    parts = [(free, False)] if free else []
    if WORKED in rest:
        parts.append((rest.partition(WORKED)[0], True))
    for words, worked in parts:
        spans = list(SPAN.finditer(words))
        if not spans and "月" in words:
            raise ValueError(sentence.strip())
        for one in spans:
            opens, closes = _days(one, year, sentence)
            yield Break(opens, closes, worked, name)


def _days(span: re.Match[str], year: int, sentence: str) -> tuple[date, date]:
    year_of, month, day, year_to, month_to, day_to = span.groups()
    try:
        opens = date(int(year_of or year), int(month), int(day))
        closes = date(int(year_to or opens.year), int(month_to or month), int(day_to or day))
    except ValueError:
        raise ValueError(sentence.strip()) from None
    if closes < opens:
        raise ValueError(sentence.strip())
    return opens, closes
