"""Two outcomes of one budget vote side by side: who is better off under each, who has nothing, where the money goes.

A ballot's satisfaction with an outcome is what its chosen winners cost together, how many they are, or the points it gave
them; it is better off under the outcome that gives it more. Blank ballots have no say in it. Source: the comparison with
which the Equal Shares vote of Wieliczka (Stowarzyszenie, 2023) ends; a ballot without any chosen winner counts as zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishiting.methods.budgeting.election import Ballot, Election, plain
from yishiting.methods.budgeting.rule import BY_POINTS, MEASURES
from yishiting.methods.errors import Unusable
from yishiting.methods.exact import pair

#: Columns by which cities part their projects.
KINDS = ("category", "target", "neighborhood", "district", "subunit")


@dataclass(frozen=True, slots=True)
class Side:
    """One outcome: its winners, their cost, the mean satisfaction of a ballot, and the ballots without any winner."""

    winners: tuple[str, ...]
    cost: Fraction
    mean: Fraction
    with_nothing: int

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "winners": list(self.winners),
            "cost": plain(self.cost),
            "mean_satisfaction": pair(self.mean, 2),
            "with_nothing": self.with_nothing,
        }


@dataclass(frozen=True, slots=True)
class BudgetComparison:
    """Both sides, how many ballots are better off under each or equal, and how many have nothing under either.

    `spending`: for each column of the file that parts the projects, its values and what each side spends on them.
    """

    measure: str
    voters: int
    one: Side
    other: Side
    better_one: int
    better_other: int
    equal: int
    nothing_under_both: int
    spending: dict[str, dict[str, tuple[Fraction, Fraction]]]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "measure": self.measure,
            "voters": self.voters,
            "one": self.one.as_dict(),
            "other": self.other.as_dict(),
            "better_off": {"one": self.better_one, "other": self.better_other, "equal": self.equal},
            "nothing_under_both": self.nothing_under_both,
            "only_one": [name for name in self.one.winners if name not in self.other.winners],
            "only_other": [name for name in self.other.winners if name not in self.one.winners],
            "spending": {
                column: {value: [plain(mine), plain(its)] for value, (mine, its) in values.items()}
                for column, values in self.spending.items()
            },
        }


def compare_outcomes(
    election: Election, one: Collection[str], other: Collection[str], *, measure: str = "cost"
) -> BudgetComparison:
    """Compare two sets of winners (project ids) of one election, ballot by ballot.

    `measure`: `cost`, `cardinality` or `points`. `Unusable`: an unknown project, an unknown measure, points where the
    ballots carry none.
    """
    for name in (*one, *other):
        election.project(name)
    worth = _Worth(election, measure)
    first, second = set(one), set(other)
    count: Counter[str] = Counter()
    for ballot in election.ballots:
        if ballot.choices:
            count[_standing(worth.of(ballot, first), worth.of(ballot, second))] += ballot.count
    return BudgetComparison(
        measure,
        election.voters,
        _side(election, worth, tuple(dict.fromkeys(one))),
        _side(election, worth, tuple(dict.fromkeys(other))),
        count["one"],
        count["other"],
        count["equal"],
        _with_nothing(election, first | second),
        {column: _spending(election, column, first, second) for column in KINDS if _parts(election, column)},
    )


class _Worth:
    """What a ballot's chosen winners are worth to it."""

    def __init__(self, election: Election, measure: str) -> None:
        if measure not in MEASURES:
            raise Unusable(
                f"不认识的满意度“{measure}”，应为 {'、'.join(MEASURES)} 之一", f"unknown measure {measure!r}"
            )
        if measure == BY_POINTS and not all(ballot.points for ballot in election.ballots if ballot.choices):
            raise Unusable("选票上没有分数，不能按分数比较", "the ballots carry no points")
        self.measure = measure
        self.cost = {project.id: project.cost for project in election.projects}

    def of(self, ballot: Ballot, winners: Collection[str]) -> Fraction:
        if self.measure == BY_POINTS:
            marks = zip(ballot.choices, ballot.points, strict=True)
            return sum((points for choice, points in marks if choice in winners), Fraction(0))
        won = (choice for choice in ballot.choices if choice in winners)
        return sum((self.cost[choice] if self.measure == "cost" else Fraction(1) for choice in won), Fraction(0))


def _standing(mine: Fraction, its: Fraction) -> str:
    if mine == its:
        return "equal"
    return "one" if mine > its else "other"


def _side(election: Election, worth: _Worth, winners: tuple[str, ...]) -> Side:
    chosen, costs = set(winners), worth.cost
    total = sum((worth.of(ballot, chosen) * ballot.count for ballot in election.ballots), Fraction(0))
    mean = total / election.voters if election.voters else Fraction(0)
    cost = sum((costs[name] for name in winners), Fraction(0))
    return Side(winners, cost, mean, _with_nothing(election, chosen))


def _with_nothing(election: Election, winners: Collection[str]) -> int:
    """Ballots that chose something and of whose choices none won."""
    ballots: Iterable[Ballot] = (ballot for ballot in election.ballots if ballot.choices)
    return sum(ballot.count for ballot in ballots if not any(choice in winners for choice in ballot.choices))


def _parts(election: Election, column: str) -> bool:
    return any(project.extras.get(column) for project in election.projects)


def _spending(
    election: Election, column: str, one: Collection[str], other: Collection[str]
) -> dict[str, tuple[Fraction, Fraction]]:
    """What each side spends on projects of each value; one that names several values counts under each."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for project in election.projects:
        for value in filter(None, (part.strip() for part in project.extras.get(column, "").split(","))):
            mine, its = found.get(value, (Fraction(0), Fraction(0)))
            found[value] = mine + project.cost * (project.id in one), its + project.cost * (project.id in other)
    return dict(sorted(found.items()))
