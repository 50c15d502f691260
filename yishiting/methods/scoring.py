"""Score sheets: weighted criteria to a total per judge, totals to a figure per project, figures to an order.

Everything is exact until it is shown. Judges with a conflict of interest are left out; where sheets are missing, the
judge-adjusted figure stands beside the ordinary one and a warning says when the two would fund different projects.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from statistics import median
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.exact import decimal, pair
from yishiting.methods.judge_effects import Effects, Totals, judge_effects
from yishiting.methods.score_sheets import Aggregation, ScoreRule, Sheet, check_sheets, sheet_total


@dataclass(frozen=True, slots=True)
class ProjectScore:
    """A project's figures, all exact. `place` is shared by equals; None where there are too few sheets.

    `figure` is the one that decides; `dropped` are the totals left out under `trimmed`.
    """

    project: str
    place: int | None = None
    figure: Fraction | None = None
    mean: Fraction | None = None
    trimmed: Fraction | None = None
    median: Fraction | None = None
    adjusted: Fraction | None = None
    lowest: Fraction | None = None
    highest: Fraction | None = None
    sheets: int = 0
    recused: int = 0
    missing: int = 0
    dropped: tuple[Fraction, ...] = ()
    funded: bool | None = None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON: each figure exact and rounded."""
        found: dict[str, Any] = {}
        for key in self.__slots__:
            value = getattr(self, key)
            found[key] = pair(value) if isinstance(value, Fraction) else value
        return found | {"dropped": [pair(total) for total in self.dropped]}


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """Projects in order of place, ties that decide about money, effects of judges, what was left out, and warnings."""

    rows: tuple[ProjectScore, ...]
    tied: tuple[str, ...]
    judges: dict[str, Fraction]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]
    lot: tuple[str, ...]
    rule: ScoreRule

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "rows": [row.as_dict() for row in self.rows],
            "tied": list(self.tied),
            "judges": {name: pair(effect) for name, effect in self.judges.items()},
            "left_out": list(self.left_out),
            "warnings": list(self.warnings),
            "lot": list(self.lot),
            "rule": self.rule.as_dict(),
        }


def score(sheets: Sequence[Sheet], rule: ScoreRule, lot: Sequence[str] = ()) -> ScoreResult:
    """Add up the sheets.

    Total of a sheet = Σ weight × score. A sheet with a blank is not valid and is named in `left_out`. `lot`: project
    names in the order drawn; used only where equals meet at the funding line, else they are reported in `tied` and none
    of them counts as funded. `Unusable`: a score outside 0..full, a judge twice on one project, a wrong number of
    scores, a scored sheet of a recused judge, or a rule that cannot be.
    """
    check_sheets(sheets, rule)
    totals = {(s.judge, s.project): total for s in sheets if (total := sheet_total(s, rule)) is not None}
    effects = judge_effects(totals) if totals else Effects({}, {}, ())
    rows = [_row(project, sheets, totals, effects, rule) for project in dict.fromkeys(s.project for s in sheets)]
    placed = _place(rows, _keys(rule.method, totals, effects, rule), rule)
    decided, tied = _fund(placed, rule, lot)
    left_out = tuple(
        f"{s.judge}对{s.project}的评分表有空项，不计入。" for s in sheets if not s.recused and None in s.scores
    )
    warnings = _warnings(decided, effects, rule)
    return ScoreResult(tuple(decided), tied, effects.judges, left_out, warnings, tuple(lot) if tied else (), rule)


# ── One project ───────────────────────────────────────────────────────────
def trimmed(totals: Sequence[Fraction], drop_from: int) -> tuple[Fraction, tuple[Fraction, ...]]:
    """The mean without one lowest and one highest where there are at least `drop_from` totals, and those two."""
    if len(totals) < drop_from:
        return _mean(totals), ()
    ordered = sorted(totals)
    return _mean(ordered[1:-1]), (ordered[0], ordered[-1])


