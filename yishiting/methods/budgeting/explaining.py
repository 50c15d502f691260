"""Explanations: for every losing project the reason and what would have made it win; for every ballot what it did.

A counterfactual is only given when the rule was run again with it and the project won, and run again one step nearer to
what really happened and the project lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from yishiting.methods.budgeting.election import plain
from yishiting.methods.budgeting.reasons import Reason, reasons
from yishiting.methods.budgeting.rule import ADD_ONE, EQUAL_SHARES, PHRAGMEN, Rule

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Counting, Progress
    from yishiting.methods.budgeting.outcome import Outcome


#: Add1 is first tried in about so many steps to find where a counterfactual may lie.
FEW_STEPS = 16
#: With equal shares a project that costs the whole budget is asked about up to so many times the ballots cast.
RICH = 1000


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What would have made a losing project win, each found and checked by running the rule again.

    `more_votes`: so many further ballots for it alone (each with `points_each`); one fewer would not do. None: no number
    up to `votes_tried` would, enough to be first of all. `cost_at_most`: the highest cost at which it wins, all else equal; one `cost_unit` more and it loses.
    None: not even the lowest cost would do.
    """

    more_votes: int | None
    points_each: Fraction
    votes_tried: int
    cost_at_most: Fraction | None
    cost_unit: Fraction

    def as_dict(self) -> dict[str, Any]:
        """As JSON; `verified` says that both sides of each number were counted."""
        return {
            "more_votes": self.more_votes,
            "points_each": plain(self.points_each),
            "votes_tried": self.votes_tried,
            "cost_at_most": None if self.cost_at_most is None else plain(self.cost_at_most),
            "cost_unit": plain(self.cost_unit),
            "verified": True,
        }


@dataclass(frozen=True, slots=True)
class Loss:
    """A losing project, why it lost, and what would have made it win."""

    project: str
    name: str
    votes: int
    score: Fraction
    cost: Fraction
    reason: Reason
    counterfactual: Counterfactual

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "project": self.project,
            "name": self.name,
            "votes": self.votes,
            "score": plain(self.score),
            "cost": plain(self.cost),
            "reason": self.reason.as_dict(),
            "counterfactual": self.counterfactual.as_dict(),
        }


def losses(
    counting: Counting, outcome: Outcome, only: Iterable[str] = (), progress: Progress | None = None
) -> tuple[Loss, ...]:
    """Every losing project (or only some) with reason and verified counterfactual."""
    wanted = set(only)
    found = {name: reason for name, reason in reasons(counting, outcome).items() if not wanted or name in wanted}
    result = []
    for number, (name, reason) in enumerate(found.items(), 1):
        if progress:
            progress(f"说明落选项目 {number}/{len(found)}：{name}")
        result.append(_loss(counting, outcome, name, reason))
    return tuple(result)


def _loss(counting: Counting, outcome: Outcome, name: str, reason: Reason) -> Loss:
    tally = counting.tally
    at = tally.number[name]
    question = Question(counting, at, outcome.endowment, reason)
    title = counting.election.projects[at].name
    return Loss(name, title, tally.votes[at], tally.score[at], tally.cost[at], reason, question.answer())


