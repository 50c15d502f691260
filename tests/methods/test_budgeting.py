"""What every budget rule promises, and the faults others have."""

import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.methods import budgeting_reference as reference
from yishiting.methods.budgeting import Ballot, Counting, Election, Project, Rule, Tie, choose, grouped
from yishiting.methods.budgeting.add_one import AddOne
from yishiting.methods.budgeting.equal_shares import buy_all
from yishiting.methods.budgeting.market import Market
from yishiting.methods.errors import Unusable

RULES = [
    Rule("greedy"),
    Rule("greedy-no-skip"),
    Rule("greedy-threshold", minimum=Fraction(2)),
    Rule("mes"),
    Rule("mes", satisfaction="cardinality"),
    Rule("mes", "greedy"),
    Rule("mes", "add1"),
    Rule("mes", "add1-exhaustive", "cardinality"),
    Rule("phragmen"),
]
ids = [str(number) for number in range(1, 8)]


def vote(cost: dict[str, int], budget: int, *marks: str) -> Election:
    """An approval election: costs by id, a budget, and ballots written like "3×ab" for three ballots for a and b."""
    projects = tuple(Project(name, Fraction(price)) for name, price in cost.items())
    parts = [mark.split("×") for mark in marks]
    return Election(Fraction(budget), projects, tuple(Ballot(tuple(chosen), count=int(n)) for n, chosen in parts))


@st.composite
def elections(draw, *, most=60):
    names = ids[: draw(st.integers(1, len(ids)))]
    cost = st.integers(0, most) | st.sampled_from([0, 12, 12, 24, 60])
    projects = tuple(Project(name, Fraction(draw(cost))) for name in names)
    ballot = st.builds(Ballot, st.sets(st.sampled_from(names)).map(sorted).map(tuple), count=st.integers(1, 4))
    ballots = grouped(draw(st.lists(ballot, min_size=1, max_size=9)))
    return Election(Fraction(draw(st.integers(0, 3 * most))), projects, ballots)


rules = st.sampled_from(RULES)


@given(elections(), rules)
def test_the_winners_never_cost_more_than_the_budget(election: Election, rule: Rule):
    outcome = choose(election, rule)
    assert outcome.cost <= election.budget
    assert len(set(outcome.winners)) == len(outcome.winners)
    assert outcome.purchases == () or outcome.purchases[-1].remaining == election.budget - outcome.cost


@given(elections(), rules, st.randoms())
def test_the_order_of_projects_and_ballots_does_not_matter(election: Election, rule: Rule, random):
    projects, ballots = list(election.projects), list(election.ballots)
    random.shuffle(projects)
    random.shuffle(ballots)
    assert choose(replace(election, projects=tuple(projects), ballots=tuple(ballots)), rule) == choose(election, rule)


@given(elections(), rules)
def test_equal_ballots_are_the_same_as_one_counted_so_often(election: Election, rule: Rule):
    apart = tuple(Ballot(ballot.choices) for ballot in election.ballots for _ in range(ballot.count))
    assert choose(replace(election, ballots=apart), rule) == choose(election, rule)


@given(elections(), rules, st.integers(1, 50))
def test_blank_ballots_change_nothing(election: Election, rule: Rule, blank: int):
    outcome = choose(election, rule)
    with_blank = choose(election.with_ballots([Ballot((), count=blank)]), rule)
    assert with_blank.winners == outcome.winners
    assert with_blank.blank == outcome.blank + blank


@given(elections(), st.sampled_from([rule for rule in RULES if rule.name != "greedy-threshold"]), st.integers(2, 5))
def test_casting_every_ballot_again_changes_nothing_but_the_increment(election: Election, rule: Rule, times: int):
    assume(not rule.completion.startswith("add1"))
    more = tuple(replace(ballot, count=ballot.count * times) for ballot in election.ballots)
    assert choose(replace(election, ballots=more), rule).winners == choose(election, rule).winners


@given(elections(), st.sampled_from(RULES[:3]), st.integers(1, 9))
def test_greedy_a_winner_with_more_votes_or_a_lower_cost_still_wins(election: Election, rule: Rule, more: int):
    for winner in choose(election, rule).winners:
        cost = election.project(winner).cost
        assert winner in choose(election.with_ballots([Ballot((winner,), count=more)]), rule).winners
        assert winner in choose(election.with_cost(winner, cost / 2), rule).winners


