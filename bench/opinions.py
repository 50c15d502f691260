"""The opinion map: seconds for the largest consultation given, agreement with its published groups."""

import csv
import os
import random
import time
from pathlib import Path

from yishiting.methods.opinions import Consultation, Vote, opinion_map

FOLDER = Path(os.environ.get("YISHITING_DATA") or Path(__file__).parents[2] / "shared" / "data") / "opinions"
GOALS = {"canadian-electoral-reform": 1.0, "scoop-hivemind.taxes": 0.91, "vtaiwan.uberx": 0.83}
PUBLISHED = (*GOALS, "15-per-hour-seattle", "brexit-consensus", "scoop-hivemind.affordable-housing",
             "scoop-hivemind.freshwater")  # fmt: skip
VOTES = 49_443


def made(people=1921, statements=197, votes=VOTES, seed=1):
    """A consultation of the size of the largest one given: three camps, most statements unseen by most."""
    dice = random.Random(seed)
    leaning = [[dice.choice((-1, 0, 1, 1)) for _ in range(statements)] for _ in range(3)]
    cells = dice.sample(range(people * statements), votes)
    return Consultation(
        tuple(
            Vote(str(cell // statements), str(cell % statements), answer(dice, leaning, *divmod(cell, statements)))
            for cell in cells
        )
    )


def answer(dice, leaning, person, statement):
    return leaning[person % 3][statement] if dice.random() < 0.7 else dice.choice((-1, 0, 1))


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def given(name):
    """Votes and published groups of a real consultation."""
    votes = tuple(
        Vote(row["voter-id"], row["comment-id"], int(row["vote"]), int(row["timestamp"]))
        for row in rows(f"{name}/votes.csv")
    )
    aside = frozenset(row["comment-id"] for row in rows(f"{name}/comments.csv") if row["moderated"] == "-1")
    published = {row["participant"]: row["group-id"] for row in rows(f"{name}/participants-votes.csv")}
    return Consultation(votes, aside), {person: group for person, group in published.items() if group}


def seconds(consultation, times=3):
    """The best of a few CPU times, numpy already loaded."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        opinion_map(consultation)
        best = min(best, time.process_time() - begun)
    return best


def row(name, figure, unit, goal, met, against=""):
    return {"name": name, "figure": figure, "unit": unit, "goal": goal, "met": met, "against": against}


def agreement(name):
    """Adjusted Rand index of our groups with the published ones."""
    from sklearn.metrics import adjusted_rand_score

    consultation, published = given(name)
    placed = {person.id: person.group for person in opinion_map(consultation).people if person.group}
    both = sorted(set(placed) & set(published))
    return adjusted_rand_score([published[person] for person in both], [placed[person] for person in both])


def measure():
    """Made votes always; the real consultations where they are beside the project."""
    opinion_map(made(people=30, statements=9, votes=200))
    took = seconds(made())
    found = [row(f"map of {VOTES:,} made votes", took, "CPU s", "< 1", took < 1)]
    if not FOLDER.exists():
        return found
    took = seconds(given("vtaiwan.uberx")[0])
    found.append(row("map of the 49,443 votes of vtaiwan.uberx", took, "CPU s", "< 1", took < 1))
    for name in PUBLISHED:
        figure, goal = agreement(name), GOALS.get(name)
        met = None if goal is None else figure >= goal
        found.append(
            row(f"groups, {name}", figure, "ARI", "" if goal is None else f">= {goal}", met, "published groups")
        )
    return found


if __name__ == "__main__":
    for figure in measure():
        print(figure)
