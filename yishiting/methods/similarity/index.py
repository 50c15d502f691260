"""Similar messages while somebody types: an index that one message changes cheaply.

Postings of the runs of two and three characters of titles, and of the places named in bodies, in plain arrays. A query
adds up the weights of the runs it shares with each message, takes the best few and looks at those closely.
"""

from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.packing import packed, unpacked
from yishiting.methods.similarity.candidates import COMMON, COMMON_SHARE
from yishiting.methods.similarity.normalise import grams, letters, normalise, written
from yishiting.methods.similarity.rarity import Rarity
from yishiting.methods.similarity.reading import BODY, TITLE, Reading, matters_in, place_handles, read
from yishiting.methods.similarity.reasons import Comparison, compare_readings
from yishiting.methods.similarity.texts import Text

#: Messages looked at closely for one query, and readings kept at hand.
CLOSELY = 24
KEPT = 4096


@dataclass(frozen=True, slots=True)
class Match:
    """A message found, how it was ranked, and why it is shown."""

    text: Text
    rank: float
    comparison: Comparison

    def as_dict(self) -> dict[str, object]:
        return {"id": self.text.id, "title": self.text.title, "rank": round(self.rank, 4), **self.comparison.as_dict()}


class Index:
    """Messages that can be searched by likeness. `places`: names known from a table, for the reasons.

    Not thread-safe: one per process, or under a lock.
    """

    def __init__(self, texts: Iterable[Text] = (), places: Collection[str] = ()) -> None:
        self.places = places
        self._texts: list[Text | None] = []
        self._where: dict[str, int] = {}
        self._sizes = array("f")
        self._postings: dict[str, array[int]] = {}
        self._readings: OrderedDict[int, Reading] = OrderedDict()
        self.rarity = Rarity()
        for text in texts:
            self.add(text)

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, text_id: str) -> bool:
        return text_id in self._where

    def as_dict(self) -> dict[str, Any]:
        """Everything but the texts themselves, ready for JSON: to go on from in another process."""
        runs = sorted(self._postings)
        positions = array("i", (at for run in runs for at in self._postings[run]))
        return {
            "ids": [text.id if text is not None else None for text in self._texts],
            "sizes": packed(self._sizes),
            "runs": runs,
            "lengths": packed(array("i", (len(self._postings[run]) for run in runs))),
            "positions": packed(positions),
            "rarity": self.rarity.as_dict(),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any], texts: Mapping[str, Text], places: Collection[str] = ()) -> "Index":
        """What `as_dict` gave, with the texts by their ids. Twenty times as fast as adding them anew."""
        index = cls(places=places)
        index._texts = [texts.get(name) if name is not None else None for name in stored["ids"]]
        index._where = {text.id: at for at, text in enumerate(index._texts) if text is not None}
        index._sizes = unpacked("f", stored["sizes"])
        positions, start = unpacked("i", stored["positions"]), 0
        for run, length in zip(stored["runs"], unpacked("i", stored["lengths"]), strict=True):
            index._postings[run] = positions[start : start + length]
            start += length
        index.rarity = Rarity.from_dict(stored["rarity"])
        return index

    def add(self, text: Text) -> None:
        """Put one message in; a message of the same id is replaced. About 0.1 ms."""
        self.remove(text.id)
        at = len(self._texts)
        title = grams(normalise(text.title[:TITLE]))
        keys = title | _body_places(text.body)
        self._texts.append(text)
        self._where[text.id] = at
        self._sizes.append(max(1, len(title)) ** 0.5)
        for key in keys:
            self._postings.setdefault(key, array("i")).append(at)
        self.rarity.count(title)
        if self.rarity.wants_matters:
            self.rarity.count_matters(*matters_in(written(f"{text.title[:TITLE]} {text.body[: 2 * BODY]}")))

    def remove(self, text_id: str) -> bool:
        """Take one message out; whether it was there. Its postings stay and are passed over."""
        at = self._where.pop(text_id, None)
        if at is None:
            return False
        text = self._texts[at]
        self._texts[at] = None
        self._readings.pop(at, None)
        if text is not None:
            self.rarity.discount(grams(normalise(text.title[:TITLE])))
        return True

    def _reading(self, at: int, text: Text) -> Reading:
        reading = self._readings.get(at)
        if reading is None:
            reading = self._readings[at] = read(text.title, text.body, self.rarity, text.place)
            if len(self._readings) > KEPT:
                self._readings.popitem(last=False)
        else:
            self._readings.move_to_end(at)
        return reading

    def _candidates(self, query: Text, most: int) -> list[tuple[int, float]]:
        """The positions that share most with the query and how much: Σ weight² of shared runs / √ runs of the title."""
        import numpy as np

        cap = max(COMMON, COMMON_SHARE * len(self._texts))
        title = grams(normalise(query.title[:TITLE]))
        keys = [key for key in sorted(title | _body_places(query.body)) if 0 < len(self._postings.get(key, ())) <= cap]
        if not keys:
            return []
        lists = [np.frombuffer(self._postings[key], dtype=np.int32) for key in keys]
        weights = np.repeat([self.rarity.of(key) ** 2 for key in keys], [len(found) for found in lists])
        found = np.concatenate(lists)
        totals = np.bincount(found, weights)
        shared = np.unique(found)
        values = totals[shared] / np.frombuffer(self._sizes, dtype=np.float32)[shared]
        best = shared[np.argsort(-values, kind="stable")[: 2 * most]]
        size = max(1, len(title)) ** 0.5
        ranked = [(int(at), float(totals[at]) / size / self._sizes[at]) for at in best if self._texts[at] is not None]
        return ranked[:most]

    def similar_to(self, query: Text, limit: int = 5, closely: int = CLOSELY) -> list[Match]:
        """The messages most like the query, best first, with reasons; at most `limit`.

        The rank is the score of the decision plus the cosine-like overlap that found the message, so that a few words
        typed so far already find something. The query itself, if it is in the index by its id, is left out.
        """
        if not normalise(query.title) and not normalise(query.body):
            raise Unusable("请先写几个字", "Write a few words first")
        asked = query if normalise(query.title) else Text(query.id, query.body[:TITLE], query.body, query.place)
        own = read(asked.title, asked.body, self.rarity, asked.place)
        matches = []
        for at, overlap in self._candidates(asked, closely):
            text = self._texts[at]
            if text is None or (text.id == query.id and query.id):
                continue
            comparison = compare_readings(own, self._reading(at, text), self.places)
            matches.append(Match(text, comparison.score + overlap, comparison))
        return sorted(matches, key=lambda match: (-match.rank, match.text.id))[:limit]


def _body_places(body: str) -> set[str]:
    return place_handles(letters(written(body[:BODY]), " "))


def similar_to(query: Text, corpus: Index | Iterable[Text], limit: int = 5) -> list[Match]:
    """The messages of a corpus most like a query, best first, with reasons."""
    index = corpus if isinstance(corpus, Index) else Index(corpus)
    return index.similar_to(query, limit)


def compare(one: Text, other: Text, rarity: Rarity | None = None, places: Collection[str] = ()) -> Comparison:
    """Two messages side by side. `rarity` of the corpus they come from (`Index.rarity`) sharpens the score; `places` are
    names known from a table."""
    known = rarity or Rarity()
    return compare_readings(
        read(one.title, one.body, known, one.place), read(other.title, other.body, known, other.place), places
    )
