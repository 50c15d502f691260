"""Counting an election round: who is elected, and which round follows when seats stay open.

Procedure after the Electoral Law (arts. 40–46) and the Beijing measures for village elections (arts. 24–30): more
ballots returned than issued void the vote; more marks than seats void that ballot; turnout over a share; winners need
over a share of those voting; too many such → most votes; a tie that decides → new round among the tied; too few →
supplementary round, where most votes win from a lower share on. Every number comes in through `ElectionRule`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.exact import percent


class Base(StrEnum):
    """Who counts as voting: ballots issued, ballots returned (invalid ones included), or valid ballots only."""

    ISSUED = "issued"
    RETURNED = "returned"
    VALID = "valid"


class Kind(StrEnum):
    """What a round is: the first, a new vote among the tied, or a supplementary one for seats left open."""

    FIRST = "first"
    RUNOFF = "runoff"
    SUPPLEMENTARY = "supplementary"


class Outcome(StrEnum):
    """How a round ended."""

    COMPLETE = "complete"  # every seat is filled
    RUNOFF = "runoff"  # a tie decides about a seat
    SUPPLEMENTARY = "supplementary"  # too few reached the share
    VACANT = "vacant"  # seats stay open and no further round is allowed
    VOID_RETURNED = "void_returned"  # more ballots came back than were issued
    VOID_TURNOUT = "void_turnout"  # too few took part


@dataclass(frozen=True, slots=True)
class ElectionRule:
    """The shares and numbers of an election, from the rulebook; shares are exact, 1/2 means one half.

    `turnout_over`: base must be more than this share of those entitled. `winners_over`: votes must be more than this
    share of the base. `supplementary_least`: in a supplementary round, votes must be at least this share of the base.
    `base`: who counts as voting. `extra_candidates`: candidates beyond the seats (差额). `most_rounds`: after so many
    rounds open seats stay vacant. `write_ins`: whether another name may be written.
    """

    turnout_over: Fraction
    winners_over: Fraction
    supplementary_least: Fraction
    base: Base
    extra_candidates: int
    most_rounds: int
    write_ins: bool

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, shares as "1/2"."""
        return {key: str(value) if isinstance(value, Fraction) else value for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Contest:
    """One round to be voted on: open seats, candidates in the order of the ballot paper, its kind and number from 1."""

    seats: int
    candidates: tuple[str, ...]
    kind: Kind = Kind.FIRST
    number: int = 1

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self) | {"candidates": list(self.candidates)}