class Question:
    """What if one losing project had had more votes, or had been cheaper?"""

    def __init__(self, counting: Counting, project: int, endowment: Fraction | None, reason: Reason) -> None:
        self.counting = counting
        self.project = project
        self.endowment = endowment
        self.reason = reason
        self.tally = counting.tally
        self.cost = self.tally.cost[project]
        self.points = most_points(counting)
        self.unit = _unit([counting.election.budget, *self.tally.cost])

    def answer(self) -> Counterfactual:
        """Both numbers, verified."""
        return Counterfactual(self.more_votes(), self.points, self._enough(), self.cost_at_most(), self.unit)

    def more_votes(self) -> int | None:
        """The further ballots that would do, where one fewer would not."""
        if self.cost > self.counting.election.budget:
            return None
        return self._sought(lambda more, rule: self._wins(rule, self.cost, more), 1, self._enough())

    def cost_at_most(self) -> Fraction | None:
        """The highest cost at which it would win."""
        units = int(self.cost / self.unit)
        guess = min(max(units - int(self.reason.available / self.unit), 1), max(units - 1, 1))
        guess = guess if self.reason.needed == self.cost else 1
        cut = self._sought(lambda less, rule: self._wins(rule, (units - less) * self.unit, 0), guess, units - 1)
        return None if cut is None else (units - cut) * self.unit

    def _sought(self, wins: Callable[[int, Rule], bool], guess: int, top: int) -> int | None:
        """The number sought; for Add1, which takes many steps, first in long ones to see about where it is."""
        rule = self.tally.rule
        coarse = self._coarse()
        if coarse != rule:
            guess = frontier(lambda number: wins(number, coarse), guess, top) or guess
        return frontier(lambda number: wins(number, rule), guess, top)

    def _coarse(self) -> Rule:
        """The rule with steps so long that few of them reach the endowment that was reached."""
        rule, voters = self.tally.rule, self.counting.election.voters
        if not rule.completion.startswith(ADD_ONE) or not self.endowment:
            return rule
        steps = int((self.endowment - self.counting.election.budget / voters) / rule.increment)
        return replace(rule, increment=rule.increment * max(steps // FEW_STEPS, 1))

    def _wins(self, rule: Rule, cost: Fraction, more: int) -> bool:
        tally = self.tally.recounted(self.project, cost, more, self.points)
        tally.rule = rule
        return self.project in self.counting.counted(tally, (self.project, more)).bought

    def _enough(self) -> int:
        """So many further ballots that more cannot help: first in every order, and rich enough to pay alone."""
        tally, budget = self.tally, self.counting.election.budget
        first = (max(tally.score) - tally.score[self.project]) / self.points if self.points else Fraction(0)
        enough = max(first, tally.rule.minimum / self.points if self.points else Fraction(0))
        if tally.rule.name == EQUAL_SHARES and budget:
            spare = max(budget - self.cost, budget / RICH)
            enough = max(enough, self.counting.election.voters * self.cost / spare)
        if tally.rule.name == PHRAGMEN:
            rates = [Fraction(votes) / cost for votes, cost in zip(tally.votes, tally.cost, strict=True) if cost]
            enough = max(enough, self.cost * max(rates, default=Fraction(0)))
        return int(enough) + 2


def frontier(wins: Callable[[int], bool], guess: int, top: int) -> int | None:
    """A number n from 1 to `top` with wins(n) and not wins(n - 1), sought around a guess; None where there is none.

    wins(0) is known to be false. The search doubles its steps away from the guess and then halves the interval, so
    where `wins` is not monotone the number found is true but need not be the smallest.
    """
    if top < 1:
        return None
    ask = cache(wins)
    low, high, step = 0, max(min(guess, top), 1), 1
    if ask(high):
        while (near := high - step) > 0 and ask(near):
            high, step = near, step * 2
        low = max(near, 0)
    else:
        while not ask(high):
            if high == top:
                return None
            low, high, step = high, min(high + step, top), step * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if ask(middle) else (middle, high)
    return high


def most_points(counting: Counting) -> Fraction:
    """What one ballot can give a project at most: 1, or the most points any ballot gave."""
    ballots = counting.election.ballots
    return max((points for ballot in ballots for points in ballot.points), default=Fraction(1)) or Fraction(1)


def _unit(amounts: Iterable[Fraction]) -> Fraction:
    """The smallest coin in which all amounts are whole: 1, or a power of a tenth."""
    unit = Fraction(1)
    while any((amount / unit).denominator != 1 for amount in amounts) and unit > Fraction(1, 10**6):
        unit /= 10
    return unit
