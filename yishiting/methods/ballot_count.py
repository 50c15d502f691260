"""From single ballots to a tally, and two independent tallies side by side."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from yishiting.methods.elections import CandidateCount, Contest, ElectionRule, Kind, Tally
from yishiting.methods.errors import Unusable


class Mark(StrEnum):
    """What a ballot says of one candidate; nothing said is an abstention."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Ballot:
    """One returned ballot: marks by candidate, other names written on it, or that nobody could read it."""

    marks: tuple[tuple[str, Mark], ...] = ()
    write_ins: tuple[str, ...] = ()
    unreadable: bool = False

    @classmethod
    def choosing(cls, *names: str) -> "Ballot":
        """A ballot that approves the named candidates and says nothing of the others."""
        return cls(tuple((name, Mark.FOR) for name in names))


@dataclass(frozen=True, slots=True)
class InvalidBallot:
    """Which ballot (from 1, as entered) does not count, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two entries of the same result disagree; `name` is empty for the numbers of ballots."""

    field: str
    name: str
    first: int | None
    second: int | None
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def count_ballots(
    ballots: Sequence[Ballot], contest: Contest, rule: ElectionRule, *, entitled: int, issued: int
) -> tuple[Tally, tuple[InvalidBallot, ...]]:
    """Count returned ballots; an invalid one stays in the number returned.

    Invalid: unreadable, more marks than seats, a candidate marked twice differently, a written name where the rule
    allows none. `Unusable` when a mark stands for somebody who is not a candidate: that is an entry error.
    """
    invalid: list[InvalidBallot] = []
    votes: Counter[tuple[str, Mark]] = Counter()
    for number, ballot in enumerate(ballots, start=1):
        marks = _marks(ballot, contest, number)
        if reason := _why_invalid(ballot, marks, contest, rule):
            invalid.append(InvalidBallot(number, reason))
        else:
            votes.update(marks)
    valid = len(ballots) - len(invalid)
    tally = Tally(entitled, issued, len(ballots), valid, len(invalid), _counts(votes, contest, valid))
    return tally, tuple(invalid)


def _marks(ballot: Ballot, contest: Contest, number: int) -> set[tuple[str, Mark]]:
    """Each person's mark once; a candidate's own name written in is a mark for the candidate."""
    for name, _ in ballot.marks:
        if name not in contest.candidates:
            raise Unusable(f"第 {number} 张票：{name}不是候选人，另选他人请录入另选栏。", f"{name} is no candidate.")
    said = {(name, mark) for name, mark in ballot.marks if mark is not Mark.ABSTAIN}
    return said | {(name, Mark.FOR) for name in ballot.write_ins}


def _why_invalid(ballot: Ballot, marks: set[tuple[str, Mark]], contest: Contest, rule: ElectionRule) -> str:
    if ballot.unreadable:
        return "无法辨认"
    chosen = sum(mark is Mark.FOR for _, mark in marks)
    if chosen > contest.seats:
        return f"选了 {chosen} 人，多于应选的 {contest.seats} 人"
    if len({name for name, _ in marks}) < len(marks):
        return "对同一人的意见前后矛盾"
    others = [name for name in ballot.write_ins if name not in contest.candidates]
    if others and (not rule.write_ins or contest.kind is Kind.RUNOFF):
        return f"不得另选他人，却写了{'、'.join(others)}"
    return ""


def _counts(votes: Counter[tuple[str, Mark]], contest: Contest, valid: int) -> tuple[CandidateCount, ...]:
    listed = []
    for name in contest.candidates:
        in_favour, against = votes[name, Mark.FOR], votes[name, Mark.AGAINST]
        listed.append(CandidateCount(name, in_favour, against, valid - in_favour - against))
    others = sorted({name for name, _ in votes} - set(contest.candidates))
    written = [CandidateCount(name, votes[name, Mark.FOR], write_in=True) for name in others]
    return (*listed, *sorted(written, key=lambda count: -count.in_favour))


_NUMBERS = {"entitled": "应到", "issued": "发出", "returned": "收回", "valid": "有效", "invalid": "无效"}
_VOTES = {"in_favour": "赞成", "against": "反对", "abstained": "弃权"}


def compare_tallies(first: Tally, second: Tally) -> tuple[Difference, ...]:
    """Every number in which two independent entries differ, named; an empty tuple means they agree.

    The order of candidates does not matter; a person missing from one entry is a difference in every number.
    """
    found = [
        Difference(field, "", a, b, f"{label}：第一次录入 {a}，第二次录入 {b}。")
        for field, label in _NUMBERS.items()
        if (a := getattr(first, field)) != (b := getattr(second, field))
    ]
    ours, theirs = ({count.name: count for count in tally.counts} for tally in (first, second))
    for name in dict.fromkeys([*ours, *theirs]):
        found += _compare_counts(name, ours.get(name), theirs.get(name))
    return tuple(found)


def _compare_counts(name: str, ours: CandidateCount | None, theirs: CandidateCount | None) -> list[Difference]:
    found = []
    for field, label in _VOTES.items():
        a = None if ours is None else getattr(ours, field)
        b = None if theirs is None else getattr(theirs, field)
        if a != b:
            one, two = ("缺" if number is None else number for number in (a, b))
            found.append(Difference(field, name, a, b, f"{name}的{label}票：第一次录入 {one}，第二次录入 {two}。"))
    return found
