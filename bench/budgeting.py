"""Budgets: seconds and memory at the size of the largest elections published, against pabutools in the same run.

The elections are made: as many ballots and projects as the three named in the goals, a popularity that falls off
steeply, costs over three orders of magnitude. Where the real elections are beside the project, they are recounted.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np

from yishiting.methods.budgeting import Ballot, Counting, Election, Project, Rule, grouped, losses, read, write
from yishiting.methods.budgeting.declared import declared, rule_of, stated_minimum
from yishiting.methods.errors import Unusable

ROOT = Path(__file__).parents[1]
FOLDER = Path(os.environ.get("YISHITING_DATA") or ROOT.parent / "shared" / "data") / "budgets"
ORACLES = Path(os.environ.get("YISHITING_ORACLES") or ROOT / "var" / "oracles") / "bin" / "python"
THEIRS = ROOT / "tests" / "methods" / "budgeting_pabutools.py"
#: Ballots, projects, choices on average and at most, budget per ballot, costs together over the budget.
LARGE = (90_494, 160, 8, 10, 280, 4)
LARGEST = (131_778, 257, 8, 15, 200, 5)
SMALL_COINS = (11_067, 81, 12, 20, 90_000, 4)
TIMES_FASTER = 100
#: Counts a file in a process of its own and prints its highest memory in MB. Not ru_maxrss: a child inherits the
#: parent's on Linux.
ALONE = """
import re, sys
from pathlib import Path
from yishiting.methods.budgeting import Rule, choose, read
choose(read(Path(sys.argv[1])).election, Rule("mes", sys.argv[2]))
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""


def made(ballots, projects, mean, most, per_ballot, over, seed=1):
    """An election of that size."""
    draw = np.random.default_rng(seed)
    popularity = draw.lognormal(0, 1, projects)
    costs = draw.lognormal(0, 1.2, projects)
    costs = np.maximum(costs * (ballots * per_ballot * over / costs.sum()) // 10 * 10, 10)
    lengths = np.minimum(1 + draw.poisson(mean - 1, ballots), most)
    order = np.argsort(draw.exponential(size=(ballots, projects)) / popularity, axis=1)[:, :most]
    names = [str(number) for number in range(1, projects + 1)]
    marks = (tuple(names[at] for at in sorted(row[:length])) for row, length in zip(order, lengths, strict=True))
    priced = tuple(Project(name, Fraction(int(cost))) for name, cost in zip(names, costs, strict=True))
    return Election(Fraction(ballots * per_ballot), priced, grouped(Ballot(mark) for mark in marks))


def seconds(work, times=3):
    """The best of a few CPU times."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def row(name, figure, unit, goal="", met=None, against=""):
    return {"name": name, "figure": figure, "unit": unit, "goal": goal, "met": met, "against": against}


def below(name, figure, unit, goal):
    return row(name, figure, unit, f"< {goal}", figure < goal)


def count(election, *words):
    """From ballots to winners: everything but reading the file."""
    return lambda: Counting(election, Rule(*words)).outcome()


def measure():
    """All figures; those against pabutools only where it is among the reference libraries (`make oracles`)."""
    count(made(50, 9, 3, 5, 100, 3), "mes", "add1")()
    large = made(*LARGE)
    found = [*speed(large, "90,494 × 160"), *speed(made(*LARGEST), "131,778 × 257", climb=False)]
    coins = made(*SMALL_COINS)
    name = f"11,067 × 81, {len(coins.ballots):,} different ballots, small coins, Add1"
    found.append(below(name, seconds(count(coins, "mes", "add1"), 1), "CPU s", 30))
    found += [*on_disk(large), *explained(), *recounted(), *compared(large)]
    return found


def speed(election, size, *, climb=True):
    yield row(f"{size}, greedy", seconds(count(election)), "CPU s")
    yield below(f"{size}, Equal Shares", seconds(count(election, "mes")), "CPU s", 0.1)
    yield row(f"{size}, Phragmén", seconds(count(election, "phragmen")), "CPU s")
    if climb:
        yield below(f"{size}, Add1", seconds(count(election, "mes", "add1"), 1), "CPU s", 5)


def on_disk(election):
    """Reading a large file, and the memory of reading and counting it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.pb"
        write(election, path)
        yield row("90,494 × 160, reading the file", seconds(lambda: read(path), 1), "CPU s")
        for completion in ("none", "add1"):
            told = subprocess.run(
                [sys.executable, "-c", ALONE, str(path), completion],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
            )
            yield below(f"90,494 × 160, reading and counting, completion {completion}", float(told.stdout), "MB", 200)


def explained():
    """Reasons and checked counterfactuals of all losing projects of a middling election."""
    election = made(2_000, 40, 5, 10, 400, 3)
    for words in (("greedy",), ("mes",), ("phragmen",), ("mes", "add1")):
        counting = Counting(election, Rule(*words))
        outcome = counting.outcome()
        took = seconds(partial(losses, counting, outcome), 1)
        yield row(f"2,000 × 40, {' '.join(words)}, all losing projects explained", took, "CPU s")


def recounted():
    """The official results given, by the rule each file declares."""
    if not FOLDER.exists():
        return
    same = known = 0
    for name in [line["file"] for line in csv.DictReader((FOLDER / "manifest.csv").open(encoding="utf-8"))]:
        election = read(FOLDER / name).election
        try:
            rule, completion, _ = rule_of(election, "none")
        except Unusable:
            continue
        known += 1
        counting = Counting(election, Rule(rule, completion, minimum=stated_minimum(election)))
        same += declared(counting, counting.outcome())["same"]
    yield row("official results reproduced", same, "files", f"{known} with a known rule", same == known, "manifest.csv")


def compared(large):
    """The same elections counted by pabutools."""
    there = ORACLES.exists() and subprocess.run([ORACLES, "-c", "import pabutools"], capture_output=True, check=False)
    if not there or there.returncode:
        return
    (answer,) = theirs([large], ["mes cost"])
    ours = Counting(large, Rule("mes")).outcome()
    faster = answer["mes cost"]["seconds"] / seconds(count(large, "mes"))
    same = answer["mes cost"]["winners"] == list(ours.winners)
    against = f"pabutools {answer['mes cost']['seconds']:.1f} s, {'the same' if same else 'OTHER'} winners"
    goal = f">= {TIMES_FASTER}"
    yield row("90,494 × 160, Equal Shares", faster, "times", goal, faster >= TIMES_FASTER and same, against)
    small = [made(60, 12, 4, 6, 50, 3, seed) for seed in range(300)]
    rules = {"greedy": Rule(), "mes cost": Rule("mes"), "mes cardinality": Rule("mes", satisfaction="cardinality")}
    rules["add1-exhaustive cost"] = Rule("mes", "add1-exhaustive")
    pairs = [
        (answer[name]["winners"], list(Counting(election, rule).outcome().winners))
        for election, answer in zip(small, theirs(small, list(rules)), strict=True)
        for name, rule in rules.items()
    ]
    agreed = sum(ours == others for others, ours in pairs)
    yield row("made elections with the same winners", agreed, "counts", len(pairs), agreed == len(pairs), "pabutools")


def theirs(elections, rules):
    asked = [
        {
            "budget": str(election.budget),
            "cost": {project.id: str(project.cost) for project in election.projects},
            "ballots": [[ballot.choices, ballot.count] for ballot in election.ballots],
        }
        for election in elections
    ]
    question = json.dumps({"rules": rules, "elections": asked})
    told = subprocess.run([ORACLES, str(THEIRS)], input=question, capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


if __name__ == "__main__":
    for figure in measure():
        print(figure)
