"""From the rulebook to the rule of a poll, and from a whole sheet to its result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishiting.ground.seasons.rules import Book
from yishiting.instruments.ballots.rules import (
    WRITTEN_IN,
    Counts,
    Kind,
    Sheet,
    contradictions,
    issued_too_many,
    returned_too_many,
)
from yishiting.methods.elections import Base, CandidateCount, Contest, ElectionRule, Tally, count_round
from yishiting.methods.elections import Kind as RoundKind
from yishiting.methods.errors import Unusable
from yishiting.methods.satisfaction import Answers, Formula, SatisfactionRule, satisfaction
from yishiting.methods.votes import VoteBase, VoteCount, VoteRule, decide

Record = dict[str, Any]

#: What the names of the rulebook mean: the share, whether it must be exceeded, and of what it is taken.
MAJORITIES = {
    f"{name}_of_{base}": (share, over, base)
    for name, share, over in (("over_half", Fraction(1, 2), True), ("two_thirds", Fraction(2, 3), False))
    for base in VoteBase
}
FORMULAS = {
    "satisfied_and_mostly_of_valid": Formula.SHARE_OF_VALID,
    **{formula.value: formula for formula in Formula},
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result as it is kept, and the reason when the whole vote is void."""

    result: Record
    void: str = ""


def vote_rule(book: Book) -> VoteRule:
    """The majority and quorum of the place's rulebook."""
    name = book.text("vote.majority")
    if name not in MAJORITIES:
        raise Unusable(f"规则里的表决方式“{name}”不认识，可用：{'、'.join(MAJORITIES)}。", "Unknown majority.")
    share, over, base = MAJORITIES[name]
    quorum, counted = book.share("meeting.quorum_over"), bool(book.values["vote.recused_in_quorum"])
    return VoteRule(share, over, base, quorum, quorum_over=True, recused_in_quorum=counted)


def election_rule(book: Book) -> ElectionRule:
    """The election rule of the place's rulebook."""
    return ElectionRule(
        turnout_over=book.share("election.turnout_over"),
        winners_over=book.share("election.winner_over"),
        supplementary_least=book.share("election.supplementary_at_least"),
        base=Base(book.text("election.base")),
        extra_candidates=book.number("election.extra_candidates_min"),
        most_rounds=book.number("election.most_rounds"),
        write_ins=bool(book.values["election.write_ins"]),
    )


def satisfaction_rule(book: Book) -> SatisfactionRule:
    """Formula, gate and smallest sample of the place's rulebook."""
    name = book.text("review.satisfaction_formula")
    if name not in FORMULAS:
        raise Unusable(f"规则里的满意率算法“{name}”不认识，可用：{'、'.join(FORMULAS)}。", "Unknown formula.")
    first, second, third = (Fraction(str(weight)) for weight in book.listed("review.weights"))
    gate, fewest = book.share("review.gate"), book.number("review.answers_min")
    return SatisfactionRule(FORMULAS[name], gate, fewest, (first, second, third))


def rule_of(kind: str, book: Book) -> Record:
    """The rule a poll of this kind is counted by, as it is stored with the poll."""
    rules: dict[str, Callable[[Book], VoteRule | ElectionRule | SatisfactionRule]] = {
        Kind.DECISION: vote_rule,
        Kind.ELECTION: election_rule,
        Kind.SATISFACTION: satisfaction_rule,
    }
    named = {"name": book.text("vote.majority")} if kind == Kind.DECISION else {}
    return {**named, **rules[kind](book).as_dict()}


