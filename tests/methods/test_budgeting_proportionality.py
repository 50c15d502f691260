"""Comparison, certificate and Equal Shares by points: against definitions written out, and forged certificates."""

import json
import random
from fractions import Fraction
from itertools import chain, combinations
from pathlib import Path

import pytest

from yishiting.methods.budgeting import Ballot, Counting, Election, Project, Rule, choose, compare_outcomes, write
from yishiting.methods.budgeting.ballot_accounts import accounts
from yishiting.methods.budgeting.certificate import Judged, faults, prices_of
from yishiting.methods.commands import main
from yishiting.methods.errors import Unusable

SEEDS = range(60)


def made(seed: int, *, points: bool = False) -> Election:
    dice = random.Random(seed)
    projects = tuple(Project(str(k), Fraction(dice.randint(1, 8))) for k in range(dice.randint(2, 5)))
    ballots = []
    for _ in range(dice.randint(1, 6)):
        chosen = tuple(p.id for p in projects if dice.random() < 0.5)
        given = tuple(Fraction(dice.randint(1, 5)) for _ in chosen) if points else ()
        ballots.append(Ballot(chosen, given, dice.randint(1, 2)))
    return Election(Fraction(dice.randint(3, 15)), projects, tuple(ballots), "cumulative" if points else "approval")


def worth(election: Election, ballot: Ballot, name: str, measure: str) -> Fraction:
    if name not in ballot.choices:
        return Fraction(0)
    if measure == "points":
        return ballot.points[ballot.choices.index(name)]
    return election.project(name).cost if measure == "cost" else Fraction(1)


def deserved(election: Election, winners: set[str], measure: str) -> set[str]:
    """EJR+ up to one as it is defined: every project, every group of voters."""
    voters = [ballot for ballot in election.ballots if ballot.choices for _ in range(ballot.count)]
    each = election.budget / max(len(voters), 1)
    found = set()
    for project in election.projects:
        fans = [v for v in voters if project.id in v.choices]
        groups = chain.from_iterable(combinations(fans, size) for size in range(1, len(fans) + 1))
        if project.id in winners:
            continue
        for group in groups:
            together = sum(worth(election, v, project.id, measure) for v in group)
            satisfied = [
                sum(worth(election, v, name, measure) for name in winners) + worth(election, v, project.id, measure)
                for v in group
            ]
            if all(one * project.cost <= each * together for one in satisfied):
                found.add(project.id)
                break
    return found


@pytest.mark.parametrize("measure", ["cost", "cardinality", "points"])
def test_groups_that_deserve_a_project_are_found_as_defined(measure: str) -> None:
    for seed in SEEDS:
        election = made(seed, points=measure == "points")
        dice = random.Random(seed)
        winners = {p.id for p in election.projects if dice.random() < 0.3}
        judged = Judged(election, Rule("mes", satisfaction=measure), winners)
        assert {group.project for group in judged.deserving()} == deserved(election, winners, measure)


def lowest_price(fans: list[tuple[int, Fraction, Fraction]], cost: Fraction) -> Fraction:
    """The lowest price at which supporters (ballots, purse, points of each) pay the cost together.

    What they pay grows in straight pieces between the prices at which somebody's purse is empty.
    """

    def paid(price: Fraction) -> Fraction:
        return sum((ballots * min(purse, price * points) for ballots, purse, points in fans), Fraction(0))

    bends = sorted({Fraction(0), *(purse / points for _, purse, points in fans)})
    end = next(price for price in bends if paid(price) >= cost)
    start = max((price for price in bends if price < end), default=end)
    rise = paid(end) - paid(start)
    return start + (end - start) * (cost - paid(start)) / rise if rise else end


def by_definition(election: Election) -> list[str]:
    """Equal Shares with points, without any haste."""
    purses = {k: election.budget / election.voters for k, b in enumerate(election.ballots) if b.choices}
    bought: list[str] = []
    while True:
        prices = []
        for project in election.projects:
            fans = [(k, worth(election, election.ballots[k], project.id, "points")) for k in purses]
            fans = [(k, u) for k, u in fans if u > 0]
            counts = {k: election.ballots[k].count for k, _ in fans}
            if project.id in bought or not fans or sum(purses[k] * counts[k] for k, _ in fans) < project.cost:
                continue
            price = lowest_price([(counts[k], purses[k], u) for k, u in fans], project.cost)
            votes = sum(counts.values())
            prices.append((price, project.cost, -votes, project.id))
        if not prices:
            return bought
        price, _, _, name = min(prices)
        bought.append(name)
        for k, held in list(purses.items()):
            u = worth(election, election.ballots[k], name, "points")
            purses[k] = held - min(held, price * u)


def test_equal_shares_by_points_is_as_defined_and_proportional() -> None:
    rule = Rule("mes", satisfaction="points")
    for seed in range(200):
        election = made(seed, points=True)
        if not election.voters:
            continue
        counting = Counting(election, rule)
        outcome = counting.outcome()
        assert list(outcome.winners) == by_definition(election)
        assert faults(election, rule, outcome.winners, prices_of(counting, outcome)) == []
        paid = sum((one.paid * one.ballot.count for one in accounts(counting, outcome)), Fraction(0))
        assert paid == outcome.cost


