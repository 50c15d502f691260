"""One door to all budget rules."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from yishiting.methods.budgeting.basket import Basket
from yishiting.methods.budgeting.election import Election
from yishiting.methods.budgeting.greedy import fill
from yishiting.methods.budgeting.outcome import Outcome, Purchase
from yishiting.methods.budgeting.points_shares import PointsRun, buy_by_points
from yishiting.methods.budgeting.progress import Progress
from yishiting.methods.budgeting.rule import BY_POINTS, EQUAL_SHARES, NO_SKIP, PHRAGMEN, Rule
from yishiting.methods.budgeting.tally import Tally, numbered

if TYPE_CHECKING:
    from yishiting.methods.budgeting.incidence import Incidence


def choose(election: Election, rule: Rule, progress: Progress | None = None) -> Outcome:
    """Apply a rule to an election.

    Costs and budget in one currency unit, exact. The order of projects and ballots does not matter, and `count` equal
    ballots are the same as one written `count` times. The winners never cost more than the budget. Blank ballots share
    in nothing. `progress` hears a sentence now and then from a long count. Raises `Unusable` where the rule names
    projects the election does not have.
    """
    return Counting(election, rule, progress).outcome()


class Counting:
    """An election prepared for one rule, to be counted once or, changed a little, many times."""

    def __init__(self, election: Election, rule: Rule, progress: Progress | None = None) -> None:
        self.election = election
        self.rule = rule
        self.progress = progress
        #: Whether ballots hold money under this rule.
        self.purses = rule.name in (EQUAL_SHARES, PHRAGMEN)
        self.by_points = rule.name == EQUAL_SHARES and rule.satisfaction == BY_POINTS
        self.tally = Tally(election, rule, self.incidence.votes if self.purses else None)

    @cached_property
    def incidence(self) -> Incidence:
        """Who chose what, for the rules in which ballots hold money."""
        from yishiting.methods.budgeting.incidence import incidence

        return incidence(self.election, numbered(self.election))

    @cached_property
    def points_run(self) -> PointsRun:
        """Prices and what is left in every purse, where ballots pay by the points they gave."""
        return buy_by_points(self.tally, self.election.budget / (self.incidence.voters or 1))

    def outcome(self) -> Outcome:
        """The result, with the money left after each purchase."""
        basket, election = self.counted(self.tally), self.election
        left = election.budget
        purchases = []
        for project, step in zip(basket.bought, basket.steps, strict=True):
            left -= self.tally.cost[project]
            purchases.append(Purchase(election.projects[project].id, self.tally.cost[project], left, step))
        ties, end = tuple(basket.ties), (basket.endowment, basket.beyond)
        return Outcome(self.rule, election.budget, *self._cast(), tuple(purchases), ties, *end)

    def _cast(self) -> tuple[int, int]:
        """Ballots that chose something, and blank ones; large elections are not gone through again for it."""
        if not self.purses:
            return self.election.voters, self.election.blank
        all_marked = len(self.incidence.weights) == len(self.election.ballots)
        return self.incidence.voters, 0 if all_marked else self.election.blank

    def counted(self, tally: Tally, more: tuple[int, int] | None = None, start: Fraction | None = None) -> Basket:
        """What is bought. Of the many counts of a changed tally nothing is told on the way.

        `more` (project, number): so many further ballots for this project alone, already in the votes of `tally`.
        `start`: how far Add1 is known to climb at least.
        """
        if self.rule.name == EQUAL_SHARES:
            from yishiting.methods.budgeting.completion import complete

            own = tally is self.tally
            progress, points = self.progress if own else None, self.points_run if own and self.by_points else None
            return complete(tally, self.incidence.besides(more), self.election.budget, progress, start, points)
        basket = Basket(self.election.budget)
        if self.rule.name == PHRAGMEN:
            from yishiting.methods.budgeting.phragmen import phragmen

            phragmen(tally, basket, self.incidence.besides(more))
        else:
            fill(tally, basket, tally.eligible, skip=self.rule.name != NO_SKIP)
        return basket
