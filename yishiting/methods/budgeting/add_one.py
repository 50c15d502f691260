"""Add1: raise every ballot's share a little at a time and count again, until the budget would be overspent.

Where a unit of money is small (forints) that is tens of thousands of counts. Most of them need not be made: while the
order of purchases stays the same, more money for all leaves every balance higher or equal and every price lower or
equal, purchase by purchase. So if each purchase at the lower endowment was cheaper than anything else still for sale is
at the higher one, every endowment between them buys the same, and they are passed over together.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from yishiting.methods.budgeting.equal_shares import Purses, buy_all
from yishiting.methods.budgeting.frontier import frontier
from yishiting.methods.budgeting.market import Market, Payment, Run
from yishiting.methods.budgeting.outcome import NextStep
from yishiting.methods.budgeting.rule import ADD_ONE_EXHAUSTIVE

if TYPE_CHECKING:
    from yishiting.methods.budgeting.progress import Progress

#: Where leaps fail again and again, at most so many steps are taken one by one before the next is tried.
PATIENCE = 16
#: Projects of about the same cost, up to this ratio, may stand nearly equal all along.
ALIKE = 1.1
#: More steps than any climb takes.
MANY = 10**15


class AddOne:
    """The climb of the endowment, by `increment` currency units per ballot."""

    def __init__(self, market: Market, budget: Fraction, progress: Progress | None = None) -> None:
        self.market = market
        self.budget = budget
        self.progress = progress
        self.increment = market.tally.rule.increment
        self.stride = 1
        self.wait = self.waited = 0
        self.counts = 0
        self.beyond: NextStep | None = None

    def climb(self, run: Run) -> Run:
        """The last run before the budget is overspent, or the first that leaves nothing to wish for."""
        while not self.ends(run.bought):
            following = self._leap(run) or self._step(run)
            if following is None:
                break
            run = following
        return buy_all(self.market, run.endowment)  # once more, since leaps do not note ties

    def _step(self, run: Run) -> Run | None:
        """The run one step higher; None where it overspends."""
        following = buy_all(self.market, run.endowment + self.increment)
        self._tell(following.endowment)
        if not self.overspends(following.bought):
            return following
        cost = self._cost(following.bought)
        self.beyond = NextStep(following.endowment, self.market.tally.ids(following.bought), cost)
        return None

    def _leap(self, run: Run) -> Run | None:
        """A run some steps higher with nothing else bought on the way; None where the next step must be looked at."""
        if self.waited < self.wait:
            self.waited += 1
            return None
        stride, start = self.stride, 0
        lows: dict[int, float] = {}
        while stride:
            follower = Follower(self.market, run.endowment + stride * self.increment, run)
            reached = follower.follow(start, lows)
            self._tell(follower.endowment)
            if reached is None:
                # What had to be halved now is not doubled at once.
                self.stride, self.wait = stride * 2 if stride == self.stride else stride, 0
                return follower.run()
            start, stride = reached, stride // 2
        self.stride = max(1, self.stride // 4)
        self.wait, self.waited = min(2 * self.wait + 1, PATIENCE) if self.stride == 1 else 0, 0
        return None

    def _tell(self, endowment: Fraction) -> None:
        self.counts += 1
        if self.progress:
            self.progress(f"每票份额 {float(endowment):.2f}，已计 {self.counts} 遍")

    def _cost(self, bought: list[int]) -> Fraction:
        return sum((self.market.tally.cost[project] for project in bought), Fraction(0))

    def overspends(self, bought: list[int]) -> bool:
        """Whether purchases cost more than the budget."""
        return self._cost(bought) > self.budget

    def ends(self, bought: list[int]) -> bool:
        """Whether nothing could follow: all is bought, or (where the rule says so) nothing more would fit."""
        tally = self.market.tally
        barred = set(bought).union(*(tally.rivals.get(project, set()) for project in bought))
        open_ = [project for project in self.market.candidates if project not in barred]
        left = self.budget - self._cost(bought)
        if tally.rule.completion == ADD_ONE_EXHAUSTIVE:
            return all(tally.cost[project] > left for project in open_)
        return not open_

    def likely(self, start: Fraction, near: Fraction) -> Run:
        """The run at which the climb would end if it never bought less on its way: soon found, but not proved.

        `near`: an endowment at which a like election ended.
        """
        run = cache(lambda steps: buy_all(self.market, start + steps * self.increment))
        steps = frontier(lambda steps: self._over(run(steps).bought), int((near - start) / self.increment), MANY)
        if self._over(run(0).bought) or steps is None:
            return run(0)
        return run(steps - 1 if self.overspends(run(steps).bought) else steps)

    def _over(self, bought: list[int]) -> bool:
        return self.overspends(bought) or self.ends(bought)


class Follower(Purses):
    """A run at a higher endowment that checks whether the purchases of a lower one stand all the way up to it."""

    def __init__(self, market: Market, endowment: Fraction, guide: Run) -> None:
        super().__init__(market, endowment)
        self.guide = guide

    def follow(self, start: int, lows: dict[int, float]) -> int | None:
        """The number of the first purchase in doubt; None where all stand.

        Purchases before `start` are known to stand. `lows` holds prices learnt at a still higher endowment when that
        purchase was in doubt (lower bounds here) and takes those learnt now.
        """
        for number, payment in enumerate(self.guide.payments):
            if number == start:
                self._learn(lows)
            if number >= start and not self._stands(payment):
                return self._doubt(number, lows)
            self.renew(payment.project, float("inf"))
            self.pay(payment.project)
        if start == len(self.guide.payments):
            self._learn(lows)
        for project in list(self.prices):
            self.renew(project, 0.0)
            if project in self.prices:
                return self._doubt(len(self.guide.payments), lows)
        return None

    def run(self) -> Run:
        """The run that was followed to its end."""
        return Run(self.endowment, tuple(self.payments), ())

    def _stands(self, payment: Payment) -> bool:
        """Whether nothing else can be cheaper than this purchase at any endowment from the lower to this one."""
        for project, price in list(self.prices.items()):
            if project == payment.project or price.low > payment.price:
                continue
            self.renew(project, payment.price)
            if project in self.prices and price.low <= payment.price and not self._always_after(project, payment):
                return False
        return True

    def _always_after(self, project: int, payment: Payment) -> bool:
        """Whether a project as cheap as the purchase comes after it all the same, whatever more money there is."""
        if self._opens_later(project, payment):
            return True
        bought, market = payment.project, self.market
        alike = market.votes[project] == market.votes[bought] and market.cost[project] <= ALIKE * market.cost[bought]
        return alike and market.tally.before(bought, project) and self._kinds(project) == self._kinds(bought)

    def _opens_later(self, project: int, payment: Payment) -> bool:
        """When all its supporters can pay equally, a purchase has its opening price however much more money they get."""
        opening = self.market.opening
        if not payment.unstrained or opening[project] < opening[payment.project]:
            return False
        return opening[project] > opening[payment.project] or self.market.tally.before(payment.project, project)

    def _kinds(self, project: int) -> Counter[bytes]:
        """How many supporters took part in the same purchases: these hold the same money, whatever the endowment.

        Where two projects have supporters of the same kinds, the cheaper one has the lower price or the same.
        """
        groups, chosen = self.market.groups[project], self.market.groups
        made = [np.isin(groups, chosen[payment.project]) for payment in self.payments]
        kinds: Counter[bytes] = Counter()
        for number, weight in enumerate(self.market.supporters[project].tolist()):
            kinds[bytes(int(part[number]) for part in made)] += int(weight)
        return kinds

    def _learn(self, lows: dict[int, float]) -> None:
        for project, low in lows.items():
            if project in self.prices and low > self.prices[project].low:
                self.prices[project].low = low

    def _doubt(self, number: int, lows: dict[int, float]) -> int:
        lows.clear()
        lows.update({project: price.low for project, price in self.prices.items()})
        return number
