"""Forgetting who said it when a resident asks to be forgotten."""

from typing import Any

from django.dispatch import receiver

from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.signals import person_erased
from yishiting.year.suggestions.actions import forget_proposer


@receiver(person_erased)
def forget(sender: type[Person], person: Person, **_: Any) -> None:
    """One hop: the suggestion's own verb does it."""
    forget_proposer(person, by=person)
