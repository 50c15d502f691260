"""Telling the time while a year is lived again."""

import heapq
import itertools
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
        self._due: list[tuple[datetime, int, Telling]] = []
        self._told = itertools.count()

    def to(self, day: date, hour: int = 10, minute: int = 0) -> None:
        """Go to a moment of the story; what is told meanwhile goes on until then."""
        end = moment(day, hour, minute)
        while self._due and self._due[0][0] <= end:
            self._step()
        self.moment = end

    def meanwhile(self, *tellings: Telling) -> list[int]:
        """Parts of the story that go on beside the rest whenever time passes; what comes after its end is not told."""
        return [self._push(next(self._told), telling) for telling in tellings]

    def live(self, *tellings: Telling) -> None:
        """Several parts of the story at once, so that the record runs forward: whoever's step is next goes on."""
        these = set(self.meanwhile(*tellings))
        while any(n in these for _due, n, _telling in self._due):
            self._step()

    def _push(self, n: int, telling: Telling) -> int:
        following = next(telling, None)
        if following is not None:
            heapq.heappush(self._due, (max(following, self.moment), n, telling))
        return n

    def _step(self) -> None:
        self.moment, n, telling = heapq.heappop(self._due)
        self._push(n, telling)


@contextmanager
def story_time() -> Iterator[Calendar]:
    """Within, the time is the story's."""
    calendar, real = Calendar(), timezone.now
    timezone.now = lambda: calendar.moment.astimezone(ZoneInfo("UTC"))
    try:
        yield calendar
    finally:
        timezone.now = real
