"""Real elections, and the reference library: what others found, we find."""

import csv
import random
from fractions import Fraction
from pathlib import Path

import pytest

from tests.methods.oracle_data import data
from tests.methods.oracle_python import ask
from yishiting.methods.budgeting import Ballot, Counting, Election, Project, Rule, choose, grouped, parse, read, written
from yishiting.methods.budgeting.declared import declared, rule_of, stated_minimum

pytestmark = pytest.mark.oracle

#: Paper votes are missing from this file, so nothing can be recounted from it.
INCOMPLETE = "unknown"


def elections() -> list[tuple[dict[str, str], Election]]:
    with data("budgets/manifest.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [(row, read(data(f"budgets/{row['file']}")).election) for row in rows]


def test_every_declared_vote_and_score_is_recounted():
    for row, election in elections():
        counting = Counting(election, Rule())
        assert declared(counting, counting.outcome())["miscounted"] == [], row["file"]


def test_the_manifest_is_met_by_greedy_with_and_without_skipping():
    for row, election in elections():
        for rule, column in ((Rule("greedy"), "greedy_skip"), (Rule("greedy-no-skip"), "greedy_noskip")):
            counting = Counting(election, rule)
            assert str(declared(counting, counting.outcome())["same"]) == row[column], row["file"]


def test_the_rule_a_file_declares_gives_the_winners_it_lists():
    different = []
    for row, election in elections():
        if row["rule"] == INCOMPLETE:
            continue
        name, completion, _ = rule_of(election, "none")
        counting = Counting(election, Rule(name, completion, minimum=stated_minimum(election)))
        if not declared(counting, counting.outcome())["same"]:
            different.append(row["file"])
    assert different == []


def test_real_files_survive_being_written_and_read_again():
    for _, election in elections():
        again = parse(written(election)).election
        assert (again.budget, again.projects, again.voters, again.blank) == (
            election.budget,
            election.projects,
            election.voters,
            election.blank,
        )
        assert choose(again, Rule()).winners == choose(election, Rule()).winners


def made(seed: int) -> Election:
    """A small election with many ties, every project chosen by someone."""
    draw = random.Random(seed)
    names = [str(number) for number in range(1, draw.randint(2, 14))]
    price = draw.choice([lambda: 60, lambda: draw.randint(1, 6) * 10, lambda: draw.randint(100, 9999)])
    projects = tuple(Project(name, Fraction(price())) for name in names)
    budget = Fraction(int(sum(project.cost for project in projects) * draw.choice([0.2, 0.4, 0.6])) or 1)
    kinds = [tuple(sorted(draw.sample(names, draw.randint(1, min(4, len(names)))))) for _ in range(draw.randint(2, 25))]
    ballots = [Ballot(draw.choice(kinds)) for _ in range(draw.randint(5, 120))] + [Ballot((name,)) for name in names]
    return Election(budget, projects, grouped(ballots))


RULES = {
    "greedy": Rule("greedy"),
    "phragmen": Rule("phragmen"),
    "mes cost": Rule("mes"),
    "mes cardinality": Rule("mes", satisfaction="cardinality"),
    "add1-exhaustive cost": Rule("mes", "add1-exhaustive"),
    "add1-exhaustive cardinality": Rule("mes", "add1-exhaustive", "cardinality"),
}
#: The reference returns the winners of this rule sorted by name.
SORTED = "phragmen"


def as_json(election: Election) -> dict[str, object]:
    return {
        "budget": str(election.budget),
        "cost": {project.id: str(project.cost) for project in election.projects},
        "ballots": [[ballot.choices, ballot.count] for ballot in election.ballots],
    }


def test_the_reference_library_finds_the_same():
    made_elections = [made(seed) for seed in range(200)]
    program = Path(__file__).with_name("budgeting_pabutools.py").read_text(encoding="utf-8")
    asked = {"rules": list(RULES), "elections": [as_json(election) for election in made_elections]}
    for election, answers in zip(made_elections, ask(program, asked), strict=True):
        for name, rule in RULES.items():
            found = list(choose(election, rule).winners)
            assert (sorted(found) if name == SORTED else found) == answers[name]["winners"], (name, election)