@given(elections())
def test_equal_shares_a_winner_that_gets_cheaper_still_wins(election: Election):
    for satisfaction in ("cost", "cardinality"):
        rule = Rule("mes", satisfaction=satisfaction)
        for winner in choose(election, rule).winners:
            assert winner in choose(election.with_cost(winner, election.project(winner).cost / 2), rule).winners


@given(elections())
def test_greedy_leaves_nothing_that_would_fit(election: Election):
    outcome = choose(election, Rule())
    losers = [project for project in election.projects if project.id not in outcome.winners]
    assert all(project.cost > election.budget - outcome.cost for project in losers)


@given(elections(most=30))
def test_equal_shares_gives_a_group_that_agrees_what_its_money_buys(election: Election):
    """Everyone in a group wants the same affordable project: at least one of them gets some project they chose."""
    winners = set(choose(election, Rule("mes")).winners)
    for project in election.projects:
        supporters = [ballot for ballot in election.ballots if project.id in ballot.choices]
        money = sum(ballot.count for ballot in supporters) * election.budget / max(election.voters, 1)
        if supporters and money >= project.cost:
            assert any(winners.intersection(ballot.choices) for ballot in supporters)


@given(elections(), st.booleans())
def test_equal_shares_is_the_defined_one(election: Election, by_cost: bool):
    assume(election.voters)
    satisfaction = "cost" if by_cost else "cardinality"
    found = choose(election, Rule("mes", satisfaction=satisfaction)).winners
    assert list(found) == reference.equal_shares(election, election.budget / election.voters, satisfaction)


@settings(max_examples=60, deadline=None)
@given(elections(most=400), st.booleans(), st.booleans(), st.sampled_from([(), (("1", "2"),), (("1", "3", "4"),)]))
def test_add_one_is_the_defined_one(election: Election, by_cost: bool, exhaustive: bool, rivals):
    assume(election.voters)
    assume(all(name in {project.id for project in election.projects} for group in rivals for name in group))
    satisfaction = "cost" if by_cost else "cardinality"
    rule = Rule("mes", "add1-exhaustive" if exhaustive else "add1", satisfaction, conflicts=rivals)
    expected = reference.add_one(election, satisfaction, exhaustive=exhaustive, rivals=rivals)
    assert list(choose(election, rule).winners) == expected


@given(elections())
def test_phragmen_is_the_defined_one(election: Election):
    assert list(choose(election, Rule("phragmen")).winners) == reference.phragmen(election)


@settings(max_examples=30, deadline=None)
@given(elections(), st.integers(5, 400))
def test_leaps_pass_over_nothing(election: Election, scale: int):
    """In a currency of small coins most counts are passed over; the result is that of counting every step."""
    assume(election.voters)
    projects = tuple(replace(project, cost=project.cost * scale) for project in election.projects)
    counting = Counting(replace(election, projects=projects, budget=election.budget * scale), Rule("mes", "add1"))
    market = Market(counting.tally, counting.incidence)
    first = buy_all(market, counting.election.budget / counting.election.voters)

    class OnFoot(AddOne):
        def _leap(self, run):
            return None

    fast, slow = (kind(market, counting.election.budget) for kind in (AddOne, OnFoot))
    assert fast.climb(first) == slow.climb(first)
    assert fast.beyond == slow.beyond


def test_nearly_equal_prices_are_told_apart_exactly():
    """10**15 ballots for one project and one fewer for the other: the same to any float, not to the rule."""
    many = 10**15
    cost = {"a": 3 * many, "b": 3 * many}
    election = vote(cost, 6 * many, f"{many - 1}×a", f"{many}×b")
    assert choose(election, Rule("mes", "add1")).winners[0] == "b"
    tied = vote(cost, 6 * many, f"{many}×a", f"{many}×b")
    assert choose(tied, Rule("mes")).ties == (Tie(1, ("a", "b"), ("id",)),)


def test_supporters_whose_money_is_exactly_the_cost_can_pay():
    """Thirds have no exact float; the supporters of the second project hold exactly its cost after the first."""
    election = vote({"a": 1, "b": 1, "c": 1}, 3, "1×abc", "1×abc", "1×abc")
    assert choose(election, Rule("mes")).cost == 3
    for cents in range(3):
        project = replace(election.projects[2], cost=Fraction(100 + cents, 100))
        changed = replace(election, projects=(*election.projects[:2], project))
        assert ("c" in choose(changed, Rule("mes")).winners) == (cents == 0)


