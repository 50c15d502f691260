"""What follows equal shares: usually money is left, and there are several ways to go on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from yishiting.methods.budgeting.add_one import AddOne
from yishiting.methods.budgeting.basket import Basket
from yishiting.methods.budgeting.equal_shares import buy_all
from yishiting.methods.budgeting.greedy import fill
from yishiting.methods.budgeting.incidence import Incidence
from yishiting.methods.budgeting.market import Market
from yishiting.methods.budgeting.points_shares import PointsRun, buy_by_points
from yishiting.methods.budgeting.rule import ADD_ONE, ADD_ONE_EXHAUSTIVE, BY_GREEDY, BY_POINTS, EQUAL_SHARES
from yishiting.methods.budgeting.tally import Tally

if TYPE_CHECKING:
    from yishiting.methods.budgeting.progress import Progress


def complete(
    tally: Tally,
    incidence: Incidence,
    budget: Fraction,
    progress: Progress | None = None,
    start: Fraction | None = None,
    points: PointsRun | None = None,
) -> Basket:
    """Equal shares with the completion of the rule.

    `start`: how far Add1 is known to climb at least; `points`: what was bought by points, where that is known.
    """
    basket = Basket(budget, endowment=Fraction(0))
    if incidence.voters and tally.rule.satisfaction == BY_POINTS:
        endowment = budget / incidence.voters
        _by_points(basket, tally, endowment, points or buy_by_points(tally, endowment))
    elif incidence.voters:
        _by_shares(basket, Market(tally, incidence), start or budget / incidence.voters, progress)
    if tally.rule.completion == BY_GREEDY:
        fill(tally, basket, set(tally.eligible) - set(basket.bought), skip=True)
    return basket


def _by_points(basket: Basket, tally: Tally, endowment: Fraction, run: PointsRun) -> None:
    for project in run.bought:
        basket.buy(project, tally, EQUAL_SHARES)
    basket.ties.extend(run.ties)
    basket.endowment = endowment


def _by_shares(basket: Basket, market: Market, endowment: Fraction, progress: Progress | None) -> None:
    run = buy_all(market, endowment)
    if market.tally.rule.completion in (ADD_ONE, ADD_ONE_EXHAUSTIVE):
        climb = AddOne(market, basket.left, progress)
        run = climb.climb(run)
        basket.beyond = climb.beyond
    for project in run.bought:
        basket.buy(project, market.tally, EQUAL_SHARES)
    basket.ties.extend(run.ties)
    basket.endowment = run.endowment
