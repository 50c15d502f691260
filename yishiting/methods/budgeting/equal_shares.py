"""Method of Equal Shares: every ballot holds the same share of the budget; supporters pay equally for what they buy.

Source: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS 2021).
A project of cost c and satisfaction u is affordable at price r where the sum over its supporters of min(balance, r·u)
is c; the project with the lowest price is bought next, and each supporter pays min(balance, r·u).

Prices are found in floating point with a bound on their error. Wherever that bound leaves a doubt (two prices, or the
supporters' money and the cost, nearly equal) the exact ledger decides in fractions, so the result is that of exact
arithmetic. A price never falls while money is only spent, so an old price is a lower bound and most projects are not
looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from yishiting.methods.budgeting.alike import Lines
from yishiting.methods.budgeting.exact_ledger import DOUBT, ExactLedger
from yishiting.methods.budgeting.market import Market, Payment, Run, total
from yishiting.methods.budgeting.tally import Ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Groups = NDArray[np.intp]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

NEVER = float("inf")
#: Half a ballot: sums of ballot counts are whole, so less than this is none.
NOBODY = 0.5


@dataclass(slots=True)
class Price:
    """A project's price: surely not below `low`; not above `high` once it is known; `share` is price × satisfaction.

    `fresh`: nothing was paid by its supporters since; then `exact` may hold the exact share.
    """

    low: float
    high: float
    share: float
    fresh: bool = False
    exact: Fraction | None = None


class Purses:
    """The money of one run: the balance of every group of ballots, and the prices as far as they are known."""

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.market = market
        self.endowment = endowment
        self.scale = float(endowment)
        self.balances: Floats = np.full(len(market.weights), self.scale)
        self.groups = dict(market.groups)
        self.weights = dict(market.supporters)
        self.present = dict(market.votes)
        self.payments: list[Payment] = []
        self.ledger: ExactLedger | None = None
        self.ties = Ties(market.tally)
        self.told_among = -1
        self.lines = Lines(market.tally, market.groups, market.candidates)
        self.prices = {project: self._opening(project) for project in self.lines.heads}

    def _opening(self, project: int) -> Price:
        """What is known of a price before anything is looked at: all supporters pay equally, at best."""
        share = self.market.shares[project] * (1 - DOUBT)
        return Price(share / self.market.unit[project], NEVER, share)

    def cheapest(self) -> int | None:
        """The project to be bought next, or None."""
        best = NEVER
        for project in sorted(self.prices, key=lambda p: self.prices[p].low):
            price = self.prices[project]
            if price.low > best:
                break
            best = min(best, price.high if price.fresh else self.renew(project, best))
        nearest = [project for project, price in self.prices.items() if price.low <= best]
        if best == NEVER or len(nearest) > 1:
            nearest = self._exactly(nearest)
        if self.lines.goes_on(nearest) and self.told_among == self._holders(nearest[0]):
            return nearest[0]
        equal = [project for head in nearest for project in self._with_equals(head)]
        if nearest:
            self.lines.tell(nearest, equal)
            self.told_among = self._holders(nearest[0])
        return self.ties.first(equal, len(self.payments) + 1) if equal else None

    def _holders(self, project: int) -> int:
        """How many groups of its supporters have money. Only where one is emptied can a dearer project come to be equal."""
        return int(np.count_nonzero(self.balances.take(self.market.groups[project]) > DOUBT * self.scale))

    def _with_equals(self, head: int) -> list[int]:
        """A head and those behind it at the same price: of the same cost, or, by cost, all that who has money pays evenly."""
        found, tally = self.lines.as_cheap(head), self.market.tally
        if not self.lines.behind[head] or tally.rule.satisfaction != "cost" or not tally.cost[head]:
            return found
        balances, slack = self.balances.take(self.market.groups[head]), DOUBT * self.scale
        held = balances[balances > slack]
        votes = total(self.market.supporters[head], balances > slack)
        most = float(held.min()) if len(held) else 0.0
        certain = not bool(((balances > 0) & (balances <= slack)).any())
        likely = self.lines.waiting(head, Fraction((most + slack) * votes))
        for project in likely[len(found) - 1 :]:
            sure = certain and self.market.cost[project] / votes + slack < most
            if not sure and not self._as_cheap_exactly(head, project):
                break
            found.append(project)
        return found

    def _as_cheap_exactly(self, head: int, project: int) -> bool:
        """Whether a project behind the head has the same price."""
        if self.ledger is None:
            self.ledger = ExactLedger(self.market, self.endowment)
        self.ledger.catch_up(self.payments)
        guess = self.prices[head].share / self.market.cost[head]
        prices = []
        for one in (head, project):
            share = self.ledger.share(one, guess * self.market.cost[one])
            prices.append(None if share is None else share / self.market.utility[one])
        return prices[0] is not None and prices[0] == prices[1]

    def renew(self, project: int, cutoff: float) -> float:
        """The highest the project's price can be now; it is only made sure to be above `cutoff` where it is.

        A project whose supporters cannot pay is dropped. Solved from below by Newton's method: what supporters pay is a
        concave, piecewise linear function of the share, so no step goes too far.
        """
        price, weights = self.prices[project], self.weights[project]
        balances = self.balances.take(self.groups[project])
        slack = DOUBT * self.scale * self.market.votes[project]
        cost, share, unit = self.market.cost[project], price.share, self.market.unit[project]
        money = total(weights, balances)
        if money < cost - slack:
            del self.prices[project]
            return NEVER
        rich = self.present[project]
        while (gap := cost - total(weights, np.minimum(balances, share))) > slack / 10 and rich > NOBODY:
            rich = self.present[project] - total(weights, balances < share)
            share += gap / max(rich, 1.0)
            price.low, price.share = share * (1 - DOUBT) / unit, share * (1 - DOUBT)
            if price.low > cutoff:
                return NEVER
        return self._known(project, share, balances, money > cost + slack)

    def _known(self, project: int, share: float, balances: Floats, affordable: bool) -> float:
        """Note a price and how sure it is; `affordable` is false where the supporters' money may just not do."""
        price, unit = self.prices[project], self.market.unit[project]
        weights = self.weights[project]
        rich = self.present[project] - total(weights, balances < share)
        doubt = DOUBT * self.scale * self.market.votes[project] / max(rich, 1.0)
        price.share, price.fresh, price.exact = share, True, None
        price.low = min((share - doubt) / unit, share * (1 - DOUBT) / unit)
        price.high = max((share + doubt) / unit, share * (1 + DOUBT) / unit) if affordable else NEVER
        self._forget_the_empty(project, balances)
        return price.high

    def _forget_the_empty(self, project: int, balances: Floats) -> None:
        """Supporters without money are not asked again, once they are many."""
        empty = balances == 0.0
        if 4 * int(np.count_nonzero(empty)) > len(balances):
            kept = ~empty
            self.groups[project] = self.groups[project][kept]
            self.weights[project] = self.weights[project][kept]
            self.present[project] = float(self.weights[project].sum())

    def _exactly(self, nearest: Iterable[int]) -> list[int]:
        """Among projects too near to tell apart, those whose exact price is lowest."""
        exact = {}
        for project in nearest:
            share = self._exact_share(project)
            if share is None:
                del self.prices[project]
            else:
                exact[project] = share / self.market.utility[project]
        lowest = min(exact.values(), default=None)
        return [project for project, price in exact.items() if price == lowest]

    def _exact_share(self, project: int) -> Fraction | None:
        """The exact share; where every supporter surely has more than an equal part of the cost, it is that part."""
        price = self.prices[project]
        if price.exact is None or not price.fresh:
            equal = self.market.tally.cost[project] / self.market.tally.votes[project]
            poorest = float(self.balances.take(self.market.groups[project]).min())
            price.exact = equal if poorest > float(equal) + DOUBT * self.scale else self._from_ledger(project)
        return price.exact

    def _from_ledger(self, project: int) -> Fraction | None:
        if self.ledger is None:
            self.ledger = ExactLedger(self.market, self.endowment)
        self.ledger.catch_up(self.payments)
        return self.ledger.share(project, self.prices[project].share)

    def pay(self, project: int) -> None:
        """Take what the project costs from its supporters; it and its rivals are no longer for sale."""
        price = self.prices[project]
        groups = self.groups[project]
        balances = self.balances.take(groups)
        paid = np.minimum(balances, price.share)
        unstrained = len(groups) == len(self.market.groups[project]) and float(balances.min()) >= price.share
        self.balances[groups] = balances - paid
        high = min(price.high, price.share * (1 + DOUBT) / self.market.unit[project])
        self.payments.append(Payment(project, price.share, max(high, price.low), unstrained))
        for gone in {project} | self.market.tally.rivals.get(project, set()):
            self.prices.pop(gone, None)
            if (following := self.lines.remove(gone)) is not None:
                self.prices[following] = self._opening(following)
        touched = self.market.incidence.neighbours(groups)
        for other in self.prices if touched is None else self.prices.keys() & touched:
            self.prices[other].fresh = False


def buy_all(market: Market, endowment: Fraction) -> Run:
    """Start every ballot with the endowment and buy until no group of supporters can pay for another project."""
    purses = Purses(market, endowment)
    while (chosen := purses.cheapest()) is not None:
        purses.pay(chosen)
    return Run(endowment, tuple(purses.payments), tuple(purses.ties.met))
