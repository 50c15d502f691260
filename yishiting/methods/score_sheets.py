"""Score sheets as they come from the judges: criteria, rule, checks, and two entries of the same paper side by side."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.exact import decimal

FEWEST_TO_DROP = 3  # a highest, a lowest, and something left


class Aggregation(StrEnum):
    """How the totals of several judges become one figure."""

    TRIMMED = "trimmed"  # one highest and one lowest dropped where there are enough sheets, else the mean
    MEAN = "mean"
    MEDIAN = "median"
    ADJUSTED = "adjusted"  # mean freed from judge effects
    MAJORITY = "majority"  # majority judgment: median grade, then the larger side of it
    RANK = "rank"  # mean place in each judge's own order; hardest to push by extreme scores


AGGREGATION_NAMES = {
    Aggregation.TRIMMED: "去掉一个最高分和一个最低分后的平均分",
    Aggregation.MEAN: "平均分",
    Aggregation.MEDIAN: "中位数",
    Aggregation.ADJUSTED: "按评委宽严校正的平均分",
    Aggregation.MAJORITY: "多数评判（中位等级）",
    Aggregation.RANK: "各评委名次的平均",
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the sheet: scores run from 0 to `full` and count `weight` times."""

    name: str
    weight: Fraction
    full: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """The rulebook's part.

    `drop_from`: with at least so many valid sheets (3 or more) the highest and lowest are dropped under `trimmed`.
    `fewest`: a project with fewer valid sheets gets no place. `funded`: how many places get money, None if not said.
    """

    criteria: tuple[Criterion, ...]
    method: Aggregation
    drop_from: int
    fewest: int
    funded: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        criteria = [
            {"name": c.name, "weight": str(c.weight), "full": None if c.full is None else str(c.full)}
            for c in self.criteria
        ]
        return asdict(self) | {"criteria": criteria}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One judge on one project: a score per criterion in the rule's order, None where blank; or the judge is recused.

    `line`: where it stands in the file it was read from, 0 for none; a fault is told with it.
    """

    judge: str
    project: str
    scores: tuple[Fraction | None, ...] = ()
    recused: bool = False
    line: int = field(default=0, compare=False)


def sheet_total(sheet: Sheet, rule: ScoreRule) -> Fraction | None:
    """Σ weight × score; None where a score is missing or the judge is recused."""
    if sheet.recused:
        return None
    total = Fraction(0)
    for criterion, given in zip(rule.criteria, sheet.scores, strict=False):
        if given is None:
            return None
        total += criterion.weight * given
    return total


def check_sheets(sheets: Sequence[Sheet], rule: ScoreRule) -> None:
    """Refuse sheets and rules that cannot be used; the sentence names every fault."""
    wrong = []
    if not rule.criteria or any(c.weight <= 0 for c in rule.criteria):
        wrong.append("至少要有一项评分标准，权重须大于 0")
    if rule.drop_from < FEWEST_TO_DROP:
        wrong.append("去掉最高最低分至少要有 3 份评分表")
    if rule.funded is not None and rule.funded < 1:
        wrong.append("入围数至少为 1")
    seen: set[tuple[str, str]] = set()
    for sheet in sheets:
        wrong += _wrong_sheet(sheet, rule)
        if (sheet.judge, sheet.project) in seen:
            wrong.append(f"{_line(sheet)}{sheet.judge}对{sheet.project}有两份评分表")
        seen.add((sheet.judge, sheet.project))
    if wrong:
        raise Unusable("；".join(wrong) + "。", f"{len(wrong)} sheets or rules cannot be used.")


def _line(sheet: Sheet) -> str:
    return f"第 {sheet.line} 行：" if sheet.line else ""


def _wrong_sheet(sheet: Sheet, rule: ScoreRule) -> list[str]:
    whose = f"{_line(sheet)}{sheet.judge}对{sheet.project}"
    if sheet.recused:
        return [f"{whose}已回避，却有评分"] if any(given is not None for given in sheet.scores) else []
    if len(sheet.scores) != len(rule.criteria):
        return [f"{whose}的评分有 {len(sheet.scores)} 项，应为 {len(rule.criteria)} 项"]
    return [
        f"{whose}的“{criterion.name}”为 {decimal(given)}，不在 0 至 {criterion.full} 之间"
        for criterion, given in zip(rule.criteria, sheet.scores, strict=True)
        if given is not None and (given < 0 or (criterion.full is not None and given > criterion.full))
    ]


def compare_sheets(first: Sequence[Sheet], second: Sequence[Sheet], rule: ScoreRule) -> tuple[str, ...]:
    """Every difference between two independent entries of the same paper sheets, as sentences; empty if they agree."""
    ours, theirs = ({(s.judge, s.project): s for s in sheets} for sheets in (first, second))
    found: list[str] = []
    for key in dict.fromkeys([*ours, *theirs]):
        whose = f"{key[0]}对{key[1]}"
        a, b = ours.get(key), theirs.get(key)
        if a is None or b is None:
            found.append(f"{whose}的评分表只录入了一次。")
        elif a.recused != b.recused:
            found.append(f"{whose}：一次录为回避，一次录为评分。")
        else:
            pairs = zip(rule.criteria, a.scores, b.scores, strict=False)
            found += [f"{whose}的“{c.name}”：第一次 {_shown(x)}，第二次 {_shown(y)}。" for c, x, y in pairs if x != y]
    return tuple(found)


def _shown(given: Fraction | None) -> str:
    return "空" if given is None else str(given)
