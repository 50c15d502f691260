"""What a classifier learns from, and what it answers."""

from dataclasses import dataclass
from typing import NamedTuple


class Example(NamedTuple):
    """A message whose class a person gave. `corrected`: the machine had proposed another one."""

    title: str
    body: str
    label: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What people may argue about. `margin`: below this distance of the first from the second class, "unsure"."""

    margin: float = 0.15
    shown: int = 3
    body: int = 600  # characters of a body that are read
    correction: float = 3.0  # how many examples a correction counts for
    trust: float = 40.0  # the number of examples at which they count as much as the keyword rules
    folds: int = 4  # parts in which the confidence is measured on examples not learnt from


class Likely(NamedTuple):
    """A class and how likely it is, 0 to 1."""

    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """The likeliest classes first, for a person to accept or correct."""

    likely: tuple[Likely, ...]
    unsure: bool
    words: tuple[str, ...]  # what in the message speaks most for the first class

    @property
    def label(self) -> str:
        """The likeliest class, also where it is unsure."""
        return self.likely[0].label

    def as_dict(self) -> dict[str, object]:
        return {
            "label": self.label,
            "unsure": self.unsure,
            "likely": [{"label": label, "confidence": round(confidence, 4)} for label, confidence in self.likely],
            "words": list(self.words),
        }
