"""Add1: raise every ballot's share a little at a time and count again, until the budget would be overspent."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from yishiting.methods.budgeting.equal_shares import Market, Run
from yishiting.methods.budgeting.rule import ADD_ONE_EXHAUSTIVE

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Progress


class AddOne:
    """The climb of the endowment, by `increment` currency units per ballot."""

    def __init__(self, market: Market, budget: Fraction, progress: Progress | None = None) -> None:
        self.market = market
        self.budget = budget
        self.progress = progress
        self.increment = market.tally.rule.increment
        self.runs = 0

    def climb(self, run: Run) -> Run:
        while not self._ends(run):
            following = self.market.run(run.endowment + self.increment)
            self.runs += 1
            if self._cost(following) > self.budget:
                return run
            run = following
        return run

    def _cost(self, run: Run) -> Fraction:
        return sum((self.market.tally.cost[project] for project in run.bought), Fraction(0))

    def _ends(self, run: Run) -> bool:
        """Whether nothing could follow: all is bought, or (where the rule says so) nothing more would fit."""
        tally, bought = self.market.tally, set(run.bought)
        barred = bought.union(*(tally.rivals.get(project, set()) for project in bought))
        open_ = [project for project in self.market.candidates if project not in barred]
        left = self.budget - self._cost(run)
        if self.market.tally.rule.completion == ADD_ONE_EXHAUSTIVE:
            return all(tally.cost[project] > left for project in open_)
        return not open_
