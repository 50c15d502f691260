"""Reading what people write: 3月5日, 1.2万, 下午2点半. One reading for pages, files, programs and commands."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

FULL_DATE = re.compile(r"(\d{4})[年./-]?(\d{1,2})[月./-]?(\d{1,2})[日号]?")
SHORT_DATE = re.compile(r"(\d{1,2})[月./-](\d{1,2})[日号]?")
WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)[一二三四五六日天]\)?$")
DAY_WORDS = {"今天": 0, "明天": 1, "后天": 2, "昨天": -1, "前天": -2}
#: No matter of ours lies outside: beyond, calendars and databases come to an end.
FIRST_YEAR, LAST_YEAR = 1900, 2200
CLOCK = re.compile(r"(上午|下午|晚上)?(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)?")
DAY_AND_CLOCK = re.compile(r"(.*?[日号]|\S+?)[\sT]*((?:上午|下午|晚上)?\d{1,2}(?:[:点时](?:\d{1,2}|半)?分?)?)")
NOON = 12
WAN = 10_000
FEN = 100
#: Nobody sees these: controls that are no blanks, format characters, halves of characters (categories Cc, Cf, Cs), and
#: fillers, selectors of variants, the empty braille cell.
UNSEEN = re.compile(
    r"["
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2"
    r"\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u2800"
    r"\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
    r"]"
)
#: These turn what stands beside them round, or part words where nobody sees it; and what no database keeps.
TURNING = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]"
)
YES = frozenset({"是", "yes", "true", "1", "on", "对", "有"})
NO = frozenset({"否", "no", "false", "0", "off", "不", "无", ""})


class NotAnAmount(ValueError):
    """The words are no amount of money."""


class PartOfAFen(ValueError):
    """The amount has more than two decimals."""


def visible(text: str) -> str:
    """The text without any character that nobody sees; blanks and new lines stay. For names and numbers."""
    return UNSEEN.sub("", text)


def readable(text: str) -> str:
    """Words without characters that turn them round or hide in them; empty where nothing would be seen."""
    words = TURNING.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
    return words if visible(words).strip() else ""


def plain(text: str) -> str:
    """Full-width digits and punctuation as half-width, no white space: what people meant to type."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", visible(text))).replace("－", "-").replace("—", "-")


def read_date(text: str, today: date) -> date | None:
    """A day as people write it, or None. A date without a year is the nearest such day to `today`."""
    wanted = WEEKDAY.sub("", plain(text))
    if wanted in DAY_WORDS:
        return today + timedelta(days=DAY_WORDS[wanted])
    if match := FULL_DATE.fullmatch(wanted):
        return _day(*map(int, match.groups()))
    if match := SHORT_DATE.fullmatch(wanted):
        month, day = map(int, match.groups())
        near = [_day(today.year + offset, month, day) for offset in (-1, 0, 1)]
        return min((d for d in near if d is not None), key=lambda d: abs(d - today), default=None)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if is_within_reach(found) else None


def is_within_reach(day: date) -> bool:
    """Whether offices may have to do with this day."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def read_money(text: str) -> int:
    """Yuan as people write it (12350, 12,350.50, 1.2万) as a whole number of fen.

    Raises NotAnAmount where it is no number, PartOfAFen where it has more than two decimals.
    """
    words = plain(text).removeprefix("¥").removesuffix("元").replace(",", "")
    times = WAN if words.endswith("万") else 1
    fen = _number(words.removesuffix("万")) * times * FEN
    if fen != fen.to_integral_value():
        raise PartOfAFen(text)
    return int(fen)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NotAnAmount(text) from None
    if not number.is_finite():
        raise NotAnAmount(text)
    return number


def read_yes(text: str) -> bool | None:
    """Yes or no as people write it; None where it is neither."""
    word = plain(text).lower()
    return True if word in YES else False if word in NO else None


def read_clock(text: str) -> time | None:
    """A time as people write it (14:00, 下午2点半, 9点), or None."""
    match = CLOCK.fullmatch(plain(text))
    if match is None:
        return None
    part, hour, minute = match.groups()
    later = NOON if part in ("下午", "晚上") and int(hour) < NOON else 0
    try:
        return time(int(hour) + later, 30 if minute == "半" else int(minute or 0))
    except ValueError:
        return None


def read_moment(text: str, today: date) -> datetime | None:
    """A day and a time of day as people write them (3月20日 14:00, 2026-3-20 下午2点半), or None."""
    words = unicodedata.normalize("NFKC", text).strip()
    with suppress(ValueError):
        if len(words) > len("2026-03-20"):
            return datetime.fromisoformat(words)
    match = DAY_AND_CLOCK.fullmatch(words)
    if match is None:
        return None
    day, at = read_date(match[1], today), read_clock(match[2])
    return datetime.combine(day, at) if day is not None and at is not None else None
