"""Phragmén's sequential rule: every ballot earns at the same pace, a project is bought when its supporters can pay.

Source: Phragmén 1894; for budgets Los, Christoff, Grossi, "Proportional Budget Allocations" (IJCAI 2022).
Times are kept rounded; where two projects are due at nearly the same time, they are worked out in fractions.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from yishiting.methods.budgeting.alike import Lines
from yishiting.methods.budgeting.basket import Basket
from yishiting.methods.budgeting.exact_ledger import DOUBT
from yishiting.methods.budgeting.incidence import Incidence
from yishiting.methods.budgeting.rule import PHRAGMEN
from yishiting.methods.budgeting.tally import Tally, Ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Loads:
    """What each ballot has spent: a group only remembers the last purchase, which took all it had earned until then."""

    def __init__(self, tally: Tally, incidence: Incidence) -> None:
        self.tally = tally
        self.incidence = incidence
        self.last = np.zeros(len(incidence.weights), np.intp)
        self.rounded = [0.0]
        self.exact = [Fraction(0)]
        self.paid: list[tuple[int, Floats]] = []
        self.ended_at: list[int] = []
        #: What is due when, as long as no supporter has paid since.
        self.known: dict[int, float] = {}
        self.known_exactly: dict[int, Fraction] = {}

    def due(self, project: int) -> float:
        """When the supporters have earned enough, rounded: (their loads + cost) / their number."""
        if project not in self.known:
            spent = float(np.einsum("i,i->", self._held(project), self.rounded))
            self.known[project] = (spent + float(self.tally.cost[project])) / self.tally.votes[project]
        return self.known[project]

    def due_exactly(self, project: int) -> Fraction:
        """The same in fractions."""
        if project not in self.known_exactly:
            self._catch_up()
            self.known_exactly[project] = self._time(project, self._held(project))
        return self.known_exactly[project]

    def pay(self, project: int, time: float) -> None:
        """The supporters have spent all they earned until now."""
        self.paid.append((project, self._held(project)))
        groups = self.incidence.supporters[project]
        self.last[groups] = len(self.rounded)
        self.rounded.append(time)
        touched = self.incidence.neighbours(groups)
        for other in list(self.known) if touched is None else touched:
            self.known.pop(other, None)
            self.known_exactly.pop(other, None)

    def spent(self) -> list[Fraction]:
        """What one ballot of each group has spent, exactly."""
        self._catch_up()
        return [self.exact[purchase] for purchase in self.last.tolist()]

    def most(self) -> list[Fraction]:
        """For each purchase the most any supporter paid: all that the one who had waited longest had earned."""
        self._catch_up()
        longest = [self.exact[int(np.flatnonzero(held)[0])] for _, held in self.paid]
        return [time - emptied for time, emptied in zip(self.exact[1:], longest, strict=True)]

    def _catch_up(self) -> None:
        while len(self.exact) < len(self.rounded):
            self.exact.append(self._time(*self.paid[len(self.exact) - 1]))

    def _held(self, project: int) -> Floats:
        """How many supporters were last emptied by each purchase (0: none yet)."""
        groups = self.incidence.supporters[project]
        weights = self.incidence.weights[groups]
        return np.bincount(self.last[groups], weights, len(self.rounded)).astype(np.float64)

    def _time(self, project: int, held: Floats) -> Fraction:
        spent = sum((int(held[at]) * self.exact[at] for at in np.flatnonzero(held).tolist()), Fraction(0))
        return (spent + self.tally.cost[project]) / self.tally.votes[project]


def phragmen(tally: Tally, basket: Basket, incidence: Incidence) -> Loads:
    """Buy projects in the order in which their supporters can pay; end when the next would not fit.

    Of projects due at the same time none is bought where one would not fit. A project nobody chose, or dearer than the
    whole budget, is never bought and never ends the count. Returns the loads at the end; the projects then due and not
    bought are in `loads.ended_at`.
    """
    loads = Loads(tally, incidence)
    fits = [p for p in tally.eligible if tally.votes[p] and tally.cost[p] <= basket.left]
    lines = Lines(tally, dict(enumerate(incidence.supporters)), fits)
    early = {project: float(tally.cost[project] / tally.votes[project]) for project in lines.heads}
    ties = Ties(tally)
    while early:
        nearest = _next(early, loads)
        known = lines.goes_on(nearest)
        if any(tally.cost[project] > basket.left for project in nearest):
            loads.ended_at = sorted(_all_due(nearest, lines))
            break
        equal = nearest if known else _all_due(nearest, lines)
        chosen = nearest[0] if known else ties.first(equal, len(basket.bought) + 1)
        if not known:
            lines.tell(nearest, equal)
        basket.buy(chosen, tally, PHRAGMEN)
        time = early[chosen]
        loads.pay(chosen, time)
        for gone in {chosen} | tally.rivals.get(chosen, set()):
            early.pop(gone, None)
            if (following := lines.remove(gone)) is not None:
                early[following] = 0.0  # renewed before it is looked at
    basket.ties = ties.met
    return loads


def _all_due(nearest: list[int], lines: Lines) -> list[int]:
    """The heads due first and those behind them that cost as much."""
    return [project for head in nearest for project in lines.as_cheap(head)]


def _next(early: dict[int, float], loads: Loads) -> list[int]:
    """The projects due first. `early` holds times that can only grow: only those that may be first are renewed."""
    best = float("inf")
    for project in sorted(early, key=early.__getitem__):
        if early[project] > best * (1 + DOUBT):
            break
        early[project] = loads.due(project)
        best = min(best, early[project])
    near = [project for project, time in early.items() if time <= best * (1 + DOUBT)]
    if len(near) == 1:
        return near
    exact = {project: loads.due_exactly(project) for project in near}
    first = min(exact.values())
    return [project for project in near if exact[project] == first]
