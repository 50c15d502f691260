"""The books of a finished count of a rule with money: shares, balances, and when supporters ran short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from yishiting.methods.budgeting.basket import Basket
from yishiting.methods.budgeting.equal_shares import buy_all
from yishiting.methods.budgeting.exact_ledger import DOUBT, ExactLedger
from yishiting.methods.budgeting.market import Market, Payment, total
from yishiting.methods.budgeting.phragmen import Loads, phragmen

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Counting
    from yishiting.methods.budgeting.outcome import Outcome


@dataclass(slots=True)
class Books:
    """Exact books of equal shares.

    `shares[k]`: the most any supporter paid at purchase k. `short[p]`: after how many purchases the supporters of
    project p could not pay for it, and what money they then had.
    """

    ledger: ExactLedger
    payments: tuple[Payment, ...]
    short: dict[int, tuple[int, Fraction]] = field(default_factory=dict)

    @property
    def shares(self) -> list[Fraction]:
        """The highest payment at each purchase."""
        return self.ledger.shares


def audit(counting: Counting, outcome: Outcome, projects: Sequence[int]) -> Books:
    """Go through the purchases of equal shares once more, in fractions, and watch some losing projects."""
    market, endowment = Market(counting.tally, counting.incidence), outcome.endowment or Fraction(0)
    payments = buy_all(market, endowment).payments if counting.incidence.voters else ()
    books = Books(ExactLedger(market, endowment), payments)
    waiting = list(projects)
    for made in range(len(payments) + 1):
        books.ledger.catch_up(payments[:made])
        waiting = [project for project in waiting if not _falls_short(books, project, made)]
    return books


def _falls_short(books: Books, project: int, made: int) -> bool:
    ledger, market = books.ledger, books.ledger.market
    if project not in market.groups:
        books.short[project] = (0, Fraction(0))
        return True
    groups, cost = market.groups[project], market.tally.cost[project]
    money = total(market.supporters[project], ledger.balances.take(groups))
    if money > float(cost) + DOUBT * float(ledger.endowment) * market.votes[project]:
        return False
    exact = ledger.held(groups[~ledger.spent[groups]])
    if exact >= cost:
        return False
    books.short[project] = (made, exact)
    return True


def loads_at_end(counting: Counting) -> Loads:
    """Phragmén: what every group of ballots has spent, and the projects at which the count ended."""
    return phragmen(counting.tally, Basket(counting.election.budget), counting.incidence)