def _mean(totals: Sequence[Fraction]) -> Fraction:
    return sum(totals, Fraction(0)) / len(totals)


def _row(project: str, sheets: Sequence[Sheet], totals: Totals, effects: Effects, rule: ScoreRule) -> ProjectScore:
    own = [total for (_, name), total in totals.items() if name == project]
    recused = sum(s.recused for s in sheets if s.project == project)
    missing = len({s.judge for s in sheets}) - recused - len(own)
    if not own:
        return ProjectScore(project, recused=recused, missing=missing)
    cut, dropped = trimmed(own, rule.drop_from)
    return ProjectScore(
        project,
        mean=_mean(own),
        trimmed=cut,
        median=Fraction(median(own)),
        adjusted=effects.projects[project],
        lowest=min(own),
        highest=max(own),
        sheets=len(own),
        recused=recused,
        missing=missing,
        dropped=dropped,
    )


def places_of(totals: Totals, rule: ScoreRule) -> dict[str, int]:
    """Project → place under the rule, from the totals of valid sheets alone; those with too few sheets are left out."""
    sheets = Counter(project for _, project in totals)
    effects = judge_effects(totals) if rule.method is Aggregation.ADJUSTED and totals else Effects({}, {}, ())
    rows = [ProjectScore(project, sheets=count) for project, count in sheets.items()]
    placed = _place(rows, _keys(rule.method, totals, effects, rule), rule)
    return {row.project: row.place for row in placed if row.place is not None}


# ── The order ─────────────────────────────────────────────────────────────
Key = tuple[Fraction, ...]


def _keys(method: Aggregation, totals: Totals, effects: Effects, rule: ScoreRule) -> dict[str, Key]:
    """What decides the order, larger is better."""
    by_project: dict[str, list[Fraction]] = defaultdict(list)
    for (_, project), total in totals.items():
        by_project[project].append(total)
    if method is Aggregation.RANK:
        return {project: (value,) for project, value in mean_places(totals).items()}
    if method is Aggregation.ADJUSTED:
        return {project: (value,) for project, value in effects.projects.items()}
    how: dict[Aggregation, Callable[[Sequence[Fraction]], Key]] = {
        Aggregation.TRIMMED: lambda own: (trimmed(own, rule.drop_from)[0],),
        Aggregation.MEAN: lambda own: (_mean(own),),
        Aggregation.MEDIAN: lambda own: (Fraction(median(own)),),
        Aggregation.MAJORITY: majority_value if len({*map(len, by_project.values())}) == 1 else majority_gauge,
    }
    return {project: how[method](own) for project, own in by_project.items()}


