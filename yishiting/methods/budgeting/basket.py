"""A count while it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from yishiting.methods.budgeting.outcome import NextStep, Tie
from yishiting.methods.budgeting.tally import Tally


@dataclass(slots=True)
class Basket:
    """What has been bought so far, by project number, and by which step of the rule.

    `endowment`: what every ballot could spend; `beyond`: what Add1 would have bought next. Equal shares only.
    """

    left: Fraction
    bought: list[int] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    barred: set[int] = field(default_factory=set)
    endowment: Fraction | None = None
    beyond: NextStep | None = None

    def buy(self, project: int, tally: Tally, step: str) -> None:
        """Take one project; those that conflict with it are barred from now on."""
        self.bought.append(project)
        self.steps.append(step)
        self.left -= tally.cost[project]
        self.barred |= tally.rivals.get(project, set())