@pytest.mark.parametrize("completion", ["none", "greedy", "add1"])
@pytest.mark.parametrize("measure", ["cost", "cardinality"])
def test_equal_shares_always_has_its_certificate(measure: str, completion: str) -> None:
    rule = Rule("mes", completion, measure)
    for seed in SEEDS:
        election = made(seed)
        counting = Counting(election, rule)
        outcome = counting.outcome()
        assert faults(election, rule, outcome.winners, prices_of(counting, outcome)) == []


def test_where_points_are_asked_for_and_none_were_given() -> None:
    election = Election(Fraction(10), (Project("1", Fraction(5)),), (Ballot(("1",)),))
    for asks in (
        lambda: choose(election, Rule("mes", satisfaction="points")),
        lambda: compare_outcomes(election, ["1"], [], measure="points"),
        lambda: Rule("mes", "add1", "points"),
    ):
        with pytest.raises(Unusable):
            asks()


# Two thirds choose A and B, one third C; greedy spends all on the first.
DIVIDED = Election(
    Fraction(90),
    (Project("A", Fraction(45)), Project("B", Fraction(45)), Project("C", Fraction(30))),
    (Ballot(("A", "B"), count=6), Ballot(("C",), count=3)),
)


def test_who_is_better_off_and_who_has_nothing() -> None:
    found = compare_outcomes(DIVIDED, ["A", "B"], ["A", "C"])
    assert (found.better_one, found.better_other, found.equal) == (6, 3, 0)
    assert (found.one.with_nothing, found.other.with_nothing, found.nothing_under_both) == (3, 0, 0)
    assert (found.one.mean, found.other.mean) == (60, 40)
    turned = compare_outcomes(DIVIDED, ["A", "C"], ["A", "B"])
    assert (turned.better_one, turned.better_other) == (3, 6)


def test_spending_by_category_is_told() -> None:
    projects = tuple(
        Project(p.id, p.cost, extras={"category": kind})
        for p, kind in zip(DIVIDED.projects, ["绿化", "照明", "绿化,照明"], strict=True)
    )
    election = Election(DIVIDED.budget, projects, DIVIDED.ballots)
    found = compare_outcomes(election, ["A", "B"], ["A", "C"]).spending["category"]
    assert found == {"照明": (45, 30), "绿化": (45, 75)}


@pytest.fixture
def certified(tmp_path: Path) -> tuple[Path, Path]:
    file, proof = tmp_path / "vote.pb", tmp_path / "proof.json"
    write(DIVIDED, file)
    assert main(["budget", str(file), "--rule", "mes", "--certificate", str(proof)]) == 0
    return file, proof


def check(file: Path, proof: Path, capsys: pytest.CaptureFixture[str], **changed: object) -> tuple[int, str]:
    kept = json.loads(proof.read_text("utf-8"))
    proof.write_text(json.dumps(kept | changed), "utf-8")
    capsys.readouterr()
    status = main(["budget-check", str(file), str(proof)])
    said = capsys.readouterr()
    return status, said.out + said.err


def test_a_true_certificate_is_confirmed(certified: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    status, said = check(*certified, capsys)
    assert (status, "价格表成立：2 项" in said) == (0, True)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"winners": ["A", "B"], "prices": None}, "落选项目“C”：3 张都选了它的票合占预算 30"),
        ({"winners": ["A", "B", "C"], "prices": None}, "超过预算"),
        ({"winners": ["A", "C"]}, ""),
        ({"prices": {"endowment": "10", "purchases": [{"project": "A", "price": "1/6"}], "outside": []}}, "不一致"),
        ({"prices": {"endowment": "9", "purchases": [], "outside": ["A", "C"]}}, "起始份额合计少于预算"),
        ({"prices": {"endowment": "100", "purchases": [], "outside": ["A", "C"]}}, "够付它的费用"),
        ({"file_sha256": "0" * 64}, "另一份选举文件"),
        ({"winners": ["A", "X"]}, "没有项目“X”"),
        ({"certificate": "another"}, "不是这个程序认得的"),
    ],
)
def test_a_forged_certificate_is_refused(
    certified: tuple[Path, Path], capsys: pytest.CaptureFixture[str], changed: dict[str, object], says: str
) -> None:
    status, said = check(*certified, capsys, **changed)
    if says:
        assert (status, says in said) == (1, True)
    else:
        assert status == 0


def test_a_wrong_price_is_named(certified: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    prices = json.loads(certified[1].read_text("utf-8"))["prices"]
    prices["purchases"][0]["price"] = "1/7"
    status, said = check(*certified, capsys, prices=prices)
    assert (status, "的支持者共付" in said) == (1, True)


def test_the_command_compares_rules_and_lists(certified: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["budget-compare", str(certified[0]), "--one", "greedy", "--other", "A,C", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["better_off"], found["only_one"]) == ({"one": 6, "other": 3, "equal": 0}, ["B"])
