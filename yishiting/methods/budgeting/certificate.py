"""A certificate of proportionality for a budget outcome, which anyone checks from the ballots alone.

**EJR+ up to one project** (Brill, Peters 2023, for additive utilities): with n ballots that chose something and budget b
each stands for b/n. A group whose every ballot chose the losing project c deserves it where all of them have so little
that (u_i(W) + u_i(c)) · cost(c) ≤ b/n · Σ u_j(c), summed over the group; then the outcome is not proportional. u is cost,
number or points. For each losing project the groups that matter are those of the worst served of its supporters, so all
are tried in one pass.

**Price system** (Peters, Skowron 2020): every ballot holds the same endowment; at each purchase of price r its supporters
pay min(what they have, r · u), together exactly the cost; at the end no supporters of a losing project have more money
left than it costs. Projects bought to use up what was left are outside of it and are named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from yishiting.methods.budgeting.election import Ballot, Election, short
from yishiting.methods.budgeting.rule import BY_POINTS, EQUAL_SHARES, Rule
from yishiting.methods.budgeting.tally import Tally

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Counting
    from yishiting.methods.budgeting.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Step:
    """One purchase of the price system: the project and its price per unit of satisfaction."""

    project: str
    price: Fraction


@dataclass(frozen=True, slots=True)
class Prices:
    """A price system: what every ballot starts with, the purchases, and the winners outside of it."""

    endowment: Fraction
    steps: tuple[Step, ...]
    outside: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, every figure exact."""
        return {
            "endowment": str(self.endowment),
            "purchases": [{"project": step.project, "price": str(step.price)} for step in self.steps],
            "outside": list(self.outside),
        }


@dataclass(frozen=True, slots=True)
class Deserving:
    """A group of ballots that deserves a losing project: how many, the best served of them, and what they stand for."""

    project: str
    ballots: int
    satisfaction: Fraction
    money: Fraction

    def sentence(self) -> str:
        """The group in words."""
        return (
            f"落选项目“{self.project}”：{self.ballots} 张都选了它的票合占预算 {short(self.money)}，"
            f"而它们每张所得都不超过 {short(self.satisfaction)}，按比例应当得到它"
        )


def prices_of(counting: Counting, outcome: Outcome) -> Prices | None:
    """The price system by which Equal Shares bought its winners; None for other rules."""
    if counting.rule.name != EQUAL_SHARES or not counting.election.voters:
        return None
    from yishiting.methods.budgeting.ballot_accounts import shares

    shared = [purchase.project for purchase in outcome.purchases if purchase.step == EQUAL_SHARES]
    most = {share.project: share.most for share in shares(counting, outcome)}
    if counting.rule.satisfaction == BY_POINTS:
        steps = [Step(name, most[name]) for name in shared]
    else:
        steps = [Step(name, most[name] / unit_of(counting.election, counting.rule, name)) for name in shared]
    outside = tuple(name for name in outcome.winners if name not in shared)
    return Prices(outcome.endowment or Fraction(0), tuple(steps), outside)


def unit_of(election: Election, rule: Rule, name: str) -> Fraction:
    """The satisfaction a chosen winner gives where it is not told in points: its cost, or one."""
    cost = election.project(name).cost
    return cost if rule.satisfaction == "cost" and cost else Fraction(1)


