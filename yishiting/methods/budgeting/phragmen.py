"""Phragmén's sequential rule: every ballot earns at the same pace, a project is bought when its supporters can pay.

Source: Phragmén 1894; for budgets Los, Christoff, Grossi, "Proportional Budget Allocations" (IJCAI 2022).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from yishiting.methods.budgeting.greedy import Basket
from yishiting.methods.budgeting.incidence import Incidence
from yishiting.methods.budgeting.tally import Tally


class Loads:
    """What each ballot has spent, exactly: groups remember only the last purchase that emptied them."""

    def __init__(self, tally: Tally, incidence: Incidence) -> None:
        self.tally = tally
        self.incidence = incidence
        self.last = np.zeros(len(incidence.weights), np.intp)
        self.times = [Fraction(0)]

    def due(self, project: int) -> Fraction:
        """When the supporters have earned enough: (their loads + cost) / their number."""
        groups = self.incidence.supporters[project]
        weights = self.incidence.weights[groups]
        held = np.bincount(self.last[groups], weights, len(self.times))
        spent = sum((int(count) * time for count, time in zip(held, self.times, strict=True) if count), Fraction(0))
        return (spent + self.tally.cost[project]) / self.tally.votes[project]

    def pay(self, project: int, time: Fraction) -> None:
        """The supporters have spent all they earned until now."""
        self.last[self.incidence.supporters[project]] = len(self.times)
        self.times.append(time)


def phragmen(tally: Tally, basket: Basket, incidence: Incidence) -> Loads:
    """Buy projects in the order in which their supporters can pay; end when the next would not fit.

    Exact throughout. A project nobody chose, or dearer than the whole budget, is never bought and never ends the count.
    Returns the loads at the end.
    """
    loads = Loads(tally, incidence)
    fits = [p for p in tally.eligible if tally.votes[p] and tally.cost[p] <= basket.left]
    early = {project: tally.cost[project] / tally.votes[project] for project in fits}
    while early:
        tied, time = _next(early, loads)
        if any(tally.cost[project] > basket.left for project in tied):
            break
        chosen = tied[0]
        if len(tied) > 1:
            chosen, tie = tally.settled(tied, len(basket.bought) + 1)
            basket.ties.append(tie)
        basket.buy(chosen, tally)
        loads.pay(chosen, time)
        for gone in {chosen} | tally.rivals.get(chosen, set()):
            early.pop(gone, None)
    return loads


def _next(early: dict[int, Fraction], loads: Loads) -> tuple[list[int], Fraction]:
    """The projects that are due first. `early` holds times that can only grow: only those that may be first are renewed."""
    best: Fraction | None = None
    tied: list[int] = []
    for project in sorted(early, key=early.__getitem__):
        if best is not None and early[project] > best:
            break
        early[project] = time = loads.due(project)
        if best is None or time < best:
            best, tied = time, [project]
        elif time == best:
            tied.append(project)
    assert best is not None
    return tied, best
