"""What there is to buy and who would pay: everything in equal shares that does not change between runs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from yishiting.methods.budgeting.incidence import Incidence
from yishiting.methods.budgeting.outcome import Tie
from yishiting.methods.budgeting.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

#: Sums of fewer terms are made by one thread.
SHORT = 4096


@dataclass(frozen=True, slots=True)
class Payment:
    """One purchase: the most any supporter pays, the highest its price can be, and whether all could pay that much."""

    project: int
    share: float
    price: float
    unstrained: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What is bought when every ballot starts with `endowment`."""

    endowment: Fraction
    payments: tuple[Payment, ...]
    ties: tuple[Tie, ...]

    @property
    def bought(self) -> list[int]:
        """Project numbers in order of purchase."""
        return [payment.project for payment in self.payments]


def total(weights: Floats, amounts: Floats | Flags) -> float:
    """Σ weight · amount. Not `dot` where they are many: its threads wait for each other longer than the sum takes."""
    return float(weights.dot(amounts) if len(weights) < SHORT else np.einsum("i,i->", weights, amounts))


class Market:
    """Projects, their supporters and what these must pay."""

    def __init__(self, tally: Tally, incidence: Incidence) -> None:
        self.tally = tally
        self.candidates = [project for project in tally.eligible if tally.votes[project]]
        self.incidence = incidence
        self.weights = incidence.weights
        self.groups = {p: incidence.supporters[p] for p in self.candidates}
        self.supporters = {p: self.weights[groups] for p, groups in self.groups.items()}
        self.votes = {p: float(tally.votes[p]) for p in self.candidates}
        self.cost = {p: float(tally.cost[p]) for p in self.candidates}
        by_cost = tally.rule.satisfaction == "cost"
        self.utility = {p: tally.cost[p] if by_cost and tally.cost[p] else Fraction(1) for p in self.candidates}
        self.unit = {p: float(utility) for p, utility in self.utility.items()}
        #: The price while all supporters can pay equally: no later price is lower, whatever the endowment.
        self.opening = {p: tally.cost[p] / (tally.votes[p] * self.utility[p]) for p in self.candidates}
        self.shares = {p: self.cost[p] / self.votes[p] for p in self.candidates}
