"""How telling a run of characters or a matter is: rare ones tell more.

The weight of something seen in `d` of `n` texts is log((n + B + 1) / (d + 1)) / log(n + B + 1), between 0 (in every
text) and 1 (in none so far): inverse document frequency, brought to the unit interval so that it means the same at
a hundred texts and at a million. `B` is a background of imagined texts, so that two texts alone are not degenerate.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

#: Imagined texts before the first real one, and the share of them in which a matter or a word is taken to occur.
BACKGROUND = 1000
MATTER_SHARE = 0.05
WORD_SHARE = 0.02
#: Matters are counted in the first texts only: their shares settle early, and reading bodies is the slow part.
COUNTED_FULLY = 20_000


class Counts(Protocol):
    """In how many texts a run of characters occurs."""

    def get(self, run: str, default: int, /) -> int: ...


class Rarity:
    """Counts of what the texts seen so far contain; cheap to extend by one text, exact to take one away.

    The counts of matters are not taken back: they are shares of a sample.
    """

    __slots__ = ("_gram_scale", "_matter_scale", "_matters", "_own", "_read", "_words", "grams", "texts")

    def __init__(self, texts: int = 0, counted: Counts | None = None) -> None:
        """Empty, or of `texts` titles whose runs have been counted elsewhere; such a one cannot be extended."""
        self.texts = texts
        self._own: Counter[str] = Counter()
        self.grams: Counts = self._own if counted is None else counted
        self._read = 0
        self._matters: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._rescale()

    def _rescale(self) -> None:
        self._gram_scale = math.log(self.texts + BACKGROUND + 1)
        self._matter_scale = math.log(self._read + BACKGROUND + 1)

    def as_dict(self) -> dict[str, Any]:
        """Everything counted, ready for JSON; only of one that can be extended."""
        counted = {"grams": dict(self._own), "matters": dict(self._matters), "words": dict(self._words)}
        return {"texts": self.texts, "read": self._read, **counted}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Rarity":
        """What `as_dict` gave, to count on from."""
        rarity = cls(stored["texts"])
        rarity._read = stored["read"]
        rarity._own.update(stored["grams"])
        rarity._matters.update(stored["matters"])
        rarity._words.update(stored["words"])
        rarity._rescale()
        return rarity

    @property
    def wants_matters(self) -> bool:
        """Whether the matters of the next text would still be counted."""
        return self._read < COUNTED_FULLY

    def count(self, grams: Iterable[str]) -> None:
        """One more text, with these runs of characters in its title."""
        self.texts += 1
        self._own.update(grams)
        self._rescale()

    def discount(self, grams: Iterable[str]) -> None:
        """One text less."""
        self.texts -= 1
        self._own.subtract(grams)
        self._rescale()

    def count_matters(self, matters: Iterable[str], words: Iterable[str]) -> None:
        """One more text whose matters and matter words are known."""
        self._read += 1
        self._matters.update(matters)
        self._words.update(words)
        self._rescale()

    def of(self, gram: str) -> float:
        """The weight of a run of characters, 0 to 1."""
        return max(0.0, 1.0 - math.log(1 + self.grams.get(gram, 0)) / self._gram_scale)

    def of_matter(self, matter: str) -> float:
        """The weight of a matter, 0 to 1."""
        return max(0.0, 1.0 - math.log(1 + MATTER_SHARE * BACKGROUND + self._matters[matter]) / self._matter_scale)

    def of_word(self, word: str) -> float:
        """The weight of a matter word, 0 to 1."""
        return max(0.0, 1.0 - math.log(1 + WORD_SHARE * BACKGROUND + self._words[word]) / self._matter_scale)