def test_ties_go_by_cost_then_votes_then_lot_then_id_and_are_told():
    cost = {"10": 5, "2": 5, "7": 4}
    election = vote(cost, 5)
    election = replace(election, ballots=(Ballot(("10", "2", "7")),))
    assert choose(election, Rule()).ties == (Tie(1, ("7", "2", "10"), ("cost", "id")),)
    same = vote({"10": 5, "2": 5}, 5)
    same = replace(same, ballots=(Ballot(("10", "2")),))
    assert choose(same, Rule()).winners == ("2",)
    assert choose(same, Rule()).ties == (Tie(1, ("2", "10"), ("id",)),)
    drawn = choose(same, Rule(lot=("10", "2")))
    assert (drawn.winners, drawn.ties) == (("10",), (Tie(1, ("10", "2"), ("lot",)),))
    points = Election(
        Fraction(5),
        (Project("a", Fraction(5)), Project("b", Fraction(5))),
        (Ballot(("a",), (Fraction(4),)), Ballot(("b",), (Fraction(2),), 2)),
        "cumulative",
    )
    assert choose(points, Rule()).ties == (Tie(1, ("b", "a"), ("votes",)),)


def test_skipping_or_stopping_at_what_does_not_fit():
    election = vote({"a": 6, "b": 5, "c": 3}, 10, "3×a", "2×b", "1×c")
    assert choose(election, Rule("greedy")).winners == ("a", "c")
    assert choose(election, Rule("greedy-no-skip")).winners == ("a",)


def test_a_minimum_of_votes_counts_points_where_ballots_carry_points():
    projects = (Project("a", Fraction(1)), Project("b", Fraction(1)))
    ballots = (Ballot(("a", "b"), (Fraction(5), Fraction(1))),)
    rule = Rule("greedy-threshold", minimum=Fraction(3))
    assert choose(Election(Fraction(9), projects, ballots, "cumulative"), rule).winners == ("a",)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}-{rule.completion}")
def test_of_conflicting_projects_only_one_wins(rule: Rule):
    election = vote({"a": 2, "b": 2, "c": 2}, 9, "4×abc", "3×a", "2×b")
    assert set(choose(election, replace(rule, conflicts=(("a", "b"),))).winners) == {"a", "c"}


def test_both_ways_to_end_add_one_are_different_rules():
    """At 14/5 a and c are bought and b no longer fits; at 29/5 the supporters of b can pay, and c no longer is bought."""
    election = vote({"a": 1, "b": 8, "c": 2}, 9, "1×b", "3×a", "1×bc")
    exhaustive, overspending = (choose(election, Rule("mes", how)) for how in ("add1-exhaustive", "add1"))
    assert (exhaustive.winners, exhaustive.endowment) == (("a", "c"), Fraction(14, 5))
    assert (overspending.winners, overspending.endowment) == (("a", "b"), Fraction(29, 5))


def test_add_one_tells_the_overspending_at_which_it_ended():
    election = vote({"a": 60, "b": 60}, 100, "3×a", "2×b")
    outcome = choose(election, Rule("mes", "add1"))
    assert outcome.winners == ("a",)
    assert outcome.next_step.cost == 120
    assert outcome.next_step.endowment == outcome.endowment + 1 == 30


# ── Faults of others ──


def test_a_thousand_winners_do_not_exhaust_the_stack():
    number = 1500
    projects = tuple(Project(str(at), Fraction(1)) for at in range(number))
    ballots = tuple(Ballot((str(at),)) for at in range(number))
    election = Election(Fraction(number), projects, ballots)
    assert number > sys.getrecursionlimit()
    for rule in (Rule(), Rule("mes"), Rule("phragmen")):
        assert len(choose(election, rule).winners) == number


def test_a_project_that_costs_nothing_is_not_lost():
    election = vote({"a": 5, "b": 0}, 5, "3×a", "1×b")
    for rule in RULES[:2] + RULES[3:]:
        assert "b" in choose(election, rule).winners


