"""What every ballot achieved and paid, and what every purchase cost those who chose it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from typing import TYPE_CHECKING, Any

from yishiting.methods.budgeting.election import Ballot
from yishiting.methods.budgeting.rule import EQUAL_SHARES, PHRAGMEN
from yishiting.methods.budgeting.tally import Tally
from yishiting.methods.exact import pair

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Counting
    from yishiting.methods.budgeting.outcome import Outcome


@dataclass(frozen=True, slots=True)
class BallotAccount:
    """What `count` equal ballots achieved: which choices won and what one of them paid towards the winners.

    Equal shares: what left its purse. Phragmén: what it had earned and spent. Greedy, where ballots hold no money: an
    even part of the cost of each winner it chose. `spent`: it has nothing left (equal shares).
    """

    ballot: Ballot
    won: tuple[str, ...]
    paid: Fraction
    spent: bool

    def as_dict(self) -> dict[str, Any]:
        """As JSON; `paid` exactly where that is short."""
        return {
            "ballots": self.ballot.count,
            "voters": list(self.ballot.voters),
            "choices": list(self.ballot.choices),
            "won": list(self.won),
            "paid": pair(self.paid, 2),
            "spent": self.spent,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """What one purchase cost each ballot that chose it at most; `exact` is the fraction, which may be long."""

    project: str
    most: Fraction

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"project": self.project, "most": pair(self.most, 2)}


def shares(counting: Counting, outcome: Outcome) -> tuple[Share, ...]:
    """For each purchase the most any ballot paid for it; where ballots give points, the most it paid for a point."""
    most = [purchase.cost / max(_votes(counting.tally, purchase.project), 1) for purchase in outcome.purchases]
    if counting.by_points:
        prices = counting.points_run.prices
        most[: len(prices)] = prices
    elif counting.purses:
        from yishiting.methods.budgeting.audit import audit, loads_at_end

        by_time = counting.rule.name == PHRAGMEN
        paid = loads_at_end(counting).most() if by_time else audit(counting, outcome, ()).shares
        most[: len(paid)] = paid
    return tuple(Share(name, share) for name, share in zip(outcome.winners, most, strict=True))


def _votes(tally: Tally, name: str) -> int:
    return tally.votes[tally.number[name]]


def accounts(counting: Counting, outcome: Outcome) -> tuple[BallotAccount, ...]:
    """For every group of equal ballots what it achieved. The payments add up to the cost of the winners that someone chose."""
    place = {name: number for number, name in enumerate(outcome.winners)}
    paid, spent = _payments(counting, outcome)
    result = []
    for ballot, amount, empty in zip(counting.election.ballots, paid, spent, strict=True):
        won = sorted((choice for choice in ballot.choices if choice in place), key=place.__getitem__)
        result.append(BallotAccount(ballot, tuple(won), amount, empty))
    return tuple(result)


def _payments(counting: Counting, outcome: Outcome) -> tuple[list[Fraction], list[bool]]:
    """What each of the election's ballots paid, and whether it is empty."""
    purses = _purses(counting, outcome)
    evenly = [purchase for purchase in outcome.purchases if purchase.step not in (EQUAL_SHARES, PHRAGMEN)]
    even = {purchase.project: purchase.cost / max(_votes(counting.tally, purchase.project), 1) for purchase in evenly}
    paid, spent = [], []
    for ballot in counting.election.ballots:
        held, empty = next(purses) if ballot.choices else (Fraction(0), False)
        paid.append(sum((even[choice] for choice in ballot.choices if choice in even), held))
        spent.append(empty)
    return paid, spent


def _purses(counting: Counting, outcome: Outcome) -> Iterator[tuple[Fraction, bool]]:
    """What each ballot that is not blank paid out of its own money, and whether that is all it had."""
    if not counting.purses:
        return repeat((Fraction(0), False))
    if counting.by_points:
        endowment = outcome.endowment or Fraction(0)
        return ((endowment - left, not left) for left in counting.points_run.balances)
    from yishiting.methods.budgeting.audit import audit, loads_at_end

    if counting.rule.name == PHRAGMEN:
        return zip(loads_at_end(counting).spent(), repeat(False), strict=False)
    ledger = audit(counting, outcome, ()).ledger
    return zip(ledger.paid(), ledger.spent.tolist(), strict=True)
