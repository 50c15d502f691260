"""What a budget rule decided: purchases in order, ties met, and the rule that was applied."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishiting.methods.budgeting.election import plain
from yishiting.methods.budgeting.rule import Rule
from yishiting.methods.exact import pair


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that stood equal when purchase number `round` was made, in the order given to them.

    `settled_by[k]` is what put project k before k + 1: cost, votes or lot; "id" means that a lot must still be drawn and
    that the order of the ids stands in for it.
    """

    round: int
    projects: tuple[str, ...]
    settled_by: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The tie, first the one that went before the others."""
        return {"round": self.round, "projects": list(self.projects), "settled_by": list(self.settled_by)}


@dataclass(frozen=True, slots=True)
class Purchase:
    """One winner: what it cost, what was left of the budget after it, and the step of the rule that bought it."""

    project: str
    cost: Fraction
    remaining: Fraction
    step: str

    def as_dict(self, round_: int) -> dict[str, Any]:
        """The purchase with its number."""
        return {
            "round": round_,
            "project": self.project,
            "cost": plain(self.cost),
            "remaining": plain(self.remaining),
            "step": self.step,
        }


@dataclass(frozen=True, slots=True)
class NextStep:
    """What Add1 would have bought one step higher: more than the budget, which is why it ended before."""

    endowment: Fraction
    winners: tuple[str, ...]
    cost: Fraction

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"endowment": pair(self.endowment, 2), "winners": list(self.winners), "cost": plain(self.cost)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a rule.

    Equal shares only: `endowment`, what every ballot could spend, in currency units; `next_step`, the overspending at
    which Add1 ended.
    """

    rule: Rule
    budget: Fraction
    voters: int
    blank: int
    purchases: tuple[Purchase, ...]
    ties: tuple[Tie, ...]
    endowment: Fraction | None = None
    next_step: NextStep | None = None

    @property
    def winners(self) -> tuple[str, ...]:
        """Project ids in order of purchase."""
        return tuple(purchase.project for purchase in self.purchases)

    @property
    def cost(self) -> Fraction:
        """What the winners cost together; never more than the budget."""
        return sum((purchase.cost for purchase in self.purchases), Fraction(0))

    def as_dict(self) -> dict[str, Any]:
        """The result as JSON: schema in docs/methods/budgeting.md."""
        return {
            "rule": self.rule.as_dict(),
            "budget": plain(self.budget),
            "voters": self.voters,
            "blank": self.blank,
            "endowment": None if self.endowment is None else pair(self.endowment, 2),
            "next_step": self.next_step.as_dict() if self.next_step else None,
            "winners": list(self.winners),
            "cost": plain(self.cost),
            "remaining": plain(self.budget - self.cost),
            "purchases": [purchase.as_dict(number) for number, purchase in enumerate(self.purchases, 1)],
            "ties": [tie.as_dict() for tie in self.ties],
        }
