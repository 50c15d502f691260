"""Telling the time while a year is lived again."""

import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

BEIJING = ZoneInfo("Asia/Shanghai")

#: A part of the story: it names the moment of its next step, and takes the step when it is asked to go on.
Telling = Iterator[datetime]


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of the story."""
    return datetime.combine(day, time(hour, minute), BEIJING)


class Calendar:
    """The day of the story. Everything asks `timezone.now`, so that is what tells the story's time."""

    def __init__(self) -> None:
        self.moment = datetime.now(BEIJING)

    def to(self, day: date, hour: int = 10, minute: int = 0) -> None:
        """Go to a moment of the story."""
        self.moment = moment(day, hour, minute)

    def live(self, *tellings: Telling) -> None:
        """Several parts of the story at once, so that the record runs forward: whoever's step is next goes on."""
        due = [(first, n, telling) for n, telling in enumerate(tellings) if (first := next(telling, None))]
        heapq.heapify(due)
        while due:
            self.moment, n, telling = heapq.heappop(due)
            following = next(telling, None)
            if following is not None:
                heapq.heappush(due, (following, n, telling))


@contextmanager
def story_time() -> Iterator[Calendar]:
    """Within, the time is the story's."""
    calendar, real = Calendar(), timezone.now
    timezone.now = lambda: calendar.moment.astimezone(ZoneInfo("UTC"))
    try:
        yield calendar
    finally:
        timezone.now = real
