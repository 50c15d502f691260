"""The rules of debate of a place on one card."""

from dataclasses import dataclass

from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for


@dataclass(frozen=True, slots=True)
class Card:
    """The sentences in force, how long and how often one may speak, and the version."""

    sentences: tuple[str, ...]
    minutes: int
    times: int
    version: str


def card(place: Place) -> Card:
    """The card of the rules in force today."""
    book = rules_for(place)
    sentences = tuple(str(sentence) for sentence in book.listed("debate.rules"))
    return Card(sentences, book.number("debate.minutes"), book.number("debate.times"), book.label)
