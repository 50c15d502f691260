"""Days as people say them: one place for every sentence, notice and page."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

WEEKDAYS = "一二三四五六日"
ENGLISH = {
    "month": "{0:%B %Y}",
    "short": "{0.day} {0:%b}",
    "weekday": "{0:%a} {0.day} {0:%b}",
    "plain": "{0.day} {0:%B %Y}",
    "time": "{0:%a} {0.day} {0:%B %Y, %H:%M}",
}


#: Beside a day that was counted in working days of a year whose holidays nobody has announced.
GUESSED = ("（放假安排公布后可能顺延）", " (may move once the holidays are announced)")


class DueDay(date):
    """A day that was counted in working days; `guessed`: of a year whose holidays are not announced yet."""

    guessed = False

    @classmethod
    def of(cls, day: date, *, guessed: bool) -> "DueDay":
        """This day, with what is known of its calendar."""
        found = cls(day.year, day.month, day.day)
        found.guessed = guessed
        return found


def said(day: date, style: str = "") -> str:
    """A day in the reader's language; see `chinese` for the styles."""
    if (get_language() or "").startswith("en"):
        return _english(_local(day), style) + (GUESSED[1] if getattr(day, "guessed", False) else "")
    return chinese(day, style)


def chinese(day: date, style: str = "") -> str:
    """2026年3月5日（周四）, as papers and kept texts say it whatever the reader's language.

    Styles: short 3月5日, weekday 3月5日（周四）, plain 2026年3月5日, time with the clock, month 2026年3月.
    """
    moment = _local(day)
    year, month = f"{moment.year}年", f"{moment.month}月"
    short = f"{month}{moment.day}日"
    weekday = f"（周{WEEKDAYS[moment.weekday()]}）"
    clock = f" {moment:%H:%M}" if style == "time" and isinstance(moment, datetime) else ""
    shorter = {"month": year + month, "short": short, "weekday": short + weekday, "plain": year + short}
    told = shorter.get(style, year + short + weekday + clock)
    return told + GUESSED[0] if getattr(day, "guessed", False) else told


def _local(day: date) -> date:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


def _english(day: date, style: str) -> str:
    clocked = style if isinstance(day, datetime) or style != "time" else ""
    return ENGLISH.get(clocked, "{0:%a} {0.day} {0:%B %Y}").format(day)