def judge(sheet: Sheet, counts: Counts) -> Judgement:
    """The result of a whole sheet. `Unusable` names every contradiction and says to look at the sheet again."""
    over = issued_too_many(sheet, counts)
    void = "" if over else returned_too_many(sheet, counts)
    if void:
        return Judgement(
            {"outcome": "void_returned", "sentence": void, "counts": counts, "rule": dict(sheet.rule)}, void
        )
    wrong = contradictions(sheet, counts)
    if wrong:
        raise Unusable("；".join(wrong) + "。请对照计票表核对后再填。", "The sheet contradicts itself.")
    judges = {Kind.DECISION: _decision, Kind.ELECTION: _election, Kind.SATISFACTION: _satisfaction}
    return Judgement({**judges[Kind(sheet.kind)](sheet, counts), "counts": counts})


def _decision(sheet: Sheet, counts: Counts) -> Record:
    count = VoteCount(
        members=sheet.entitled,
        present=sheet.present,
        in_favour=counts["for"],
        against=counts["against"],
        abstained=counts["abstain"],
        recused_present=sheet.recused_present,
        recused_absent=sheet.recused_absent,
    )
    return decide(count, _vote_rule(sheet.rule)).as_dict()


def _election(sheet: Sheet, counts: Counts) -> Record:
    result = count_round(contest(sheet), _tally(sheet, counts), _election_rule(sheet.rule)).as_dict()
    keys = {one.label: one.key for one in sheet.options}
    chosen = {f"{which}_keys": [keys[name] for name in result[which] if name in keys] for which in ("elected", "tied")}
    return {**result, **chosen, "sentence": "".join(result["sentences"])}


def _satisfaction(sheet: Sheet, counts: Counts) -> Record:
    answers = Answers(
        satisfied=counts["satisfied"],
        mostly=counts["mostly"],
        dissatisfied=counts["unsatisfied"],
        members=sheet.entitled or None,
        present=sheet.present or None,
    )
    return {"outcome": "counted", **satisfaction(answers, _satisfaction_rule(sheet.rule)).as_dict()}


def contest(sheet: Sheet) -> Contest:
    """The round an election poll stands for."""
    names = tuple(one.label for one in sheet.options)
    return Contest(sheet.seats, names, RoundKind(sheet.rule["round_kind"]), int(sheet.rule["round_number"]))


def _tally(sheet: Sheet, counts: Counts) -> Tally:
    ballots = {key: counts[key] if sheet.on_paper else sheet.present for key in ("issued", "returned", "valid")}
    named = []
    for n, one in enumerate(sheet.options):
        in_favour, against = counts[f"{n}:for"], counts[f"{n}:against"]
        abstained = counts.get(f"{n}:abstain", ballots["valid"] - in_favour - against)
        named.append(CandidateCount(one.label, in_favour, against, abstained))
    for key, number in counts.items():
        if key.startswith(WRITTEN_IN):
            named.append(CandidateCount(key.removeprefix(WRITTEN_IN), number, write_in=True))
    return Tally(sheet.entitled, **ballots, invalid=counts.get("invalid", 0), counts=tuple(named))


def _vote_rule(rule: Mapping[str, Any]) -> VoteRule:
    return VoteRule(
        Fraction(rule["share"]),
        rule["over"],
        VoteBase(rule["base"]),
        Fraction(rule["quorum"]),
        rule["quorum_over"],
        rule["recused_in_quorum"],
    )


def _election_rule(rule: Mapping[str, Any]) -> ElectionRule:
    return ElectionRule(
        turnout_over=Fraction(rule["turnout_over"]),
        winners_over=Fraction(rule["winners_over"]),
        supplementary_least=Fraction(rule["supplementary_least"]),
        base=Base(rule["base"]),
        extra_candidates=rule["extra_candidates"],
        most_rounds=rule["most_rounds"],
        write_ins=rule["write_ins"],
    )


def _satisfaction_rule(rule: Mapping[str, Any]) -> SatisfactionRule:
    gate = None if rule["gate"] is None else Fraction(rule["gate"])
    first, second, third = (Fraction(weight) for weight in rule["weights"])
    return SatisfactionRule(Formula(rule["formula"]), gate, rule["fewest_valid"], (first, second, third))
