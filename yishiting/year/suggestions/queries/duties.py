"""Whose duty a matter is known to be, whatever it is called where."""

from yishiting.ground.places.rules import highest
from yishiting.year.suggestions.models import Suggestion


def duty_of(suggestion: Suggestion) -> str:
    """The duty it was said to be; where nobody has said so yet, that of the whole it was split from and what was merged in."""
    if suggestion.responsible_level:
        return suggestion.responsible_level
    related = list(suggestion.merged_here.all())
    if suggestion.split_from is not None:
        related.append(suggestion.split_from)
    return highest(duty_of(one) for one in related)
