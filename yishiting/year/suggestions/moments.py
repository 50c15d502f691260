"""Days and moments as people, offices and spreadsheets write them.

Pure: no Django, no clock. What is ambiguous is refused with a sentence and never guessed.
"""

import re
import unicodedata
from datetime import datetime, timedelta, timezone

from yishiting.year.suggestions.grids import DAYS_FROM
from yishiting.year.suggestions.words import shortened

#: Weekdays say nothing a date does not say; so do quotation marks and a full stop at the end.
WEEKDAY = re.compile(r"\s*[(（\[]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)）\]]?\s*")
HALF = r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|夜里|AM|PM|A\.M\.|P\.M\.)"
MOMENT = re.compile(
    r"(?P<year>\d{4}|\d{2}(?=\D))\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    rf"(?:[T\s]*{HALF}?\s*(?P<hour>\d{{1,2}})\s*[:时点]\s*(?:(?P<minute>\d{{1,2}})|(?P<thirty>半))?"
    rf"\s*(?:[:分]\s*(?P<second>\d{{1,2}})?(?:[.,]\d+)?\s*秒?)?整?\s*{HALF.replace('half', 'after')}?)?"
    r"\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?\.?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
#: Days counted by a spreadsheet that can be meant: of the years 1982 to 2118.
SERIAL_FROM, SERIAL_TO = 28_500, 80_000
BEIJING = timezone(timedelta(hours=8))
CENTURY = 2000
#: A year of two digits is taken where it cannot be a day of another way of writing: 26-3-5, 26年3月5日, not 13/03/26.
YEARS_FROM, DAYS_TO = 15, 31
#: 晚上1时 is the night before or after; from here to noon it is the evening.
EVENING = 5
NOON = 12
MORNING = frozenset({"凌晨", "清晨", "早上", "早晨", "上午", "AM"})
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
TENS = re.compile(r"([一二三]?)十([一二三四五六七八九]?)")


class Unclear(ValueError):
    """It cannot be told what day or moment is meant; the sentence says how to write it."""


def read_moment(text: str, days_from: datetime = DAYS_FROM) -> datetime | None:
    """A day or a moment of Beijing as people and spreadsheets write it; None when nothing is written.

    `days_from` is the day from which the file counts. Raises Unclear with the sentence that says what is wrong.
    """
    if not text:
        return None
    plain = WEEKDAY.sub(" ", _in_figures(unicodedata.normalize("NFKC", text))).strip("\"' ")
    if SERIAL.fullmatch(plain) and SERIAL_FROM <= float(plain) < SERIAL_TO:
        return days_from + timedelta(seconds=round(float(plain) * 86400))
    try:
        if compact := COMPACT.fullmatch(plain):
            return datetime(*(int(part or 0) for part in compact.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        match = MOMENT.fullmatch(plain)
        if match is None or not _names_the_year(match):
            raise Unclear(f"看不懂时间“{shortened(text, 30)}”。请写成 2026-3-5 或 2026-3-5 14:30。")
        return _in_beijing(_moment(match), match["zone"])
    except Unclear:
        raise
    except (ValueError, OverflowError):
        raise Unclear(f"时间“{text}”不存在，请核对月、日和钟点。") from None


def _names_the_year(match: re.Match[str]) -> bool:
    year, last = int(match["year"]), int(match["day"])
    if year >= CENTURY // 2 or "年" in match[0]:
        return True
    return year >= YEARS_FROM and (year > DAYS_TO or last < YEARS_FROM)


def _moment(match: re.Match[str]) -> datetime:
    year = int(match["year"])
    hour = _of_the_day(int(match["hour"] or 0), (match["half"] or match["after"] or "").upper().replace(".", ""))
    minute = 30 if match["thirty"] else int(match["minute"] or 0)
    day = datetime(year if year >= CENTURY // 2 else CENTURY + year, int(match["month"]), int(match["day"]))  # noqa: DTZ001
    return day.replace(hour=hour, minute=minute, second=int(match["second"] or 0))


def _of_the_day(hour: int, half: str) -> int:
    """The hour of 24: 下午3 is 15, 12 AM is 0, 中午1 is 13, 晚上12 is the end of the day and does not exist."""
    if not half or hour > NOON:
        return hour
    if half in MORNING:
        return 0 if hour == NOON and half in {"AM", "凌晨"} else hour
    if half == "中午":
        return hour + NOON if hour < 10 else hour  # noqa: PLR2004 - 中午11时 is before noon
    if half in {"晚", "晚上", "夜里"} and not EVENING <= hour < NOON:
        raise Unclear(f"“{half}{hour}时”说不准是哪一天。请按24小时写，并核对日期。")
    return hour if hour == NOON else hour + NOON


def _in_beijing(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    signed = re.sub(r"[A-Z:]", "", zone.upper())
    digits = signed[1:].zfill(2)
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0) if signed else 0
    away = timezone(timedelta(minutes=-minutes if signed.startswith("-") else minutes))
    return moment.replace(tzinfo=away).astimezone(BEIJING).replace(tzinfo=None)


def _in_figures(text: str) -> str:
    """二〇二六年三月十五日 in figures; a day of ten counts as 十 is written."""
    if "年" not in text or (text[:1].isdigit() and text[:1].isascii()):
        return text
    tens = TENS.sub(lambda ten: f"{ten[1] or '一'}{ten[2] or '〇'}", text)
    return tens.translate(DIGITS)
