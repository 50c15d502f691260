"""What came of an attempt to come in."""

from dataclasses import dataclass

from django.utils.functional import Promise

from yishiting.ground.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Attempt:
    """Someone let in, or the sentence why not. A failure is kept in the ledger, so it is not an exception.

    `waiting` is somebody whose password was right and whose passkey is asked next; `codes_left` is told to whoever has
    just used up a recovery code; `begun_anew` to whoever has a number that was another account's long ago.
    """

    person: Person | None = None
    sentence: str | Promise = ""
    field: str = ""
    waiting: Person | None = None
    codes_left: int | None = None
    begun_anew: bool = False
