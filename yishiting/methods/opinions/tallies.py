"""Counts of answers, shares of them, and the two tests that say whether a share is more than chance.

Source of the formulas: C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, "Polis: Scaling deliberation by
mapping high dimensional opinion spaces", 2021, and the mathematics published with Polis.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any, Literal

from yishiting.methods.exact import pair

Side = Literal["agree", "disagree"]
SIDES: tuple[Side, Side] = ("agree", "disagree")


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of some people to one statement; `seen` counts agree, disagree and pass."""

    agree: int
    disagree: int
    seen: int

    def count(self, side: Side) -> int:
        """How many took this side."""
        return self.agree if side == "agree" else self.disagree

    def share(self, side: Side) -> Fraction:
        """(count + 1) / (seen + 2): the share, drawn towards one half where few have answered."""
        return Fraction(self.count(side) + 1, self.seen + 2)

    def share_test(self, side: Side) -> float:
        """z value of the share being above one half: 2·√(n+1)·((c+1)/(n+1) − 1/2)."""
        seen = self.seen + 1
        return 2 * sqrt(seen) * ((self.count(side) + 1) / seen - 0.5)

    def minus(self, part: "Tally") -> "Tally":
        """The answers of the others."""
        return Tally(self.agree - part.agree, self.disagree - part.disagree, self.seen - part.seen)

    def as_dict(self) -> dict[str, Any]:
        """Counts first; the shares are the smoothed ones."""
        return {
            "agree": self.agree,
            "disagree": self.disagree,
            "pass": self.seen - self.agree - self.disagree,
            "seen": self.seen,
            "agree_share": pair(self.share("agree")),
            "disagree_share": pair(self.share("disagree")),
        }


def ratio_test(inside: Tally, outside: Tally, side: Side) -> float:
    """z value of a group taking a side more than the others do (two proportions, pooled, one added to each count).

    Zero when everybody on both sides agrees: then the pooled variance is nothing and there is no difference to test.
    """
    here, there = inside.count(side) + 1, outside.count(side) + 1
    seen_here, seen_there = inside.seen + 1, outside.seen + 1
    if here + there == seen_here + seen_there:
        return 0.0
    pooled = (here + there) / (seen_here + seen_there)
    spread = sqrt(pooled * (1 - pooled) * (1 / seen_here + 1 / seen_there))
    return (here / seen_here - there / seen_there) / spread


def compared(inside: Tally, outside: Tally) -> dict[str, Any]:
    """The answers of a group with every figure that compares it with the others, for both sides."""
    figures = inside.as_dict()
    for side in SIDES:
        figures[f"{side}_test"] = inside.share_test(side)
        figures[f"{side}_ratio"] = pair(inside.share(side) / outside.share(side))
        figures[f"{side}_ratio_test"] = ratio_test(inside, outside, side)
    return figures


def together(tallies: Iterable[Tally]) -> Tally:
    """The answers of several groups added up."""
    listed = list(tallies)
    return Tally(sum(t.agree for t in listed), sum(t.disagree for t in listed), sum(t.seen for t in listed))
