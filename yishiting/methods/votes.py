"""A vote on a motion: quorum, base, majority, and the sentence for the minutes.

A tie is never passed: besides the majority asked for, more must be for than against. Persons recused are taken out of
the base. What an abstention does depends on the base, and the result says so.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from yishiting.methods.errors import Unusable


class VoteBase(StrEnum):
    """Of what the majority is taken: all members, those present, or the votes cast for or against."""

    ALL = "all"
    PRESENT = "present"
    CAST = "cast"


class VoteOutcome(StrEnum):
    """How a vote ended."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    TIED = "tied"  # as many for as against: not passed
    NO_QUORUM = "no_quorum"  # not a decision at all


@dataclass(frozen=True, slots=True)
class VoteRule:
    """The majority and the quorum of a council, from the rulebook.

    `share` of `base` must be exceeded (`over` true: majority) or reached (`over` false: two thirds of 14 is 10).
    `quorum` of the members must be present, exceeded or reached by `quorum_over`; 0 asks for nobody in particular.
    `recused_in_quorum`: whether a person recused still counts for the quorum, as member and as present.
    """

    share: Fraction
    over: bool
    base: VoteBase
    quorum: Fraction
    quorum_over: bool
    recused_in_quorum: bool

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, shares as "2/3"."""
        return {key: str(value) if isinstance(value, Fraction) else value for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class VoteCount:
    """What was counted, in persons.

    `members` (应到) and `present` (实到) include those recused; `recused_present` and `recused_absent` say how many of
    them may not vote on this matter.
    """

    members: int
    present: int
    in_favour: int
    against: int
    abstained: int = 0
    recused_present: int = 0
    recused_absent: int = 0

    @property
    def silent(self) -> int:
        """Present and entitled, but neither for, against nor abstaining."""
        return self.present - self.recused_present - self.in_favour - self.against - self.abstained


@dataclass(frozen=True, slots=True)
class VoteResult:
    """Outcome, votes needed and the base they are taken of, the count, the rule, and the sentence for the minutes."""

    outcome: VoteOutcome
    needed: int
    base: int
    count: VoteCount
    rule: VoteRule
    sentence: str

    @property
    def passed(self) -> bool:
        """Whether the motion is carried."""
        return self.outcome is VoteOutcome.PASSED

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "outcome": self.outcome,
            "passed": self.passed,
            "needed": self.needed,
            "base": self.base,
            "count": asdict(self.count) | {"silent": self.count.silent},
            "rule": self.rule.as_dict(),
            "sentence": self.sentence,
        }


def decide(count: VoteCount, rule: VoteRule) -> VoteResult:
    """Judge a vote; `Unusable` when the count contradicts itself (say, more votes than voters)."""
    _check(count)
    base = _base(count, rule)
    needed = least(rule.share, base, over=rule.over)
    outcome = _outcome(count, rule, needed)
    sentence = _quorum_sentence(count, rule) if outcome is VoteOutcome.NO_QUORUM else ""
    sentence = sentence or _sentence(count, rule, base, needed, outcome)
    return VoteResult(outcome, needed, base, count, rule, sentence)


def least(share: Fraction, base: int, *, over: bool) -> int:
    """The smallest number over (`over`) or at least the share of `base`: 2/3 of 14 is 10, over half of it 8."""
    return int(share * base // 1) + 1 if over else -int(-share * base // 1)


def has_quorum(count: VoteCount, rule: VoteRule) -> bool:
    """Whether enough members are present for a decision."""
    members, present = _for_quorum(count, rule)
    return present > 0 and present >= least(rule.quorum, members, over=rule.quorum_over)


def _for_quorum(count: VoteCount, rule: VoteRule) -> tuple[int, int]:
    if rule.recused_in_quorum:
        return count.members, count.present
    return count.members - count.recused_present - count.recused_absent, count.present - count.recused_present


def _check(count: VoteCount) -> None:
    wrong = []
    if min(asdict(count).values()) < 0:
        wrong.append("人数不能为负")
    if count.present > count.members:
        wrong.append(f"实到 {count.present} 人，多于应到 {count.members} 人")
    if count.recused_absent > count.members - count.present:
        wrong.append(f"缺席回避 {count.recused_absent} 人，多于缺席人数")
    if count.silent < 0:
        cast = count.in_favour + count.against + count.abstained
        able = count.present - count.recused_present
        wrong.append(f"赞成、反对、弃权合计 {cast}，多于实到有表决权的 {able} 人")
    if wrong:
        raise Unusable("；".join(wrong) + "。", "The count contradicts itself.")


def _base(count: VoteCount, rule: VoteRule) -> int:
    return {
        VoteBase.ALL: count.members - count.recused_present - count.recused_absent,
        VoteBase.PRESENT: count.present - count.recused_present,
        VoteBase.CAST: count.in_favour + count.against,
    }[rule.base]


def _outcome(count: VoteCount, rule: VoteRule, needed: int) -> VoteOutcome:
    if not has_quorum(count, rule):
        return VoteOutcome.NO_QUORUM
    if count.in_favour == count.against:
        return VoteOutcome.TIED
    enough = count.in_favour >= needed and count.in_favour > count.against
    return VoteOutcome.PASSED if enough else VoteOutcome.NOT_PASSED


_BASES = {
    VoteBase.ALL: "以全体有表决权的 {} 人为基数，缺席和弃权计入基数",
    VoteBase.PRESENT: "以实到有表决权的 {} 人为基数，弃权计入基数",
    VoteBase.CAST: "以赞成与反对合计 {} 票为基数，弃权不计入基数",
}
_ENDS = {
    VoteOutcome.PASSED: "通过。",
    VoteOutcome.NOT_PASSED: "未通过。",
    VoteOutcome.TIED: "赞成与反对相等，未通过。",
}


def _present_sentence(count: VoteCount) -> str:
    recused = count.recused_present + count.recused_absent
    return f"应到 {count.members} 人，实到 {count.present} 人" + (f"，回避 {recused} 人" if recused else "")


def _sentence(count: VoteCount, rule: VoteRule, base: int, needed: int, outcome: VoteOutcome) -> str:
    share = f"超过 {rule.share}" if rule.over else f"达到 {rule.share}"
    silent = f"，未表态 {count.silent}" if count.silent else ""
    return (
        f"{_present_sentence(count)}；{_BASES[rule.base].format(base)}，须{share}，即 {needed} 票；"
        f"赞成 {count.in_favour}，反对 {count.against}，弃权 {count.abstained}{silent}；{_ENDS[outcome]}"
    )


def _quorum_sentence(count: VoteCount, rule: VoteRule) -> str:
    members, _ = _for_quorum(count, rule)
    needed = max(1, least(rule.quorum, members, over=rule.quorum_over))
    return f"{_present_sentence(count)}；法定人数为 {needed} 人，未达到，不能表决。"
