"""Seats against every possible plan and against PyPI `apportionment`. `python -m bench.seats`."""

import json
import random
import time
from fractions import Fraction
from importlib import metadata
from itertools import combinations, pairwise
from typing import Any

from yishiting.methods.seat_rules import Constituency, Method, SeatRule
from yishiting.methods.seats import allot

CASES = 20_000
REFERENCE = {Method.DHONDT: "dhondt", Method.SAINTE_LAGUE: "saintelague", Method.ADAMS: "adams"}


def measure() -> list[dict[str, Any]]:
    """Errors in 20,000 random cases; CPU seconds of a large council against the library, in the same run."""
    wrong, seconds = _against_all_plans()
    rows = [_row("wrong plans in 20,000 against every possible plan", wrong, "cases", 0, "counting all plans")]
    rows.append(_row("CPU for those 20,000 plans", round(seconds, 2), "s", 30, ""))
    try:
        version = f"apportionment {metadata.version('apportionment')}"
    except metadata.PackageNotFoundError:
        return rows
    rows.append(_row("differences from the library in 20,000 divisor cases", _against_library(), "cases", 0, version))
    return [*rows, _large(version)]


def _constituencies(weights: list[int]) -> list[Constituency]:
    return [Constituency(f"第{k}单位", weight) for k, weight in enumerate(weights)]


def _against_all_plans() -> tuple[int, float]:
    """Plans with a tie must agree on what is certain; bounds of one seat each in half of the cases."""
    chance, wrong, spent = random.Random(2013), 0, 0.0
    for _ in range(CASES):
        weights = [chance.randint(1, chance.choice([9, 400])) for _ in range(chance.randint(2, 4))]
        method, least = chance.choice(list(Method)), chance.randint(0, 1)
        total = chance.randint(len(weights), 10)
        start = time.process_time()
        rule = SeatRule(method, 0, 10, least)
        found = list(allot(total, _constituencies(weights), rule).seats.values())
        spent += time.process_time() - start
        best = _best(weights, total, method, max(least, method is Method.ADAMS))
        wrong += found != [min(column) for column in zip(*best, strict=True)]
    return wrong, spent


def _best(weights: list[int], total: int, method: Method, least: int) -> list[tuple[int, ...]]:
    many, spare = len(weights), total - least * len(weights)
    plans = []
    for cuts in combinations(range(spare + many - 1), many - 1):
        edges = [-1, *cuts, spare + many - 1]
        plans.append(tuple(least + b - a - 1 for a, b in pairwise(edges)))
    costs = [_cost(plan, weights, total, method) for plan in plans]
    return [plan for plan, cost in zip(plans, costs, strict=True) if cost == min(costs)]


def _cost(plan: tuple[int, ...], weights: list[int], total: int, method: Method) -> Fraction | int:
    if method is Method.LARGEST_REMAINDER:
        whole = sum(weights)
        return sum((s * whole - w * total) ** 2 for s, w in zip(plan, weights, strict=True))
    add = {Method.DHONDT: 1, Method.SAINTE_LAGUE: 0, Method.ADAMS: -1}[method]
    return sum((Fraction(s * (s + add), w) for s, w in zip(plan, weights, strict=True)), Fraction(0))


def _against_library() -> int:
    """Only cases without a deciding tie, where both must say the same."""
    from apportionment import methods

    chance, wrong = random.Random(2014), 0
    for _ in range(CASES):
        weights = [chance.randint(1, 900) for _ in range(chance.randint(2, 8))]
        method, total = chance.choice(list(REFERENCE)), chance.randint(len(weights), 40)
        found = allot(total, _constituencies(weights), SeatRule(method, 0, 40, 0))
        theirs = methods.compute(REFERENCE[method], weights, total, fractions=True)
        wrong += not found.open and list(found.seats.values()) != list(theirs)
    return wrong


def _large(version: str) -> dict[str, Any]:
    from apportionment import methods

    chance = random.Random(2015)
    weights = [chance.randint(100, 9000) for _ in range(400)]
    start = time.process_time()
    allot(2000, _constituencies(weights), SeatRule(Method.SAINTE_LAGUE, 0, 2000, 0))
    ours = time.process_time() - start
    start = time.process_time()
    methods.compute("saintelague", weights, 2000, fractions=True, parties=[str(k) for k in range(len(weights))])
    theirs = time.process_time() - start
    return _row("times faster, 2,000 seats for 400 constituencies, exact", round(theirs / ours, 1), "×", 1, version)


def _row(name: str, figure: float, unit: str, goal: float, against: str) -> dict[str, Any]:
    met = figure >= goal if unit == "×" else figure <= goal
    return {"name": name, "figure": figure, "unit": unit, "goal": goal, "met": met, "against": against}


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=2))
