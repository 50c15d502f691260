"""Equal Shares where ballots give points: whoever gives a project more points pays more for it.

Source: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS 2021). At
price r a ballot that gave u points pays min(balance, r·u); the project with the lowest price at which that makes its
cost is bought next. Every figure is a fraction. Points of zero or less support nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from yishiting.methods.budgeting.outcome import Tie
from yishiting.methods.budgeting.tally import Tally, Ties
from yishiting.methods.errors import Unusable


class Supporter(NamedTuple):
    """A group of equal ballots and the points each of them gave."""

    group: int
    ballots: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class PointsRun:
    """Project numbers bought in order, the price of each, what is left in each ballot's purse, and the ties met.

    `balances` are those of the ballots that are not blank, in their order.
    """

    bought: tuple[int, ...]
    prices: tuple[Fraction, ...]
    balances: tuple[Fraction, ...]
    ties: tuple[Tie, ...]


def supporters(tally: Tally) -> dict[int, list[Supporter]]:
    """Who gave points to each project that may win. `Unusable` where the ballots carry no points."""
    marked = [ballot for ballot in tally.election.ballots if ballot.choices]
    if not all(ballot.points for ballot in marked):
        raise Unusable("选票上没有分数，不能按分数计算均等份额", "the ballots carry no points")
    eligible = set(tally.eligible)
    found: dict[int, list[Supporter]] = {}
    for group, ballot in enumerate(marked):
        for choice, points in zip(ballot.choices, ballot.points, strict=True):
            if points > 0 and (project := tally.number[choice]) in eligible:
                found.setdefault(project, []).append(Supporter(group, ballot.count, points))
    return found


def buy_by_points(tally: Tally, endowment: Fraction) -> PointsRun:
    """Start every ballot with the endowment and buy until no supporters can pay for another project."""
    who = supporters(tally)
    balances = [endowment] * sum(bool(ballot.choices) for ballot in tally.election.ballots)
    ties, bought, prices = Ties(tally), list[int](), list[Fraction]()
    waiting = [(Fraction(0), project) for project in sorted(who)]
    barred: set[int] = set()
    while nearest := _cheapest(tally, who, balances, waiting, barred):
        price, equal = nearest
        chosen = ties.first(equal, len(bought) + 1)
        for project in equal:
            if project != chosen:
                heappush(waiting, (price, project))
        for one in who[chosen]:
            balances[one.group] -= min(balances[one.group], price * one.points)
        bought.append(chosen)
        prices.append(price)
        barred |= tally.rivals.get(chosen, set())
    return PointsRun(tuple(bought), tuple(prices), tuple(balances), tuple(ties.met))


def _cheapest(
    tally: Tally,
    who: Mapping[int, list[Supporter]],
    balances: list[Fraction],
    waiting: list[tuple[Fraction, int]],
    barred: set[int],
) -> tuple[Fraction, list[int]] | None:
    """The lowest price and all projects at it, taken out of `waiting`. An old price is a lower bound: none ever falls."""
    heapify(waiting)
    best: Fraction | None = None
    equal: list[int] = []
    while waiting and (best is None or waiting[0][0] <= best):
        _, project = heappop(waiting)
        price = None if project in barred else price_of(who[project], balances, tally.cost[project])
        if price is None:
            continue
        if best is None or price < best:
            for other in equal:
                heappush(waiting, (best or price, other))
            best, equal = price, [project]
        elif price == best:
            equal.append(project)
        else:
            heappush(waiting, (price, project))
    return None if best is None else (best, equal)


def price_of(who: list[Supporter], balances: list[Fraction], cost: Fraction) -> Fraction | None:
    """The lowest r with Σ ballots · min(balance, r · points) = cost; None where all their money does not do."""
    if sum((one.ballots * balances[one.group] for one in who), Fraction(0)) < cost:
        return None
    rest, points = cost, sum((one.ballots * one.points for one in who), Fraction(0))
    for one in sorted(who, key=lambda one: balances[one.group] / one.points):
        if rest * one.points <= balances[one.group] * points:
            break
        rest -= one.ballots * balances[one.group]
        points -= one.ballots * one.points
    return rest / points