class Judged:
    """An election under a rule, as the two tests look at it: satisfactions, supporters, and what cannot win at all."""

    def __init__(self, election: Election, rule: Rule, winners: Collection[str]) -> None:
        self.election = election
        self.rule = rule
        self.winners = frozenset(winners)
        self.ballots = [ballot for ballot in election.ballots if ballot.choices]
        self.cost = {project.id: project.cost for project in election.projects}
        self.units = {name: unit_of(election, rule, name) for name in self.cost}
        self.supporters: dict[str, list[tuple[int, Fraction]]] = {name: [] for name in self.cost}
        for number, ballot in enumerate(self.ballots):
            for name, worth in self._worths(ballot):
                self.supporters[name].append((number, worth))

    def _worths(self, ballot: Ballot) -> list[tuple[str, Fraction]]:
        if self.rule.satisfaction == BY_POINTS:
            return [pair for pair in zip(ballot.choices, ballot.points, strict=True) if pair[1] > 0]
        return [(name, self.units[name]) for name in ballot.choices]

    @cached_property
    def set_aside(self) -> dict[str, str]:
        """Losing projects the rule could not buy, and why: too few votes, or barred by a winner."""
        tally = Tally(self.election, self.rule)
        able = {self.election.projects[at].id for at in tally.eligible}
        barred = {
            name: rival
            for group in self.rule.conflicts
            for rival in group
            if rival in self.winners
            for name in group
            if name != rival
        }
        reasons = {name: f"与入选的“{rival}”互斥" for name, rival in barred.items()}
        reasons |= {name: f"不足最低票数 {short(self.rule.minimum)}" for name in self.cost if name not in able}
        return {name: why for name, why in reasons.items() if name not in self.winners}

    def losing(self) -> list[str]:
        """The losing projects the rule could have bought."""
        return [name for name in self.cost if name not in self.winners and name not in self.set_aside]

    def deserving(self) -> list[Deserving]:
        """For each losing project a group that deserves it, if there is one: where there is none EJR+ up to one holds."""
        satisfied = [
            sum((worth for name, worth in self._worths(ballot) if name in self.winners), Fraction(0))
            for ballot in self.ballots
        ]
        found = (self._deserves(name, satisfied) for name in self.losing())
        return [group for group in found if group]

    def _deserves(self, name: str, satisfied: Sequence[Fraction]) -> Deserving | None:
        each = self.election.budget / (self.election.voters or 1)
        ordered = sorted((satisfied[number] + worth, number, worth) for number, worth in self.supporters[name])
        together, ballots = Fraction(0), 0
        largest: Deserving | None = None
        for reached, number, worth in ordered:
            together += worth * self.ballots[number].count
            ballots += self.ballots[number].count
            if reached * self.cost[name] <= each * together:
                largest = Deserving(name, ballots, satisfied[number], each * ballots)
        return largest

    def faults_of(self, prices: Prices) -> list[str]:
        """What is wrong with a price system, in sentences; nothing where it holds."""
        purses = [prices.endowment] * len(self.ballots)
        names = [step.project for step in prices.steps]
        faults = _wrong_names(names, prices.outside, self.winners)
        if faults or prices.endowment * self.election.voters < self.election.budget:
            return faults or ["起始份额合计少于预算"]
        for step in prices.steps:
            paid = Fraction(0)
            for number, worth in self.supporters[step.project]:
                part = min(purses[number], step.price * worth)
                purses[number] -= part
                paid += part * self.ballots[number].count
            if paid != self.cost[step.project]:
                faults.append(f"“{step.project}”的支持者共付 {short(paid)}，费用是 {short(self.cost[step.project])}")
        return faults + self._too_rich(purses)

    def _too_rich(self, purses: Sequence[Fraction]) -> list[str]:
        faults = []
        for name in self.losing():
            left = sum(
                (purses[number] * self.ballots[number].count for number, _ in self.supporters[name]), Fraction(0)
            )
            if left > self.cost[name]:
                faults.append(f"落选项目“{name}”的支持者还剩 {short(left)}，够付它的费用 {short(self.cost[name])}")
        return faults


def _wrong_names(names: Sequence[str], outside: Sequence[str], winners: Collection[str]) -> list[str]:
    both = [*names, *outside]
    if len(set(both)) < len(both):
        return ["价格表里同一项目出现两次"]
    if set(both) != set(winners):
        odd = sorted(set(both) ^ set(winners))
        return [f"价格表里的项目与入选项目不一致：{'、'.join(odd)}"]
    return []


def certificate(counting: Counting, outcome: Outcome, *, sha256: str) -> dict[str, Any]:
    """What is published beside an outcome: winners, rule, both findings, prices. `sha256` of the election's file."""
    judged = Judged(counting.election, counting.rule, outcome.winners)
    prices = prices_of(counting, outcome)
    return {
        "certificate": "yishiting-budget",
        "version": 1,
        "file_sha256": sha256,
        "rule": counting.rule.as_dict() | {"satisfaction": counting.rule.satisfaction},
        "budget": str(counting.election.budget),
        "voters": counting.election.voters,
        "winners": list(outcome.winners),
        "set_aside": judged.set_aside,
        "ejr_plus_up_to_one": not judged.deserving(),
        "prices": prices.as_dict() if prices else None,
    }


def faults(election: Election, rule: Rule, winners: Sequence[str], prices: Prices | None) -> list[str]:
    """Everything that keeps an outcome from being proportional, in sentences, from the ballots alone."""
    for name in winners:
        election.project(name)
    found: list[str] = []
    costs: Mapping[str, Fraction] = {project.id: project.cost for project in election.projects}
    if len(set(winners)) < len(winners):
        found.append("入选项目里同一项目出现两次")
    if sum((costs[name] for name in winners), Fraction(0)) > election.budget:
        found.append("入选项目的费用合计超过预算")
    judged = Judged(election, rule, winners)
    found += [group.sentence() for group in judged.deserving()]
    return found + (judged.faults_of(prices) if prices else [])
