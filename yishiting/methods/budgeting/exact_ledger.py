"""The books of a run of equal shares in fractions, kept only when floating point cannot tell.

A group of ballots either paid its full share at a purchase or gave its last money. So an exact balance is the endowment
less the shares paid in full, and sums of balances only need counts: ballots × endowment − Σ (ballots that paid share k)
· share k. The shares themselves are fractions; counts are whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from yishiting.methods.budgeting.market import Market, Payment

    Groups = NDArray[np.intp]
    Flags = NDArray[np.bool_]

#: Relative error allowed in sums of money; rounding makes errors of some 1e-16 a step, so this has room for thousands.
DOUBT = 1e-11


class Split(NamedTuple):
    """An exact share, the groups that pay it in full and those that give their last money."""

    share: Fraction
    full: Groups
    last: Groups


class ExactLedger:
    """Exact balances after the payments made so far."""

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.market = market
        self.endowment = endowment
        self.balances = np.full(len(market.weights), float(endowment))
        self.spent: Flags = np.zeros(len(market.weights), np.bool_)
        self.shares: list[Fraction] = []
        self.full: list[Flags] = []

    def catch_up(self, payments: Sequence[Payment]) -> None:
        """Enter the payments not entered yet."""
        for payment in payments[len(self.shares) :]:
            self._enter(payment)

    def share(self, project: int, guess: float) -> Fraction | None:
        """The most any supporter would pay now, exactly; None where they cannot pay. `guess` is the rounded share."""
        groups = self.market.groups[project]
        groups = groups[~self.spent[groups]]
        if self.held(groups) < self.market.tally.cost[project]:
            return None
        return self._split(project, groups, guess).share

    def held(self, groups: Groups) -> Fraction:
        """The money of groups of which none is spent."""
        weights = self.market.weights[groups]
        money = int(weights.sum()) * self.endowment
        for share, full in zip(self.shares, self.full, strict=True):
            count = int(weights.dot(full[groups]))
            if count:
                money -= count * share
        return money

    def paid(self) -> list[Fraction]:
        """What one ballot of each group has paid in all."""
        common = lcm(*(share.denominator for share in self.shares))
        whole = [int(share * common) for share in self.shares]
        sums = [0] * len(self.spent)
        for share, full in zip(whole, self.full, strict=True):
            for group in np.flatnonzero(full & ~self.spent).tolist():
                sums[group] += share
        known = {total: Fraction(total, common) for total in set(sums)}
        return [
            self.endowment if spent else known[total] for spent, total in zip(self.spent.tolist(), sums, strict=True)
        ]

    def _enter(self, payment: Payment) -> None:
        groups = self.market.groups[payment.project]
        split = self._split(payment.project, groups[~self.spent[groups]], payment.share)
        full = np.zeros(len(self.spent), np.bool_)
        full[split.full] = True
        self.balances[split.full] = np.maximum(self.balances[split.full] - float(split.share), 0.0)
        self.balances[split.last] = 0.0
        self.spent[split.last] = True
        self.shares.append(split.share)
        self.full.append(full)

    def _split(self, project: int, groups: Groups, guess: float) -> Split:
        """Who pays in full and who cannot, among groups whose money suffices.

        Groups whose rounded balance is clearly above or below the guess are taken by it; those near it exactly. Where
        the exact share is not as near the guess as assumed, more of them are taken exactly.
        """
        balances, weights = self.balances[groups], self.market.weights[groups]
        rich = max(float(weights.dot(balances >= guess)), 1.0)
        doubt = max(DOUBT * float(self.endowment) * self.market.votes[project] / rich, DOUBT * guess)
        while True:
            near = np.abs(balances - guess) <= doubt
            split = self._solve(project, groups, near, balances > guess)
            if split is not None and (bool(near.all()) or abs(float(split.share) - guess) <= doubt / 2):
                return split
            doubt = doubt * 1000 if np.isfinite(doubt * 1000) else float("inf")

    def _solve(self, project: int, groups: Groups, near: Flags, above: Flags) -> Split | None:
        """The exact share when the groups not near it pay as assumed; None where that leaves nobody to pay."""
        rich, poor = groups[above & ~near], groups[~above & ~near]
        rest = self.market.tally.cost[project] - self.held(poor)
        payers = int(self.market.weights[rich].sum() + self.market.weights[groups[near]].sum())
        waiting = self._exact_balances(groups[near])
        while payers and waiting and waiting[-1][0] * payers < rest:
            balance, members = waiting.pop()
            weight = int(self.market.weights[members].sum())
            rest, payers = rest - weight * balance, payers - weight
            poor = np.concatenate([poor, members])
        if not payers:
            return None
        return Split(rest / payers, np.concatenate([rich, *(members for _, members in waiting)]), poor)

    def _exact_balances(self, groups: Groups) -> list[tuple[Fraction, Groups]]:
        """The groups by their exact balance, the poorest last."""
        if not len(groups):
            return []
        if not self.full:
            return [(self.endowment, groups)]
        patterns = np.array([full[groups] for full in self.full]).T
        kinds, kind = np.unique(patterns, axis=0, return_inverse=True)
        kind = kind.reshape(-1)
        held: dict[Fraction, list[Groups]] = {}
        for at, pattern in enumerate(kinds):
            held.setdefault(self.endowment - self._sum(pattern), []).append(groups[kind == at])
        return [(balance, np.concatenate(held[balance])) for balance in sorted(held, reverse=True)]

    def _sum(self, pattern: Flags) -> Fraction:
        return sum((share for share, paid in zip(self.shares, pattern, strict=True) if paid), Fraction(0))
