"""What came of an attempt to come in."""

from dataclasses import dataclass

from django.utils.functional import Promise

from yishiting.ground.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Attempt:
    """Someone let in, or the sentence why not. A failure is kept in the ledger, so it is not an exception."""

    person: Person | None = None
    sentence: str | Promise = ""
    field: str = ""
