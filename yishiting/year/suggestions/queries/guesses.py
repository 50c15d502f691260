"""The machine's proposals for class and level: from what clerks decided before, else from keyword rules."""

from collections.abc import Callable
from typing import Any

from yishiting.year.suggestions.guessing import Guess, class_guesses, level_guesses
from yishiting.year.suggestions.models import Category, ResponsibleLevel, Suggestion

#: Below this a proposal is shown but not filled in.
SURE = 0.5
SHOWN = 3


def class_proposals(suggestion: Suggestion) -> list[tuple[Category, Guess]]:
    """The likeliest classes with how sure the machine is; empty when it has no idea."""
    likely = _asked(suggestion, class_guesses)
    known: dict[str, Any] = {}
    for one in Category.objects.filter(path__in=[guess.value for guess in likely]).order_by("scheme__version"):
        known[one.path] = one
    return [(known[guess.value], guess) for guess in likely if guess.value in known]


def level_proposals(suggestion: Suggestion) -> list[tuple[ResponsibleLevel, Guess]]:
    """The likeliest responsible levels with how sure the machine is; empty when it has no idea."""
    return [(ResponsibleLevel(guess.value), guess) for guess in _asked(suggestion, level_guesses)]


def _asked(suggestion: Suggestion, rules: Callable[[str, str], list[Guess]]) -> list[Guess]:
    return rules(suggestion.title, f"{suggestion.text} {suggestion.where}")[:SHOWN]
