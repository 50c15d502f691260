"""The map against red-dwarf: figures equal to 1e-12 given the same groups, the same statements picked."""

import csv
import json
import random
from pathlib import Path

import pytest

from tests.methods.opinions_reference import PROGRAM, question
from tests.methods.oracle_data import data
from tests.methods.oracle_python import ask
from yishiting.methods.opinions import Consultation, Vote, opinion_map
from yishiting.methods.opinions.table import last_votes
from yishiting.methods.opinions.tallies import ratio_test

CONVERSATIONS = [
    "15-per-hour-seattle",
    "brexit-consensus",
    "canadian-electoral-reform",
    "scoop-hivemind.affordable-housing",
    "scoop-hivemind.freshwater",
    "scoop-hivemind.taxes",
    "vtaiwan.uberx",
]
#: Votes made here and the answers red-dwarf 0.4.0 gave to them (`python -m tests.methods.test_opinions_reference`).
KEPT = Path(__file__).with_name("opinions_reference.json")
CLOSE = {"rel": 1e-12, "abs": 1e-12}


def rows(name):
    with data(f"opinions/{name}").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def real(name):
    """Votes, published groups, statements set aside."""
    votes = tuple(
        Vote(row["voter-id"], row["comment-id"], int(row["vote"]), int(row["timestamp"]))
        for row in rows(f"{name}/votes.csv")
    )
    groups = {row["participant"]: row["group-id"] for row in rows(f"{name}/participants-votes.csv") if row["group-id"]}
    aside = frozenset(row["comment-id"] for row in rows(f"{name}/comments.csv") if row["moderated"] == "-1")
    return Consultation(votes, aside), groups


def made(seed, people=60, statements=14):
    """A small consultation of three camps with gaps, one statement nobody refuses, one set aside."""
    dice = random.Random(seed)
    leaning = {camp: [dice.choice((-1, 0, 1)) for _ in range(statements)] for camp in range(3)}
    votes, groups = [], {}
    for person in range(people):
        camp = dice.randrange(3)
        groups[str(person)] = str(camp)
        for statement in range(statements):
            if dice.random() < 0.7:
                choice = 1 if statement == 3 else dice.choice((leaning[camp][statement],) * 4 + (-1, 0, 1))
                votes.append(Vote(str(person), str(statement), choice))
    return Consultation(tuple(votes), frozenset({"5"})), groups


def compare(consultation, groups, answer):
    """Everything the reference says, in our words."""
    result = opinion_map(consultation, groups=groups)
    number = {group: place for place, group in enumerate(sorted(set(groups.values())))}
    for row in result.statements:
        across = answer["across"][row.id]
        assert float(row.consensus_agree) == pytest.approx(across["group-aware-consensus-agree"], **CLOSE)
        assert float(row.consensus_disagree) == pytest.approx(across["group-aware-consensus-disagree"], **CLOSE)
        for group in row.groups:
            compare_group(row, group, answer["figures"][f"{number[group]} {row.id}"])
    for group in result.groups:
        tallies = {row.id: row.groups[group.id] for row in result.statements}
        compare_picked(group.representative, answer["representative"][str(number[group.id])], tallies)
    for side, picked in result.consensus.items():
        theirs = answer["consensus"][side]
        assert [float(row.share) for row in picked] == pytest.approx([row["p-success"] for row in theirs], **CLOSE)
        assert {row.statement for row in picked} == {str(row["tid"]) for row in theirs}
    compare_places(result, answer["places"])


def compare_group(row, group, figures):
    inside, everybody = row.groups[group], list(row.groups.values())
    outside = type(inside)(*(sum(getattr(t, f) for t in everybody) for f in ("agree", "disagree", "seen"))).minus(
        inside
    )
    assert (inside.agree, inside.disagree, inside.seen) == (figures["na"], figures["nd"], figures["ns"])
    for side, letter in (("agree", "a"), ("disagree", "d")):
        assert float(inside.share(side)) == pytest.approx(figures[f"p{letter}"], **CLOSE)
        assert inside.share_test(side) == pytest.approx(figures[f"p{letter}t"], **CLOSE)
        assert float(inside.share(side) / outside.share(side)) == pytest.approx(figures[f"r{letter}"], **CLOSE)
        assert ratio_test(inside, outside, side) == pytest.approx(figures[f"r{letter}t"], **CLOSE)


