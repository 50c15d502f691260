"""What counts as a phone number, a sound code, a sound password."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

MOBILE = re.compile(r"1[3-9]\d{9}")
CODE_LENGTH = 6
CODE_MINUTES = 5
CODE_TRIES = 5
CODE_WAIT_SECONDS = 60
CODES_AN_HOUR = 5
#: An account nobody has used for so long is shown to the security administrator.
INACTIVE_DAYS = 90
#: A token for programs lasts so long unless its owner says otherwise, and never longer than a year.
TOKEN_DAYS, TOKEN_DAYS_MOST = 90, 366


def is_mobile(phone: str) -> bool:
    """Whether this is a mainland mobile number."""
    return MOBILE.fullmatch(phone) is not None


def must_wait(sent: list[datetime], now: datetime) -> timedelta | None:
    """How long until another code may be sent to a phone that was sent codes at these times; None when at once."""
    recent = sorted(at for at in sent if now - at < timedelta(hours=1))
    waits = [recent[-1] + timedelta(seconds=CODE_WAIT_SECONDS) - now] if recent else []
    if len(recent) >= CODES_AN_HOUR:
        waits.append(recent[-CODES_AN_HOUR] + timedelta(hours=1) - now)
    longest = max(waits, default=timedelta(0))
    return longest if longest > timedelta(0) else None


@dataclass(frozen=True, slots=True)
class Lockout:
    """After so many failures sign-in closes for so many minutes."""

    attempts: int
    minutes: int

    def until(self, failures: int, now: datetime) -> datetime | None:
        """Until when sign-in is closed after this many failures; None while it stays open."""
        return now + timedelta(minutes=self.minutes) if failures >= self.attempts else None
