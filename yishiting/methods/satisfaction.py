"""Satisfaction by a named formula, always with its counts; three formulas are in use and do not agree.

`over_half_of_all`: grades by more than half of all members (congress practice, e.g. Zhenhai 2022); its rate is
(satisfied + mostly) / members. `share_of_valid`: (satisfied + mostly) / valid. `weighted`: Σ weight × answers / valid.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.exact import pair, percent

HALF = Fraction(1, 2)  # the word 过半数 itself, not a number to argue about


class Formula(StrEnum):
    """Which formula the rate is computed by."""

    OVER_HALF_OF_ALL = "over_half_of_all"
    SHARE_OF_VALID = "share_of_valid"
    WEIGHTED = "weighted"


class Grade(StrEnum):
    """The grade under `over_half_of_all`."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    DISSATISFIED = "dissatisfied"


@dataclass(frozen=True, slots=True)
class SatisfactionRule:
    """Formula and numbers from the rulebook.

    `gate`: the share that must be reached (95 % → 19/20), None for no gate. `fewest_valid`: below so many valid answers
    there is no percentage. `weights` of satisfied, mostly, dissatisfied: used by `weighted` only.
    """

    formula: Formula
    gate: Fraction | None
    fewest_valid: int
    weights: tuple[Fraction, Fraction, Fraction] = (Fraction(1), Fraction(1), Fraction(0))

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, shares as "19/20"."""
        return {
            "formula": self.formula,
            "gate": None if self.gate is None else str(self.gate),
            "fewest_valid": self.fewest_valid,
            "weights": [str(weight) for weight in self.weights],
        }


@dataclass(frozen=True, slots=True)
class Answers:
    """Counted answers: valid = satisfied + mostly + dissatisfied; `members` 应到 and `present` 实到 where known."""

    satisfied: int
    mostly: int
    dissatisfied: int
    unrated: int = 0
    members: int | None = None
    present: int | None = None

    @property
    def valid(self) -> int:
        """Answers that name a level."""
        return self.satisfied + self.mostly + self.dissatisfied


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The exact rate (None for a small sample), its text, the grade if the formula gives one, whether it passes."""

    rate: Fraction | None
    percentage: str | None
    grade: Grade | None
    passed: bool | None
    answers: Answers
    rule: SatisfactionRule
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "rate": None if self.rate is None else pair(self.rate),
            "percentage": self.percentage,
            "grade": self.grade,
            "passed": self.passed,
            "answers": asdict(self.answers) | {"valid": self.answers.valid},
            "rule": self.rule.as_dict(),
            "sentence": self.sentence,
        }


def satisfaction(answers: Answers, rule: SatisfactionRule) -> Satisfaction:
    """The satisfaction of one project or unit.

    The gate is compared exactly and must be reached: 94.96 % does not pass 95 %. `Unusable` for negative counts, more
    answers than people, a missing number of members where the formula needs it, or weights outside 0..1.
    """
    _check(answers, rule)
    grade = _grade(answers) if rule.formula is Formula.OVER_HALF_OF_ALL else None
    if answers.valid < rule.fewest_valid or not _denominator(answers, rule):
        sentence = f"{_counts(answers)}；有效评价不足 {rule.fewest_valid} 份，不计算百分比。"
        return Satisfaction(None, None, None, None, answers, rule, sentence)
    rate = _rate(answers, rule)
    passed = None if rule.gate is None else rate >= rule.gate
    text = percent(rate, gate=rule.gate)
    return Satisfaction(rate, text, grade, passed, answers, rule, _sentence(answers, rule, text, grade, passed))


def _check(answers: Answers, rule: SatisfactionRule) -> None:
    numbers = [number for number in asdict(answers).values() if number is not None]
    wrong = []
    if min(numbers) < 0:
        wrong.append("人数不能为负")
    if any(not 0 <= weight <= 1 for weight in rule.weights):
        wrong.append("权重应在 0 与 1 之间")
    if rule.formula is Formula.OVER_HALF_OF_ALL and answers.members is None:
        wrong.append("按全体过半数计算时须填应到人数")
    for people, label in ((answers.present, "实到"), (answers.members, "应到")):
        if people is not None and answers.valid + answers.unrated > people:
            wrong.append(f"评价 {answers.valid + answers.unrated} 份，多于{label} {people} 人")
    if wrong:
        raise Unusable("；".join(wrong) + "。", "The answers contradict themselves.")


def _grade(answers: Answers) -> Grade:
    half = HALF * (answers.members or 0)
    if answers.satisfied > half:
        return Grade.SATISFIED
    return Grade.MOSTLY if answers.satisfied + answers.mostly > half else Grade.DISSATISFIED


def _denominator(answers: Answers, rule: SatisfactionRule) -> int:
    return (answers.members or 0) if rule.formula is Formula.OVER_HALF_OF_ALL else answers.valid


def _rate(answers: Answers, rule: SatisfactionRule) -> Fraction:
    if rule.formula is Formula.WEIGHTED:
        levels = (answers.satisfied, answers.mostly, answers.dissatisfied)
        total = sum((weight * n for weight, n in zip(rule.weights, levels, strict=True)), Fraction(0))
    else:
        total = Fraction(answers.satisfied + answers.mostly)
    return total / _denominator(answers, rule)


_GRADES = {Grade.SATISFIED: "满意", Grade.MOSTLY: "基本满意", Grade.DISSATISFIED: "不满意"}


def _counts(answers: Answers) -> str:
    due = "" if answers.members is None else f"应到 {answers.members} 人，"
    here = "" if answers.present is None else f"实到 {answers.present} 人，"
    rest = f"，未评价 {answers.unrated}" if answers.unrated else ""
    return (
        f"{due}{here}有效评价 {answers.valid} 份：满意 {answers.satisfied}，基本满意 {answers.mostly}，"
        f"不满意 {answers.dissatisfied}{rest}"
    )


def _formula(rule: SatisfactionRule) -> str:
    if rule.formula is Formula.OVER_HALF_OF_ALL:
        return "（满意＋基本满意）÷应到人数"
    if rule.formula is Formula.SHARE_OF_VALID:
        return "（满意＋基本满意）÷有效评价"
    names = ("满意", "基本满意", "不满意")
    parts = "＋".join(f"{weight}×{name}" for weight, name in zip(rule.weights, names, strict=True) if weight)
    return f"（{parts}）÷有效评价"


def _sentence(answers: Answers, rule: SatisfactionRule, text: str, grade: Grade | None, passed: bool | None) -> str:
    end = "。"
    if grade is not None:
        end = f"，按应到人数过半评定为“{_GRADES[grade]}”。"
    if rule.gate is not None:
        end = f"，{'达到' if passed else '未达到'} {percent(rule.gate)} 的标准" + end
    return f"{_counts(answers)}；满意率＝{_formula(rule)}＝{text}{end}"
