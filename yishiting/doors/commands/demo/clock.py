"""Telling the time while a year is lived again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

BEIJING = ZoneInfo("Asia/Shanghai")


class Calendar:
    """The day of the story. Everything asks `timezone.now`, so that is what tells the story's time."""

    def __init__(self) -> None:
        self.moment = datetime.now(BEIJING)

    def to(self, day: date, hour: int = 10, minute: int = 0) -> None:
        """Go to a moment of the story."""
        self.moment = datetime.combine(day, time(hour, minute), BEIJING)


@contextmanager
def story_time() -> Iterator[Calendar]:
    """Within, the time is the story's."""
    calendar, real = Calendar(), timezone.now
    timezone.now = lambda: calendar.moment.astimezone(ZoneInfo("UTC"))
    try:
        yield calendar
    finally:
        timezone.now = real