@dataclass(frozen=True, slots=True)
class CandidateCount:
    """Votes of one person; for + against + abstained = valid ballots, unless the person was written in."""

    name: str
    in_favour: int
    against: int = 0
    abstained: int = 0
    write_in: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The result sheet before it is judged: numbers of persons and ballots, and a count per person."""

    entitled: int
    issued: int
    returned: int
    valid: int
    invalid: int
    counts: tuple[CandidateCount, ...]

    def base(self, base: Base) -> int:
        """The number of those voting, under the rule's reading of the word."""
        return {Base.ISSUED: self.issued, Base.RETURNED: self.returned, Base.VALID: self.valid}[base]


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """The judged round: elected in order of votes, those tied, those short of the share, the next round, and why."""

    outcome: Outcome
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    needed: int
    base: int
    next: Contest | None
    contest: Contest
    tally: Tally
    rule: ElectionRule
    sentences: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; the rule record and the tally are part of it."""
        kept = {key: getattr(self, key) for key in ("outcome", "needed", "base")}
        return kept | {
            "elected": list(self.elected),
            "tied": list(self.tied),
            "next": self.next.as_dict() if self.next else None,
            "contest": self.contest.as_dict(),
            "tally": asdict(self.tally) | {"counts": [asdict(count) for count in self.tally.counts]},
            "rule": self.rule.as_dict(),
            "sentences": list(self.sentences),
        }


def count_round(contest: Contest, tally: Tally, rule: ElectionRule) -> ElectionResult:
    """Judge one round.

    Raises `Unusable`, naming every contradiction, when the sheet cannot be right (valid + invalid ≠ returned, more
    marks than ballots …) or a first round is not contested enough. More returned than issued is no contradiction but
    an outcome: the whole vote is void and is held again.
    """
    check_contest(contest, rule)
    if tally.returned > tally.issued:
        return _void(contest, tally, rule, Outcome.VOID_RETURNED)
    check_tally(contest, tally, rule)
    if tally.base(rule.base) <= rule.turnout_over * tally.entitled:
        return _void(contest, tally, rule, Outcome.VOID_TURNOUT)
    return _judge(contest, tally, rule)


def check_tally(contest: Contest, tally: Tally, rule: ElectionRule) -> None:
    """Refuse a sheet whose numbers contradict each other; the sentence names each contradiction."""
    wrong = [*_wrong_totals(tally), *_wrong_names(contest, tally, rule)]
    for count in tally.counts:
        wrong += _wrong_count(count, tally.valid)
    marks = sum(count.in_favour for count in tally.counts)
    if marks > contest.seats * tally.valid:
        wrong.append(f"赞成票合计 {marks}，超过有效票 {tally.valid} × 应选 {contest.seats}")
    if wrong:
        raise Unusable("；".join(wrong) + "。", f"The sheet contradicts itself in {len(wrong)} places.")


def _wrong_totals(tally: Tally) -> list[str]:
    wrong = []
    if min(tally.entitled, tally.issued, tally.returned, tally.valid, tally.invalid) < 0:
        wrong.append("票数不能为负")
    if tally.issued > tally.entitled:
        wrong.append(f"发出选票 {tally.issued}，多于应到 {tally.entitled}")
    if tally.valid + tally.invalid != tally.returned:
        wrong.append(f"有效票 {tally.valid} 加无效票 {tally.invalid} 不等于收回 {tally.returned}")
    return wrong


def _wrong_names(contest: Contest, tally: Tally, rule: ElectionRule) -> list[str]:
    listed = [count.name for count in tally.counts if not count.write_in]
    written = [count.name for count in tally.counts if count.write_in]
    wrong = [f"缺少候选人{name}的票数" for name in contest.candidates if name not in listed]
    wrong += [f"{name}不在候选人名单上" for name in listed if name not in contest.candidates]
    wrong += [f"{name}的票数出现两次" for name in dict.fromkeys(listed + written) if (listed + written).count(name) > 1]
    if written and (not rule.write_ins or contest.kind is Kind.RUNOFF):
        wrong.append(f"本轮不得另选他人，却有另选票：{'、'.join(written)}")
    return wrong


def _wrong_count(count: CandidateCount, valid: int) -> list[str]:
    total = count.in_favour + count.against + count.abstained
    if min(count.in_favour, count.against, count.abstained) < 0:
        return [f"{count.name}的票数为负"]
    if count.write_in:
        return [f"另选{count.name} {total} 票，多于有效票 {valid}"] if total > valid else []
    return [] if total == valid else [f"{count.name}的赞成、反对、弃权合计 {total}，不等于有效票 {valid}"]


def check_contest(contest: Contest, rule: ElectionRule) -> None:
    """Refuse (`Unusable`) a round without a seat, with a name twice, or a first round that is not contested enough."""
    if contest.seats < 1:
        raise Unusable("应选名额至少为 1。", "At least one seat must be open.")
    if len(set(contest.candidates)) < len(contest.candidates):
        raise Unusable("候选人名单上有重名，请加以区别。", "A candidate stands twice on the list.")
    least = contest.seats + rule.extra_candidates
    if contest.kind is Kind.FIRST and len(contest.candidates) < least:
        raise Unusable(
            f"应选 {contest.seats} 名，候选人须比名额多 {rule.extra_candidates} 名，即至少 {least} 名；"
            f"现有 {len(contest.candidates)} 名。",
            f"A contested election needs at least {least} candidates.",
        )


def _void(contest: Contest, tally: Tally, rule: ElectionRule, outcome: Outcome) -> ElectionResult:
    if outcome is Outcome.VOID_RETURNED:
        why = f"收回选票 {tally.returned} 张，多于发出的 {tally.issued} 张，本次选举全部无效，须重新投票。"
    else:
        voting = tally.base(rule.base)
        why = f"应到 {tally.entitled} 人，参加投票 {voting} 人，未超过 {rule.turnout_over}，选举无效，须重新投票。"
    again = replace(contest, number=contest.number + 1)
    base = tally.base(rule.base)
    return ElectionResult(outcome, (), (), 0, base, again, contest, tally, rule, (why,))


def _judge(contest: Contest, tally: Tally, rule: ElectionRule) -> ElectionResult:
    base = tally.base(rule.base)
    needed = votes_needed(contest.kind, base, rule)
    able = sorted((c for c in tally.counts if c.in_favour >= needed), key=lambda count: -count.in_favour)
    elected, tied = _fill(able, contest.seats)
    left = contest.seats - len(elected)
    sentences = [_turnout_sentence(tally, base), _needed_sentence(contest.kind, base, needed, rule)]
    sentences += [f"{count.name}得 {count.in_favour} 票，当选。" for count in able[: len(elected)]]
    outcome, following = _what_follows(contest, tally, rule, elected, tied)
    sentences += _next_sentences(outcome, tied, left, following)
    if outcome is Outcome.SUPPLEMENTARY and following and len(following.candidates) < left + rule.extra_candidates:
        sentences.append(f"候选人不足 {left + rule.extra_candidates} 名，须补充提名后再投票。")
    return ElectionResult(outcome, elected, tied, needed, base, following, contest, tally, rule, tuple(sentences))


def votes_needed(kind: Kind, base: int, rule: ElectionRule) -> int:
    """The least number of votes that elects: over the share first, at least the lower share later, one in a runoff."""
    if kind is Kind.FIRST:
        return int(rule.winners_over * base // 1) + 1
    if kind is Kind.SUPPLEMENTARY:
        return max(1, -int(-rule.supplementary_least * base // 1))
    return 1


def _fill(able: Sequence[CandidateCount], seats: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Most votes first; the group of equals that no longer fits is the tie."""
    elected: list[str] = []
    for _, group in groupby(able, key=lambda count: count.in_favour):
        names = [count.name for count in group]
        if len(elected) + len(names) > seats:
            return tuple(elected), tuple(names) if len(elected) < seats else ()
        elected += names
    return tuple(elected), ()


