"""What may stand on a score sheet, how two keyings are compared, and the line the lot has to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishiting.ground.seasons.rules import Book
from yishiting.methods.errors import Unusable
from yishiting.methods.lot import Lot, Source, draw
from yishiting.methods.score_sheets import Aggregation, Criterion, ScoreRule, Sheet, compare_sheets

Record = dict[str, Any]
AGGREGATIONS = [one.value for one in Aggregation]


@dataclass(frozen=True, slots=True)
class Line:
    """What one judge wrote about one proposal: a mark for each criterion (None where blank), or that they stand aside."""

    marks: tuple[str | None, ...] = ()
    recused: bool = False

    @property
    def blank(self) -> bool:
        """Nothing was written at all."""
        return not self.recused and all(mark is None for mark in self.marks)

    def as_dict(self) -> Record:
        """As it is kept."""
        return {"marks": list(self.marks), "recused": self.recused}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Line":
        """From what is kept."""
        return cls(tuple(kept["marks"]), bool(kept["recused"]))


Lines = dict[str, Line]


def rule_record(book: Book, funded: int | None) -> Record:
    """The rulebook's part of a round, as the round keeps it. `Unusable` where the rulebook names no known method."""
    method = book.text("scoring.method")
    if method not in AGGREGATIONS:
        raise Unusable(f"规则里的得分算法“{method}”不认识，可用：{'、'.join(AGGREGATIONS)}。", "Unknown method.")
    return {
        "criteria": book.listed("scoring.criteria"),
        "method": method,
        "drop_from": book.number("scoring.drop_from"),
        "fewest": book.number("scoring.sheets_min"),
        "funded": funded,
    }


def rule_of(kept: Mapping[str, Any]) -> ScoreRule:
    """The rule as the arithmetic wants it."""
    criteria = tuple(Criterion(c["name"], Fraction(c["weight"]), Fraction(c["full"])) for c in kept["criteria"])
    return ScoreRule(criteria, Aggregation(kept["method"]), kept["drop_from"], kept["fewest"], kept["funded"])


def full_total(kept: Mapping[str, Any]) -> Fraction:
    """The most a sheet can come to: Σ weight × full marks."""
    return sum((c.weight * (c.full or 0) for c in rule_of(kept).criteria), Fraction(0))


def sheet_of(judge: str, proposal: str, line: Line) -> Sheet:
    """One line as the arithmetic wants it; a judge who stands aside has no marks."""
    marks = () if line.recused else tuple(None if mark is None else Fraction(mark) for mark in line.marks)
    return Sheet(judge, proposal, marks, line.recused)


def why_not_line(line: Line, rule: ScoreRule, proposal: str, *, whole: bool) -> str:
    """Empty when the line can stand, otherwise what is wrong with it; `whole` asks for every mark."""
    if line.recused:
        return f"“{proposal}”已勾选回避，请不要再打分。" if any(line.marks) else ""
    if len(line.marks) != len(rule.criteria):
        return f"“{proposal}”的评分应有{len(rule.criteria)}项。"
    for criterion, mark in zip(rule.criteria, line.marks, strict=True):
        if wrong := _why_not_mark(mark, criterion, whole=whole):
            return f"“{proposal}”的“{criterion.name}”{wrong}"
    return ""


def _why_not_mark(mark: str | None, criterion: Criterion, *, whole: bool) -> str:
    if mark is None:
        return "还没有打分。" if whole else ""
    try:
        value = Fraction(mark)
    except ValueError:
        return f"写的是“{mark}”，请写数字。"
    return "" if 0 <= value <= (criterion.full or value) else f"是{mark}分，请在0到{criterion.full}分之间。"


def differences(judge: str, names: Mapping[str, str], first: Lines, second: Lines, rule: ScoreRule) -> tuple[str, ...]:
    """Every difference between two keyings of one judge's paper, by name; a line left wholly blank counts as not there."""
    ours, theirs = (
        [sheet_of(judge, name, lines.get(key, Line((None,) * len(rule.criteria)))) for key, name in names.items()]
        for lines in (first, second)
    )
    return compare_sheets(ours, theirs, rule)


def the_lot(title: str, labels: Sequence[str], source: str, day: str, numbers: Sequence[int] = ()) -> Lot:
    """The lot for ties at the line: all labels in code-point order, so that nobody chose the order of the list."""
    return Lot(title, tuple(sorted(labels)), len(labels), (Source(source, day, tuple(numbers)),))


def drawn(lot: Lot) -> Record:
    """The lot drawn, with every step, to be recomputed by anyone."""
    return draw(lot).as_dict()
