"""Forgetting who said it when a resident asks to be forgotten; whose a receipt is."""

from typing import Any

from yishiting.ground.accounts.models import Person
from yishiting.year.suggestions.actions import forget_proposer
from yishiting.year.suggestions.models import Suggestion


def forget(sender: type[Person], person: Person, **_: Any) -> None:
    """One hop: the suggestion's own verb does it."""
    forget_proposer(person, by=person)


def proposer_of(sender: type[Person], receipt: str, **_: Any) -> Person | None:
    """The account that the suggestion of this receipt was made with."""
    digits = "".join(sign for sign in receipt if sign.isdigit())
    found = Suggestion.objects.filter(receipt=digits).select_related("proposer").first()
    return found.proposer if found is not None else None
