"""A notice of the demo runs its days, and is closed on the day after."""

from collections.abc import Generator
from datetime import date, datetime, timedelta

from yishiting.doors.commands.demo.clock import moment
from yishiting.ground.accounts.models import Person
from yishiting.instruments.publicity.actions import close_notice
from yishiting.instruments.publicity.models import PublicNotice


def run_out(notice: PublicNotice | None, by: Person, not_before: date | None = None) -> Generator[datetime, None, date]:
    """Wait until the notice has run, close it, and give the day on which that was."""
    if notice is None:
        raise RuntimeError("what is publicised has a notice")
    over: date = notice.last_day + timedelta(days=1)
    day = max(over, not_before or over)
    yield moment(day, 9)
    close_notice(notice, by=by)
    return day
