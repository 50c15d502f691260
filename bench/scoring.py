"""Score sheets in simulation: how near each figure comes to the truth. `python -m bench.scoring`."""

import json
import random
import time
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from statistics import fmean
from typing import Any

from yishiting.methods.judge_effects import judge_effects
from yishiting.methods.scoring import mean_places, trimmed

RUNS, PROJECTS, JUDGES = 60, 20, 15
Totals = dict[tuple[str, str], Fraction]
Seen = Callable[[random.Random], list[int]]


def measure() -> list[dict[str, Any]]:
    """Kendall's tau with the true order; the goal of the adjusted figure is to beat the mean where sheets are missing."""
    rows = _rows("20 % recused", lambda chance: [j for j in range(JUDGES) if chance.random() > 0.2] or [0])
    rows += _rows("5 of 15 judges each", lambda chance: chance.sample(range(JUDGES), 5))
    totals = _simulated(random.Random(7), lambda chance: chance.sample(range(JUDGES), 5))
    start = time.process_time()
    judge_effects(totals)
    spent = time.process_time() - start
    rows.append(_row("exact judge effects, 20 projects, 5 of 15 judges", round(spent, 4), "s", 1.0, spent <= 1, ""))
    return rows


def _rows(case: str, seen: Seen) -> list[dict[str, Any]]:
    chance, taus = random.Random(2013), {"mean": [], "trimmed": [], "rank": [], "adjusted": []}
    for _ in range(RUNS):
        worth = {f"项目{p}": chance.gauss(0, 1) for p in range(PROJECTS)}
        totals = _simulated(chance, seen, worth)
        for name, found in _figures(totals).items():
            taus[name].append(_tau(found, worth))
    means = {name: round(fmean(found), 3) for name, found in taus.items()}
    goal = means["mean"]
    return [
        _row(f"tau, {case}: {name}", tau, "tau", goal, tau >= goal if name == "adjusted" else None, "the mean")
        for name, tau in means.items()
    ]


def _simulated(chance: random.Random, seen: Seen, worth: dict[str, float] | None = None) -> Totals:
    """Scores = worth + the judge's severity + chance, in hundredths."""
    worth = worth or {f"项目{p}": chance.gauss(0, 1) for p in range(PROJECTS)}
    habit = [chance.gauss(0, 0.7) for _ in range(JUDGES)]
    return {
        (f"评委{j}", project): Fraction(round(100 * (value + habit[j] + chance.gauss(0, 0.7))), 100)
        for project, value in worth.items()
        for j in seen(chance)
    }


def _figures(totals: Totals) -> dict[str, dict[str, Fraction]]:
    own: dict[str, list[Fraction]] = {}
    for (_, project), total in totals.items():
        own.setdefault(project, []).append(total)
    return {
        "mean": {project: sum(given, Fraction(0)) / len(given) for project, given in own.items()},
        "trimmed": {project: trimmed(given, 5)[0] for project, given in own.items()},
        "rank": mean_places(totals),
        "adjusted": judge_effects(totals).projects,
    }


def _tau(found: dict[str, Fraction], worth: dict[str, float]) -> float:
    pairs = list(combinations(worth, 2))
    agree = sum((found[a] > found[b]) == (worth[a] > worth[b]) for a, b in pairs)
    return 2 * agree / len(pairs) - 1


def _row(name: str, figure: float, unit: str, goal: float, met: bool | None, against: str) -> dict[str, Any]:
    return {"name": name, "figure": figure, "unit": unit, "goal": goal, "met": met, "against": against}


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=2))
