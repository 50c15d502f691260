"""Explanations: for every losing project the reason and what would have made it win; for every ballot what it did.

A counterfactual is only given when the rule was run again with it and the project won, and run again one step nearer to
what really happened and the project lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from yishiting.methods.budgeting.election import plain
from yishiting.methods.budgeting.frontier import frontier
from yishiting.methods.budgeting.reasons import Reason, reasons
from yishiting.methods.budgeting.rule import ADD_ONE, EQUAL_SHARES, PHRAGMEN
from yishiting.methods.errors import Unusable

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Counting
    from yishiting.methods.budgeting.market import Market
    from yishiting.methods.budgeting.outcome import Outcome
    from yishiting.methods.budgeting.progress import Progress
    from yishiting.methods.budgeting.tally import Tally
    from yishiting.methods.budgeting.trail import Trail

#: What a project costs, and how many further ballots it gets.
Change = tuple[Fraction, int]

#: So often a counterfactual of Add1 is guessed before it is sought by counting alone.
GUESSES = 3
#: With equal shares a project that costs the whole budget is asked about up to so many times the ballots cast.
RICH = 1000
#: Costs are asked about in no finer parts of the budget than this where all amounts are rounder, and in no smaller coin.
STEPS = 1000
SMALLEST = Fraction(1, 10**6)


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
    """Every losing project (or only some) with reason and verified counterfactual; not yet where ballots give points."""
    if counting.by_points:
        raise Unusable("按分数计的均等份额法还不能逐项说明", "losses by points are not explained")
    wanted = set(only)
    trail = _trail(counting, outcome)
    found = {name: reason for name, reason in reasons(counting, outcome).items() if not wanted or name in wanted}
    result = []
    for number, (name, reason) in enumerate(found.items(), 1):
        if progress:
            progress(f"说明落选项目 {number}/{len(found)}：{name}")
        result.append(_loss(counting, trail, outcome, name, reason))
    return tuple(result)


def _trail(counting: Counting, outcome: Outcome) -> Trail | None:
    """The climb of Add1 as it was, where there was one."""
    if not counting.rule.completion.startswith(ADD_ONE) or not outcome.endowment:
        return None
    from yishiting.methods.budgeting.market import Market
    from yishiting.methods.budgeting.trail import Trail

    return Trail(Market(counting.tally, counting.incidence), outcome.budget, outcome.endowment)


def _loss(counting: Counting, trail: Trail | None, outcome: Outcome, name: str, reason: Reason) -> Loss:
    tally = counting.tally
    at = tally.number[name]
    question = Question(counting, trail, at, reason)
    title = counting.election.projects[at].name
    return Loss(name, title, tally.votes[at], tally.score[at], tally.cost[at], reason, question.answer())


class Question:
    """What if one losing project had had more votes, or had been cheaper?"""

    def __init__(self, counting: Counting, trail: Trail | None, project: int, reason: Reason) -> None:
        self.counting = counting
        self.trail = trail
        #: Where the last climb ended.
        self.near = trail.top if trail else Fraction(0)
        self.project = project
        self.reason = reason
        self.tally = counting.tally
        self.cost = self.tally.cost[project]
        self.points = most_points(counting)
        self.unit = _unit(counting.election.budget, self.tally.cost)

    def answer(self) -> Counterfactual:
        """Both numbers, verified."""
        return Counterfactual(self.more_votes(), self.points, self._enough(), self.cost_at_most(), self.unit)

    def more_votes(self) -> int | None:
        """The further ballots that would do, where one fewer would not."""
        if self.cost > self.counting.election.budget:
            return None
        return self._sought(lambda more: (self.cost, more), 1, self._enough())

    def cost_at_most(self) -> Fraction | None:
        """The highest cost at which it would win."""
        units = int(self.cost / self.unit)
        guess = min(max(units - int(self.reason.available / self.unit), 1), max(units - 1, 1))
        guess = guess if self.reason.needed == self.cost else 1
        cut = self._sought(lambda less: ((units - less) * self.unit, 0), guess, units - 1)
        return None if cut is None else (units - cut) * self.unit

    def _sought(self, change: Callable[[int], Change], guess: int, top: int) -> int | None:
        """The number sought, proved by counting; for Add1, which climbs long, first sought without climbing."""
        if top < 1:
            return None
        guess = min(guess, top)
        wins = cache(lambda number: self._wins(*change(number)))
        for _ in range(GUESSES if self.trail else 0):
            guess = frontier(lambda number: self._likely(*change(number)), guess, top) or guess
            if wins(guess) and (guess == 1 or not wins(guess - 1)):
                break
        return frontier(wins, guess, top)

    def _wins(self, cost: Fraction, more: int) -> bool:
        tally = self.tally.recounted(self.project, cost, more, self.points)
        start = self.trail.start(self._market(tally, more), self.project) if self.trail else None
        basket = self.counting.counted(tally, (self.project, more), start)
        self.near = basket.endowment or self.near
        return self.project in basket.bought

    def _likely(self, cost: Fraction, more: int) -> bool:
        """Whether it would win if the climb ended where an election like it ended, or nearby."""
        from yishiting.methods.budgeting.add_one import AddOne

        market = self._market(self.tally.recounted(self.project, cost, more, self.points), more)
        budget = self.counting.election.budget
        run = AddOne(market, budget).likely(budget / market.incidence.voters, self.near)
        return self.project in run.bought

    def _market(self, tally: Tally, more: int) -> Market:
        from yishiting.methods.budgeting.market import Market

        return Market(tally, self.counting.incidence.besides((self.project, more)))

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


def most_points(counting: Counting) -> Fraction:
    """What one ballot can give a project at most: 1, or the most points any ballot gave."""
    ballots = counting.election.ballots
    return max((points for ballot in ballots for points in ballot.points), default=Fraction(1)) or Fraction(1)


def _unit(budget: Fraction, costs: Iterable[Fraction]) -> Fraction:
    """The steps in which costs are asked about: a power of ten in which all amounts are whole.

    The largest that is not above a thousandth of the budget; where none is, the largest below.
    """
    amounts = [budget, *costs]
    unit = Fraction(1)
    while unit * 10 * STEPS <= budget:
        unit *= 10
    while any((amount / unit).denominator != 1 for amount in amounts) and unit > SMALLEST:
        unit /= 10
    return unit
