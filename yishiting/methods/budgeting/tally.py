"""Votes and points of every project, who may win at all, and who goes first where projects stand equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain, pairwise

from yishiting.methods.budgeting.election import Election, natural
from yishiting.methods.budgeting.outcome import Tie
from yishiting.methods.budgeting.rule import TIE_ORDER, Rule
from yishiting.methods.errors import Unusable

Key = tuple[Fraction, int, int, tuple[tuple[int, int, str], ...]]


class Tally:
    """An election counted under a rule; projects are numbered as they stand in `election.projects`.

    `votes[p]`: ballots that chose p. `score[p]`: points where ballots carry points, else votes.
    """

    def __init__(self, election: Election, rule: Rule, votes: list[int] | None = None) -> None:
        self.election = election
        self.rule = rule
        self.number = numbered(election)
        self.cost = [project.cost for project in election.projects]
        self.votes = votes or _votes(election, self.number)
        self.score = _points(election, self.number) or [Fraction(count) for count in self.votes]
        self.rivals = _rivals(rule, self.number)
        self.keys = self._keys()

    def recounted(self, project: int, cost: Fraction, more: int, points: Fraction) -> Tally:
        """The count had this project cost so much and so many more ballots, each with these points, chosen it alone."""
        other = Tally.__new__(Tally)
        other.election, other.rule, other.number, other.rivals = self.election, self.rule, self.number, self.rivals
        other.cost, other.votes, other.score = list(self.cost), list(self.votes), list(self.score)
        other.cost[project] = cost
        other.votes[project] += more
        other.score[project] += more * points
        other.keys = list(self.keys)
        other.keys[project] = (cost, -other.votes[project], *self.keys[project][2:])
        return other

    @property
    def eligible(self) -> list[int]:
        """The projects with the minimum of votes (or points)."""
        least = self.rule.minimum
        return [at for at, score in enumerate(self.score) if not least or score >= least]

    def ids(self, projects: Iterable[int]) -> tuple[str, ...]:
        """The ids of projects given by number."""
        return tuple(self.election.projects[project].id for project in projects)

    def before(self, one: int, other: int) -> bool:
        """Whether one goes before the other where they stand equal: cheaper, more votes, drawn earlier, smaller id."""
        return self.keys[one] < self.keys[other]

    def tie(self, equal: Sequence[int], round_: int) -> Tie:
        """The order of equal projects, and what put each before the next."""
        order = sorted(equal, key=self.keys.__getitem__)
        pairs = pairwise(self.keys[project] for project in order)
        return Tie(round_, self.ids(order), tuple(_differ(*pair) for pair in pairs))

    def _keys(self) -> list[Key]:
        drawn = {name: place for place, name in enumerate(self.rule.lot)}
        ids = [project.id for project in self.election.projects]
        return [
            (cost, -votes, drawn.get(name, len(drawn)), natural(name))
            for cost, votes, name in zip(self.cost, self.votes, ids, strict=True)
        ]


class Ties:
    """The ties met in a count. Those that stay equal while the first of them is bought are one tie, told once."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.met: list[Tie] = []
        self._line: set[int] = set()

    def first(self, equal: Sequence[int], round_: int) -> int:
        """Which of the projects that stand equal (or the only one) is bought as number `round_`."""
        if len(equal) > 1 and not self._line.issuperset(equal):
            self.met.append(self.tally.tie(equal, round_))
        self._line = set(equal)
        return min(equal, key=self.tally.keys.__getitem__)


def _differ(one: Key, other: Key) -> str:
    return next(by for by, mine, its in zip(TIE_ORDER, one, other, strict=True) if mine != its)


def numbered(election: Election) -> dict[str, int]:
    """Project ids to their numbers."""
    return {project.id: at for at, project in enumerate(election.projects)}


def _votes(election: Election, number: dict[str, int]) -> list[int]:
    votes = [0] * len(number)
    by_count: dict[int, list[tuple[str, ...]]] = {}
    for ballot in election.ballots:
        by_count.setdefault(ballot.count, []).append(ballot.choices)
    for count, marks in by_count.items():
        for choice, times in Counter(chain.from_iterable(marks)).items():
            votes[number[choice]] += count * times
    return votes


def _points(election: Election, number: dict[str, int]) -> list[Fraction] | None:
    """Points of every project; None where ballots carry none."""
    if not any(ballot.points for ballot in election.ballots):
        return None
    score = [Fraction(0)] * len(number)
    for ballot in election.ballots:
        for choice, points in zip(ballot.choices, ballot.points, strict=True):
            score[number[choice]] += points * ballot.count
    return score


def _rivals(rule: Rule, number: dict[str, int]) -> dict[int, set[int]]:
    """Project → those that cannot win beside it."""
    rivals: dict[int, set[int]] = {}
    for group in rule.conflicts:
        if strange := [name for name in group if name not in number]:
            raise Unusable(f"互斥项目中没有“{strange[0]}”", f"conflict names the unknown project {strange[0]!r}")
        members = {number[name] for name in group}
        for member in members:
            rivals.setdefault(member, set()).update(members - {member})
    return rivals
