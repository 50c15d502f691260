"""What is voted on and what was marked: the input of every budget rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from yishiting.methods.errors import Unusable
from yishiting.methods.exact import decimal
from yishiting.methods.numbers import WHOLE_MOST

APPROVAL, CHOOSE_ONE, ORDINAL, CUMULATIVE, SCORING = "approval", "choose-1", "ordinal", "cumulative", "scoring"
VOTE_TYPES = (APPROVAL, CHOOSE_ONE, ORDINAL, CUMULATIVE, SCORING)


@dataclass(frozen=True, slots=True)
class Project:
    """One proposed project; `cost` in the election's currency unit, `extras` what else the file says of it."""

    id: str
    cost: Fraction
    name: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ballot:
    """`count` equal ballots: the chosen project ids (in order of preference where the vote is ordinal).

    `points` stands beside `choices` in cumulative and scoring votes, else it is empty. `voters` may hold the ids under
    which the ballots were published.
    """

    choices: tuple[str, ...]
    points: tuple[Fraction, ...] = ()
    count: int = 1
    voters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Election:
    """A budget vote. Raises `Unusable` where ids repeat, a cost is negative or a ballot names an unknown project."""

    budget: Fraction
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    vote_type: str = APPROVAL
    meta: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what no rule could count."""
        if self.vote_type not in VOTE_TYPES:
            raise Unusable(f"不认识的投票方式“{self.vote_type}”", f"unknown vote type {self.vote_type!r}")
        if self.budget < 0:
            raise Unusable("预算不能是负数", "the budget is negative")
        _refuse_bad_projects(self.projects)
        _refuse_bad_ballots(self.ballots, {project.id for project in self.projects}, self.vote_type)

    @property
    def voters(self) -> int:
        """How many ballots chose something: those who share the budget; blank ballots are counted apart."""
        return sum(ballot.count for ballot in self.ballots if ballot.choices)

    @property
    def blank(self) -> int:
        """How many ballots chose nothing."""
        return sum(ballot.count for ballot in self.ballots if not ballot.choices)

    def project(self, wanted: str) -> Project:
        """The project of this id; `Unusable` when there is none."""
        for project in self.projects:
            if project.id == wanted:
                return project
        raise Unusable(f"没有编号为“{wanted}”的项目", f"there is no project {wanted!r}")

    def with_cost(self, wanted: str, cost: Fraction) -> Election:
        """The same election had this project cost something else."""
        self.project(wanted)
        changed = (replace(project, cost=cost) if project.id == wanted else project for project in self.projects)
        return replace(self, projects=tuple(changed))

    def with_ballots(self, more: Iterable[Ballot]) -> Election:
        """The same election had these ballots been cast besides."""
        return replace(self, ballots=(*self.ballots, *more))


def grouped(ballots: Iterable[Ballot], *, ordered: bool = False) -> tuple[Ballot, ...]:
    """Equal ballots put together; the order of the choices only matters where `ordered`."""
    counts: dict[tuple[tuple[str, ...], tuple[Fraction, ...]], int] = {}
    voters: dict[tuple[tuple[str, ...], tuple[Fraction, ...]], list[str]] = {}
    for ballot in ballots:
        key = (ballot.choices, ballot.points) if ordered else _sorted_choices(ballot)
        counts[key] = counts.get(key, 0) + ballot.count
        voters.setdefault(key, []).extend(ballot.voters)
    return tuple(Ballot(key[0], key[1], count, tuple(voters[key])) for key, count in counts.items())


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """The key by which people sort ids: "2" before "10", "a2" before "a10"."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple(
        (0, int(part) if len(part) <= WHOLE_MOST else 10**WHOLE_MOST, part) if part.isdecimal() else (1, 0, part)
        for part in parts
    )


def plain(number: Fraction) -> int | float | str:
    """An amount as JSON shows it: 1200, 1200.5, and "3/7" where no short decimal is exact."""
    if number.denominator == 1:
        return int(number)
    return float(number) if Fraction(repr(float(number))) == number else str(number)


def short(number: Fraction) -> str:
    """An amount for a sentence: whole where it is, else to the cent."""
    return str(number) if number.denominator == 1 else decimal(number)


def _sorted_choices(ballot: Ballot) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
    if not ballot.points:
        return tuple(sorted(ballot.choices)), ()
    pairs = sorted(zip(ballot.choices, ballot.points, strict=True))
    return tuple(choice for choice, _ in pairs), tuple(points for _, points in pairs)


def _refuse_bad_projects(projects: tuple[Project, ...]) -> None:
    seen: set[str] = set()
    for project in projects:
        if project.id in seen:
            raise Unusable(f"项目编号“{project.id}”重复", f"project id {project.id!r} occurs twice")
        if project.cost < 0:
            raise Unusable(f"项目“{project.id}”的费用是负数", f"project {project.id!r} has a negative cost")
        seen.add(project.id)


def _refuse_bad_ballots(ballots: tuple[Ballot, ...], known: set[str], vote_type: str) -> None:
    needs_points = vote_type in (CUMULATIVE, SCORING)
    for ballot in ballots:
        if not known.issuperset(ballot.choices):
            strange = next(choice for choice in ballot.choices if choice not in known)
            raise Unusable(f"选票写了不存在的项目“{strange}”", f"a ballot names the unknown project {strange!r}")
        if len(set(ballot.choices)) != len(ballot.choices):
            raise Unusable(
                f"选票重复写了同一项目：{ballot.choices}", f"a ballot names a project twice: {ballot.choices}"
            )
        if ballot.count < 1:
            raise Unusable("选票张数必须至少为 1", "a ballot counts less than once")
        if (needs_points or ballot.points) and len(ballot.points) != len(ballot.choices):
            raise Unusable("选票的分数与项目个数不符", "a ballot has not one number of points for each choice")
