"""Greedy: the most votes first, as long as the money lasts. The rule of most cities."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from yishiting.methods.budgeting.basket import Basket
from yishiting.methods.budgeting.rule import GREEDY
from yishiting.methods.budgeting.tally import Tally


def fill(tally: Tally, basket: Basket, candidates: Iterable[int], *, skip: bool) -> None:
    """Buy the candidates in order of score (votes or points) while they fit.

    With `skip` one that does not fit is passed over, else the count ends there. A project barred by a conflict is
    passed over in both. Equal scores: cheaper, more votes, lot.
    """
    order = sorted(candidates, key=lambda project: (-tally.score[project], tally.keys[project]))
    for _, level in groupby(order, key=lambda project: tally.score[project]):
        if not _buy_level(tally, basket, list(level), skip):
            return


def _buy_level(tally: Tally, basket: Basket, level: list[int], skip: bool) -> bool:
    """Buy what fits of the projects with one score; False when the count ends here."""
    if len(level) > 1:
        basket.ties.append(tally.tie(level, len(basket.bought) + 1))
    for project in level:
        if project in basket.barred:
            continue
        if tally.cost[project] <= basket.left:
            basket.buy(project, tally, GREEDY)
        elif not skip:
            return False
    return True