def _what_follows(
    contest: Contest, tally: Tally, rule: ElectionRule, elected: Sequence[str], tied: tuple[str, ...]
) -> tuple[Outcome, Contest | None]:
    left, number = contest.seats - len(elected), contest.number + 1
    if not left:
        return Outcome.COMPLETE, None
    if contest.number >= rule.most_rounds:
        return Outcome.VACANT, None
    if tied:
        return Outcome.RUNOFF, Contest(left, tied, Kind.RUNOFF, number)
    names = _next_in_line(tally.counts, elected, left + rule.extra_candidates)
    return Outcome.SUPPLEMENTARY, Contest(left, names, Kind.SUPPLEMENTARY, number)


def _next_in_line(counts: Sequence[CandidateCount], elected: Sequence[str], many: int) -> tuple[str, ...]:
    """Those not elected by their votes, as many as wanted and everyone equal to the last of them."""
    rest = sorted((c for c in counts if c.name not in elected), key=lambda count: -count.in_favour)
    if len(rest) <= many:
        return tuple(count.name for count in rest)
    return tuple(count.name for count in rest if count.in_favour >= rest[many - 1].in_favour)


def _turnout_sentence(tally: Tally, base: int) -> str:
    rate = percent(Fraction(base, tally.entitled))
    return (
        f"应到 {tally.entitled} 人，发出选票 {tally.issued} 张，收回 {tally.returned} 张，"
        f"有效 {tally.valid} 张，无效 {tally.invalid} 张；参加投票 {base} 人（{rate}），选举有效。"
    )


def _needed_sentence(kind: Kind, base: int, needed: int, rule: ElectionRule) -> str:
    if kind is Kind.RUNOFF:
        return "本轮在得票相等者中重新投票，得票多者当选。"
    if kind is Kind.SUPPLEMENTARY:
        return f"另行选举以得票多者当选，但不得少于参加投票人数的 {rule.supplementary_least}，即 {needed} 票。"
    return f"当选须超过参加投票 {base} 人的 {rule.winners_over}，即至少 {needed} 票。"


def _next_sentences(outcome: Outcome, tied: Sequence[str], left: int, following: Contest | None) -> list[str]:
    if outcome is Outcome.COMPLETE:
        return ["名额已满，选举结束。"]
    if outcome is Outcome.VACANT:
        return [f"尚缺 {left} 名，已无后续轮次，名额空缺。"]
    if outcome is Outcome.RUNOFF:
        return [f"{'、'.join(tied)}得票相等，不能确定当选人，就 {left} 个名额在其中重新投票。"]
    names = "、".join(following.candidates) if following else ""
    return [f"尚缺 {left} 名，另行选举；按得票多少列为候选人：{names or '无，须重新提名'}。"]
