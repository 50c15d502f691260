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


def said(day: date, style: str = "") -> str:
    """A day in the reader's language; see `chinese` for the styles."""
    if (get_language() or "").startswith("en"):
        return _english(_local(day), style)
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
    return shorter.get(style, year + short + weekday + clock)


def _local(day: date) -> date:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


def _english(day: date, style: str) -> str:
    clocked = style if isinstance(day, datetime) or style != "time" else ""
    return ENGLISH.get(clocked, "{0:%a} {0.day} {0:%B %Y}").format(day)
