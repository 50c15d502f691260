"""What follows equal shares: usually money is left, and there are several ways to go on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from yishiting.methods.budgeting.add_one import AddOne
from yishiting.methods.budgeting.equal_shares import Market
from yishiting.methods.budgeting.greedy import Basket, fill
from yishiting.methods.budgeting.incidence import Incidence
from yishiting.methods.budgeting.rule import ADD_ONE, ADD_ONE_EXHAUSTIVE, BY_GREEDY, EQUAL_SHARES
from yishiting.methods.budgeting.tally import Tally

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Progress


def complete(
    tally: Tally, incidence: Incidence, budget: Fraction, progress: Progress | None = None
) -> tuple[Basket, list[str], Fraction]:
    """Equal shares with the completion of the rule: what is bought, by which step, and every ballot's endowment."""
    basket = Basket(budget)
    if not incidence.voters:
        return basket, [], Fraction(0)
    market = Market(tally, incidence)
    run = market.run(budget / incidence.voters)
    if tally.rule.completion in (ADD_ONE, ADD_ONE_EXHAUSTIVE):
        run = AddOne(market, budget, progress).climb(run)
    for project in run.bought:
        basket.buy(project, tally)
    basket.ties.extend(run.ties)
    steps = [EQUAL_SHARES] * len(basket.bought)
    if tally.rule.completion == BY_GREEDY:
        fill(tally, basket, set(tally.eligible) - set(basket.bought), skip=True)
        steps += ["greedy"] * (len(basket.bought) - len(steps))
    return basket, steps, run.endowment
