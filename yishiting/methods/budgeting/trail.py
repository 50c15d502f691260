"""What is bought at every endowment Add1 climbs through, kept so that a changed election need not climb there again.

A counterfactual changes one project only. As long as that project is bought last or not at all, the others are bought
as before. So the climb is walked once and proved piece by piece (see `add_one`); for each question it is looked up how
far it surely goes on as before, and only from there are purchases counted anew.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from yishiting.methods.budgeting.add_one import AddOne, Follower
from yishiting.methods.budgeting.equal_shares import buy_all
from yishiting.methods.budgeting.exact_ledger import DOUBT
from yishiting.methods.budgeting.market import Market, Run

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

#: Pieces shorter than this part of a step are not cut again to prove them; nor those shorter than a step, once they are
#: many: then something stands equal for long, and cutting does not help.
FINE, PIECES = 16, 4096
#: Rounded sums must differ by so many times the usual doubt: nothing here is looked at exactly.
MARGIN = 100 * DOUBT


class Trail:
    """Runs at ascending endowments; `joined[k]`: all between run k and the next is bought as in run k."""

    def __init__(self, market: Market, budget: Fraction, top: Fraction) -> None:
        self.market = market
        self.budget = budget
        self.runs = [buy_all(market, top)]
        self.joined: list[bool] = []
        self._marks: dict[int, Flags] = {}

    @property
    def top(self) -> Fraction:
        """Where the climb ended."""
        return self.runs[-1].endowment

    def start(self, market: Market, project: int) -> Fraction:
        """Where the climb of a changed election may begin: it does not end on its way there.

        The election differs from that of the trail in the cost and votes of this project only; its further supporters
        chose nothing else.
        """
        step, low = market.tally.rule.increment, self.budget / market.incidence.voters
        self._reach_down_to(low)
        asked = Asked(self, market, project)
        at = max(bisect_right(self.runs, low, key=lambda run: run.endowment) - 1, 0)
        known = low
        while at < len(self.joined):
            end, sure = self._clear(asked, at, low, step)
            known = max(known, sure)
            if not end:
                break
            at = end
        return low + (known - low) // step * step

    def _clear(self, asked: Asked, at: int, low: Fraction, step: Fraction) -> tuple[int, Fraction]:
        """The run up to which nothing happens after run `at` (0: something does), and the endowment surely reached."""
        here, following = self.runs[at], self.runs[at + 1].endowment
        if self.joined[at]:
            end = next((k for k in range(at, len(self.joined)) if not self.joined[k]), len(self.joined))
            far = self._furthest(asked, at, end)
            # Run `at` itself is only known to be good where some piece after it is.
            return (end if far == end else 0), here.endowment - step if far == at else self.runs[far].endowment
        point = low + max(ceil((here.endowment - low) / step), 0) * step
        while point < following:
            run = here if point == here.endowment else buy_all(self.market, point)
            if not asked.goes_on(run, run):
                return 0, point - step
            point += step
        return at + 1, here.endowment

    def _furthest(self, asked: Asked, low: int, high: int) -> int:
        """The last run up to which the climb surely goes on, by halving where it is in doubt."""
        if low == high or asked.goes_on(self.runs[low], self.runs[high]):
            return high
        if high - low == 1:
            return low
        middle = (low + high) // 2
        reached = self._furthest(asked, low, middle)
        return reached if reached < middle else self._furthest(asked, middle, high)

    def marks(self, project: int) -> Flags:
        """Which of all projects each supporter of this one chose, shape (projects, supporters)."""
        if project not in self._marks:
            incidence = self.market.incidence
            groups = incidence.supporters[project]
            self._marks[project] = np.array([np.isin(groups, other) for other in incidence.supporters])
        return self._marks[project]

    def _reach_down_to(self, low: Fraction) -> None:
        """Walk the part below what is known."""
        first = self.runs[0]
        if low < first.endowment:
            runs, joined = self.runs, self.joined
            self.runs, self.joined = [buy_all(self.market, low)], []
            self._walk(self.runs[0], first.endowment)
            self.runs, self.joined = [*self.runs, *runs[1:]], [*self.joined, *joined]

    def _walk(self, run: Run, high: Fraction) -> Run:
        """Prove what is bought from a run upwards, in pieces cut in halves until they can be proved."""
        follower = Follower(self.market, high, run)
        proved = follower.follow(0, {}) is None
        step = self.market.tally.rule.increment
        if proved or high - run.endowment <= (step / FINE if len(self.runs) < PIECES else step):
            self.runs.append(follower.run() if proved else buy_all(self.market, high))
            self.joined.append(proved)
            return self.runs[-1]
        return self._walk(self._walk(run, (run.endowment + high) / 2), high)


class Asked:
    """A changed election beside the trail: does its climb go on too?"""

    def __init__(self, trail: Trail, market: Market, project: int) -> None:
        self.project = project
        self.climb = AddOne(market, trail.budget)
        self.candidate = project in market.groups
        if self.candidate:
            self.cost, self.unit, self.votes = market.cost[project], market.unit[project], market.votes[project]
            self.marks = trail.marks(project)
            supporters = self.marks.shape[1]
            self.weights = market.supporters[project][:supporters]
            self.further = float(market.supporters[project][supporters:].sum())

    def goes_on(self, low: Run, high: Run) -> bool:
        """Whether the climb surely does not end at any endowment between two runs that buy the same.

        That is so where the project can only be bought last, and nothing ends with it or without it.
        """
        if self.project in low.bought or self._over(low.bought):
            return False
        if not self.candidate:
            return True
        short = self._short(low, high)
        return bool(short[:-1].all()) and bool(short[-1] or not self._over([*low.bought, self.project]))

    def _over(self, bought: list[int]) -> bool:
        return self.climb.overspends(bought) or self.climb.ends(bought)

    def _short(self, low: Run, high: Run) -> Flags:
        """Before each purchase, whether the project is surely dearer; at the end, whether it is surely unaffordable.

        Nowhere between have its supporters more than in the higher run, nor is a purchase dearer than in the lower one.
        """
        endowment = float(high.endowment)
        shares = np.array([payment.share for payment in high.payments])
        paid = np.cumsum(self.marks[high.bought] * shares[:, None], axis=0)
        most = np.array([*(payment.price for payment in low.payments), np.inf]) * self.unit
        left = np.maximum(endowment - np.vstack([np.zeros((1, len(self.weights))), paid]), 0.0)
        offered = np.einsum("pi,i->p", np.minimum(left, most[:, None]), self.weights)
        offered += self.further * np.minimum(endowment, most)
        return np.asarray(offered < self.cost - MARGIN * endowment * self.votes)