def test_a_project_nobody_chose_neither_wins_by_shares_nor_keeps_add_one_going():
    election = vote({"a": 5, "b": 1}, 9, "3×a")
    for rule in RULES[3:5] + RULES[6:]:
        assert choose(election, rule).winners == ("a",)


def test_no_ballots_at_all():
    election = vote({"a": 5}, 9)
    for rule in RULES[3:]:
        assert choose(election, rule).winners == (("a",) if rule.completion == "greedy" else ())


# ── What is refused ──


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rule("lottery"),
        lambda: Rule("mes", "add2"),
        lambda: Rule("greedy", "add1"),
        lambda: Rule("mes", "add1", increment=Fraction(0)),
        lambda: Rule("greedy-threshold"),
        lambda: vote({"a": -1}, 9),
        lambda: vote({"a": 1}, -9),
        lambda: vote({"a": 1}, 9, "1×b"),
        lambda: vote({"a": 1}, 9, "1×aa"),
        lambda: vote({"a": 1}, 9, "0×a"),
        lambda: Election(Fraction(1), (Project("a", Fraction(1)),) * 2, ()),
        lambda: Election(Fraction(1), (Project("a", Fraction(1)),), (Ballot(("a",)),), "cumulative"),
        lambda: choose(vote({"a": 1}, 9), Rule(conflicts=(("a", "z"),))),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_sentence(make):
    with pytest.raises(Unusable) as refusal:
        make()
    assert refusal.value.chinese != refusal.value.english


def test_the_record_of_the_rule_is_part_of_the_result():
    record = choose(vote({"a": 1}, 9, "1×a"), Rule("mes", "add1", lot=("a",))).as_dict()["rule"]
    assert record == {
        "name": "mes",
        "minimum": 0,
        "tie_order": ["cost", "votes", "lot", "id"],
        "completion": "add1",
        "satisfaction": "cost",
        "increment": 1,
        "conflicts": [],
        "lot": ["a"],
    }


def test_greedy_needs_no_numpy():
    program = """
import sys
from fractions import Fraction
from yishiting.methods.budgeting import Ballot, Counting, Election, Project, Rule, losses
election = Election(Fraction(1), (Project("a", Fraction(1)), Project("b", Fraction(1))), (Ballot(("a",)),))
counting = Counting(election, Rule())
losses(counting, counting.outcome())
raise SystemExit("numpy" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def many_alike(seed: int) -> Election:
    """Elections in which many projects have the very same supporters, some of them the same cost."""
    dice = random.Random(seed)
    parts = [tuple(str(10 * part + k) for k in range(dice.randint(1, 4))) for part in range(3)]
    projects = tuple(Project(name, Fraction(dice.randint(0, 4))) for part in parts for name in part)
    chosen = [sum((part for part in parts if dice.random() < 0.6), ()) for _ in range(dice.randint(1, 4))]
    ballots = tuple(Ballot(marks, count=dice.randint(1, 3)) for marks in chosen)
    return Election(Fraction(dice.randint(2, 20)), projects, ballots)


@pytest.mark.parametrize("satisfaction", ["cost", "cardinality"])
def test_projects_of_the_same_supporters_are_counted_as_defined(satisfaction):
    for seed in range(250):
        election = many_alike(seed)
        if not election.voters:
            continue
        expected = reference.equal_shares(election, election.budget / election.voters, satisfaction)
        found = choose(election, Rule("mes", satisfaction=satisfaction))
        assert list(found.winners) == expected
        assert all(len(set(tie.projects)) == len(tie.projects) for tie in found.ties)


def test_where_everything_ties_the_time_grows_with_the_number_of_projects():
    """The work is counted, not the clock: how often a price is renewed."""
    renewed = []
    for number in (100, 200):
        projects = tuple(Project(str(k), Fraction(100)) for k in range(number))
        ballots = (Ballot(tuple(project.id for project in projects), count=50),)
        election = Election(Fraction(50 * number), projects, ballots)
        calls = Counter[str]()
        sys.setprofile(lambda frame, event, _, calls=calls: calls.update([f"{event} {frame.f_code.co_name}"]))
        try:
            outcome = choose(election, Rule("mes"))
        finally:
            sys.setprofile(None)
        assert len(outcome.winners) == number // 2
        assert [len(tie.projects) for tie in outcome.ties] == [number]
        renewed.append(calls["call renew"])
    assert renewed[1] <= 2 * renewed[0] + 2
