"""A linear machine on runs of one and two characters, with honest confidence; plain Python once it has learnt.

Title and body are two blocks of TF-IDF (sublinear counts, runs seen in at least two examples), each of length 1, so a
short title weighs as much as a long body. One linear support vector machine against the rest for each class, classes
weighted by their rarity. The confidence is a softmax of the distances times one temperature, with an even share of
doubt; both are fitted by maximum likelihood on distances measured on examples that were left out of learning. Learning
itself: `learning.py`.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yishiting.methods.packing import packed, unpacked
from yishiting.methods.similarity.normalise import normalise

_BLANKS = re.compile(r"\s\s+")


def texts_of(pairs: Sequence[tuple[str, str]], body: int) -> tuple[list[str], list[str]]:
    """Titles and bodies as they are read. A space stands for nothing written, so that no vocabulary is ever empty."""
    titles = [normalise(title) + " " for title, _ in pairs]
    return titles, [normalise(text[: 2 * body])[:body] + " " for _, text in pairs]


def softmax(values: Sequence[float]) -> list[float]:
    """Shares that add up to 1, in the order of the values."""
    most = max(values)
    raised = [math.exp(value - most) for value in values]
    total = math.fsum(raised)
    return [value / total for value in raised]


def calibrated(distances: Sequence[float], temperature: float, doubt: float) -> list[float]:
    """Confidences of distances: (1 − doubt) · softmax(temperature · distance) + doubt / classes."""
    shares = softmax([distance * temperature for distance in distances])
    return [(1 - doubt) * share + doubt / len(shares) for share in shares]


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of one or two characters that are known, in the order of the columns, and how rare they are."""

    names: tuple[str, ...]
    rarity: "array[float]"
    where: dict[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", {name: column for column, name in enumerate(self.names)})

    def of(self, text: str) -> dict[int, float]:
        """What a text has of them, as a row of length 1: column → value."""
        known = _BLANKS.sub(" ", text)
        found = Counter(
            column
            for run in (*known, *(known[at : at + 2] for at in range(len(known) - 1)))
            if (column := self.where.get(run)) is not None
        )
        row = {column: (1 + math.log(times)) * self.rarity[column] for column, times in found.items()}
        length = math.sqrt(math.fsum(value * value for value in row.values()))
        return {column: value / length for column, value in sorted(row.items())} if length else {}

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {"names": list(self.names), "rarity": packed(self.rarity)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Runs":
        """What `as_dict` gave."""
        return cls(tuple(stored["names"]), unpacked("d", stored["rarity"]))


@dataclass(frozen=True, slots=True)
class Machine:
    """What was learnt: the classes in order; for each class the weights of the runs, of titles first, then of bodies,
    and what is added; the temperature and the doubt of its confidence."""

    labels: tuple[str, ...]
    body: int
    titles: Runs
    bodies: Runs
    weights: tuple["array[float]", ...]
    shifts: tuple[float, ...]
    temperature: float
    doubt: float  # share of every confidence that is spread evenly: what no distance makes certain

    def confidences(self, pair: tuple[str, str]) -> list[float]:
        """How likely each class is for a (title, body), adding up to 1; all alike when no run of it is known."""
        row = self._row(pair)
        if not any(" " not in self._name(column) for column in row):
            return [1 / len(self.labels)] * len(self.labels)
        distances = (
            math.fsum(value * weights[column] for column, value in row.items()) + shift
            for weights, shift in zip(self.weights, self.shifts, strict=True)
        )
        return calibrated(list(distances), self.temperature, self.doubt)

    def telling(self, pair: tuple[str, str], label: str, most: int = 3) -> tuple[str, ...]:
        """The two-character runs of a message that speak most for a class."""
        weights = self.weights[self.labels.index(label)]
        gains: dict[str, float] = {}
        for column, value in self._row(pair).items():
            run = self._name(column)
            if len(run) == 2 and " " not in run:  # noqa: PLR2004 - single characters say nothing to a reader
                gains[run] = gains.get(run, 0.0) + value * weights[column]
        best = sorted(gains.items(), key=lambda gain: (-gain[1], gain[0]))
        return tuple(run for run, gain in best[:most] if gain > 0)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; another process goes on from it without learning, and without the library for it."""
        return {
            "labels": list(self.labels),
            "body": self.body,
            "titles": self.titles.as_dict(),
            "bodies": self.bodies.as_dict(),
            "weights": [packed(row) for row in self.weights],
            "shifts": list(self.shifts),
            "temperature": self.temperature,
            "doubt": self.doubt,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Machine":
        """What `as_dict` gave."""
        return cls(
            tuple(stored["labels"]),
            stored["body"],
            Runs.from_dict(stored["titles"]),
            Runs.from_dict(stored["bodies"]),
            tuple(unpacked("f", row) for row in stored["weights"]),
            tuple(stored["shifts"]),
            stored["temperature"],
            stored["doubt"],
        )

    def _row(self, pair: tuple[str, str]) -> dict[int, float]:
        (title,), (text,) = texts_of([pair], self.body)
        after = len(self.titles.names)
        return self.titles.of(title) | {after + column: value for column, value in self.bodies.of(text).items()}

    def _name(self, column: int) -> str:
        after = len(self.titles.names)
        return self.titles.names[column] if column < after else self.bodies.names[column - after]