def majority_gauge(totals: Sequence[Fraction]) -> Key:
    """Majority judgment (Balinski and Laraki 2010): the lower median α, then +p or −q.

    p, q: shares of totals above and below α; p counts where it is the larger, else −q. Larger is better.
    """
    ordered = sorted(totals)
    middle = ordered[(len(ordered) - 1) // 2]
    above = Fraction(sum(total > middle for total in ordered), len(ordered))
    below = Fraction(sum(total < middle for total in ordered), len(ordered))
    return (middle, above if above > below else -below)


def majority_value(totals: Sequence[Fraction]) -> Key:
    """The gauge, and where it ties the majority value: the lower median, then that of the rest, and so on.

    Source: Balinski and Laraki (2010), ch. 13. It compares juries of one size; of unequal ones the gauge decides alone.
    """
    rest, medians = sorted(totals), []
    while rest:
        medians.append(rest.pop((len(rest) - 1) // 2))
    return (*majority_gauge(totals), *medians)


def mean_places(totals: Totals) -> dict[str, Fraction]:
    """Mean over judges of the share of their other projects a project beats, equals counting half; 0 to 1.

    A judge with one project says nothing by rank and counts one half.
    """
    by_judge: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for (judge, project), total in totals.items():
        by_judge[judge][project] = total
    places: dict[str, list[Fraction]] = defaultdict(list)
    for own in by_judge.values():
        for project, total in own.items():
            beaten = (
                sum(total > other for other in own.values()) * 2 + sum(total == other for other in own.values()) - 1
            )
            places[project].append(Fraction(beaten, 2 * (len(own) - 1)) if len(own) > 1 else Fraction(1, 2))
    return {project: _mean(shares) for project, shares in places.items()}


def _place(rows: Sequence[ProjectScore], keys: Mapping[str, Key], rule: ScoreRule) -> list[ProjectScore]:
    """Rows best first; equals share the better place; those with too few sheets come last without one."""
    able = [row for row in rows if row.sheets >= max(1, rule.fewest)]
    able.sort(key=lambda row: keys[row.project], reverse=True)
    placed: list[ProjectScore] = []
    for key, group in groupby(able, key=lambda row: keys[row.project]):
        place = len(placed) + 1
        placed += [replace(row, place=place, figure=key[0]) for row in group]
    return placed + [row for row in rows if row not in able]


def _fund(rows: list[ProjectScore], rule: ScoreRule, lot: Sequence[str]) -> tuple[list[ProjectScore], tuple[str, ...]]:
    """Mark who gets money; equals across the line are settled by the lot or left open."""
    if rule.funded is None:
        return rows, ()
    able = [row for row in rows if row.place is not None]
    line = able[rule.funded - 1].place if len(able) > rule.funded else None
    over = len(able) > rule.funded and able[rule.funded].place == line
    tied = [row.project for row in able if over and row.place == line]
    left = rule.funded - sum(row.place is not None and line is not None and row.place < line for row in able)
    if missing := [name for name in tied if lot and name not in lot]:
        raise Unusable(f"抽签次序中没有{'、'.join(missing)}。", "The lot leaves out a tied project.")
    lucky = sorted(tied, key=list(lot).index)[:left] if lot else []
    return [replace(row, funded=_funded(row, line, tied, lucky)) for row in rows], tuple(tied)


def _funded(row: ProjectScore, line: int | None, tied: Sequence[str], lucky: Sequence[str]) -> bool:
    if row.place is None:
        return False
    if row.project in tied:
        return row.project in lucky
    return line is None or row.place <= line


# ── Warnings ──────────────────────────────────────────────────────────────
def _warnings(rows: Sequence[ProjectScore], effects: Effects, rule: ScoreRule) -> tuple[str, ...]:
    found = [
        f"{row.project}只有 {row.sheets} 份有效评分表，少于 {rule.fewest} 份，不排名次。"
        for row in rows
        if row.place is None
    ]
    uneven = any(row.recused or row.missing for row in rows)
    if uneven and len(effects.apart) > 1:
        found.append("有的项目之间没有共同的评委，校正分不能相互比较。")
    elif uneven and rule.method is not Aggregation.ADJUSTED:
        found += _crossing(rows, rule)
    return tuple(found)


def _crossing(rows: Sequence[ProjectScore], rule: ScoreRule) -> list[str]:
    """Projects that the adjusted figure would put on the other side of the funding line."""
    able = [row for row in rows if row.place is not None and row.adjusted is not None]
    if rule.funded is None or not 0 < rule.funded < len(able):
        return []
    line = sorted((row.adjusted for row in able if row.adjusted is not None), reverse=True)
    certain, possible = line[rule.funded], line[rule.funded - 1]
    gains = [row for row in able if not row.funded and row.adjusted is not None and row.adjusted > certain]
    loses = [row for row in able if row.funded and row.adjusted is not None and row.adjusted < possible]
    if not gains and not loses:
        return []
    names = [f"{row.project}（校正分 {decimal(row.adjusted or 0)}）应入围" for row in gains]
    names += [f"{row.project}（校正分 {decimal(row.adjusted or 0)}）应落选" for row in loses]
    return [f"有评委缺席或回避；若按评委宽严校正，入围线两侧会有变化：{'，'.join(names)}。请说明取舍理由。"]