def compare_picked(ours, theirs, tallies):
    """The same statements with the same figures, but for the two errors of the reference about the best agreement.

    It may be a statement the group refuses (two negative tests multiplied), and it may be printed from the refusing side.
    """
    head = next((row for row in theirs if row.get("best-agree") is True), None)
    astray = {str(head["tid"])} if head and tallies[str(head["tid"])].share_test("agree") < 0 else set()
    twins = {str(row["tid"]): row for row in theirs}
    assert set(twins) - {row.statement for row in ours} <= astray
    assert len(ours) == len(theirs)
    for row in ours:
        twin = twins.get(row.statement)
        if row.best_agree and not astray:
            assert twin is head
            assert row.side == "agree"
        if twin and not astray and twin["repful-for"] == row.side:
            compare_row(row, twin)
        else:
            assert astray or row.best_agree


def compare_row(row, twin):
    assert (row.count, row.seen) == (twin["n-success"], twin["n-trials"])
    assert float(row.share) == pytest.approx(twin["p-success"], **CLOSE)
    assert row.share_test == pytest.approx(twin["p-test"], **CLOSE)
    assert float(row.ratio) == pytest.approx(twin["repness"], **CLOSE)
    assert row.ratio_test == pytest.approx(twin["repness-test"], **CLOSE)
    assert row.best_agree == (twin.get("best-agree") is True)


def compare_places(result, places):
    """Axes may point the other way."""
    for axis in ("x", "y"):
        ours = [getattr(person, axis) for person in result.people]
        theirs = [places[person.id]["xy".index(axis)] for person in result.people]
        turned = [-value for value in theirs]
        assert ours == pytest.approx(theirs, abs=1e-8) or ours == pytest.approx(turned, abs=1e-8)


@pytest.mark.parametrize("place", range(3))
def test_kept_answers_of_the_reference(place):
    kept = json.loads(KEPT.read_text(encoding="utf-8"))[place]
    votes = tuple(Vote(str(person), str(statement), choice) for person, statement, choice in kept["votes"])
    groups = {person: str(group) for person, group in kept["groups"].items()}
    aside = frozenset(map(str, kept["set_aside"]))
    compare(Consultation(votes, aside), groups, kept["answer"])


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(5))
def test_made_consultations(seed):
    consultation, groups = made(100 + seed, people=20 + 30 * seed, statements=8 + 4 * seed)
    asked = question(last_votes(consultation.votes), groups, consultation.set_aside)
    compare(consultation, groups, ask(PROGRAM, asked))


@pytest.mark.oracle
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_real_consultations(name):
    consultation, groups = real(name)
    asked = question(last_votes(consultation.votes), groups, consultation.set_aside)
    compare(consultation, groups, ask(PROGRAM, asked))


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("name", "goal"),
    [("canadian-electoral-reform", 1.0), ("scoop-hivemind.taxes", 0.91), ("vtaiwan.uberx", 0.83)],
)
def test_groups_agree_with_the_published_ones(name, goal):
    from sklearn.metrics import adjusted_rand_score

    consultation, groups = real(name)
    placed = {person.id: person.group for person in opinion_map(consultation).people if person.group}
    both = sorted(set(placed) & set(groups))
    assert adjusted_rand_score([groups[p] for p in both], [placed[p] for p in both]) >= goal


if __name__ == "__main__":
    answers = []
    for seed in range(3):
        consultation, groups = made(seed, people=18 + 8 * seed, statements=8)
        asked = question(last_votes(consultation.votes), groups, consultation.set_aside)
        answers.append({**asked, "answer": ask(PROGRAM, asked)})
    KEPT.write_text(json.dumps(answers, separators=(",", ":")) + "\n", encoding="utf-8")
