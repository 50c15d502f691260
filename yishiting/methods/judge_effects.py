"""Scores freed from the habits of the judges who happened to give them: score = project + judge effect.

Least squares over the sheets at hand, solved exactly. The judges' effects average zero, so a project's figure reads as
the mean it would have had from all judges. Source: two-way additive model without interaction (Rasch-style severity
correction; Scheffé 1959, ch. 4, unbalanced case).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Totals = Mapping[tuple[str, str], Fraction]  # (judge, project) → total of the sheet


@dataclass(frozen=True, slots=True)
class Effects:
    """Adjusted figures per project and effects per judge (positive: generous).

    `apart`: sets of projects that no chain of common judges links; figures compare only within a set. One set is the
    usual case.
    """

    projects: dict[str, Fraction]
    judges: dict[str, Fraction]
    apart: tuple[tuple[str, ...], ...]


def judge_effects(totals: Totals) -> Effects:
    """Fit the additive model to the sheets given; exact fractions.

    Needs about min(judges, projects)³ steps: a moment for councils, seconds at a hundred.
    """
    parts = _parts(totals)
    projects: dict[str, Fraction] = {}
    judges: dict[str, Fraction] = {}
    for part in parts:
        found = _fit({key: total for key, total in totals.items() if key[1] in part})
        projects |= found[0]
        judges |= found[1]
    return Effects(projects, judges, tuple(tuple(sorted(part)) for part in parts))


def _parts(totals: Totals) -> list[set[str]]:
    """Projects linked by common judges, largest set first."""
    seen_by: dict[str, set[str]] = defaultdict(set)
    for judge, project in totals:
        seen_by[judge].add(project)
    parts: list[set[str]] = []
    for projects in seen_by.values():
        joined = set(projects)
        for part in [part for part in parts if part & joined]:
            parts.remove(part)
            joined |= part
        parts.append(joined)
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def _fit(totals: Totals) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """One linked part. The smaller side is solved for, the larger follows as means of what is left."""
    judges, projects = ({key[side] for key in totals} for side in (0, 1))
    if len(judges) <= len(projects):
        effect = _solve(totals)
        value = _means({key: total - effect[key[0]] for key, total in totals.items()}, 1)
    else:
        value = _solve({(project, judge): total for (judge, project), total in totals.items()})
        effect = _means({key: total - value[key[1]] for key, total in totals.items()}, 0)
    shift = sum(effect.values(), Fraction(0)) / len(effect)
    return {p: v + shift for p, v in value.items()}, {j: e - shift for j, e in effect.items()}


def _means(totals: Totals, side: int) -> dict[str, Fraction]:
    groups: dict[str, list[Fraction]] = defaultdict(list)
    for key, total in totals.items():
        groups[key[side]].append(total)
    return {name: sum(group, Fraction(0)) / len(group) for name, group in groups.items()}


def _solve(totals: Totals) -> dict[str, Fraction]:
    """Effects of the first names, up to a constant: the normal equations with the second names eliminated."""
    names = sorted({key[0] for key in totals})
    place = {name: k for k, name in enumerate(names)}
    matrix = [[Fraction(0)] * (len(names) + 1) for _ in names]
    groups: dict[str, list[tuple[int, Fraction]]] = defaultdict(list)
    for (first, second), total in totals.items():
        groups[second].append((place[first], total))
    for group in groups.values():
        _add_group(matrix, group)
    matrix[-1] = [Fraction(1)] * len(names) + [Fraction(0)]  # the constant: effects sum to zero
    return dict(zip(names, _eliminate(matrix), strict=True))


def _add_group(matrix: list[list[Fraction]], group: list[tuple[int, Fraction]]) -> None:
    """What the sheets of one project say about differences between judges."""
    weight = Fraction(1, len(group))
    mean = sum((total for _, total in group), Fraction(0)) * weight
    for a, total in group:
        matrix[a][a] += 1
        matrix[a][-1] += total - mean
        for b, _ in group:
            matrix[a][b] -= weight


def _eliminate(matrix: list[list[Fraction]]) -> list[Fraction]:
    """Gauss and Jordan, exact; the matrix is regular because the part is linked."""
    many = len(matrix)
    for k in range(many):
        pivot = next(row for row in range(k, many) if matrix[row][k])
        matrix[k], matrix[pivot] = matrix[pivot], matrix[k]
        lead = matrix[k] = [value / matrix[k][k] for value in matrix[k]]
        for row in range(many):
            if row != k and (factor := matrix[row][k]):
                matrix[row] = [value - factor * other for value, other in zip(matrix[row], lead, strict=True)]
    return [row[-1] for row in matrix]
