"""Reasons and counterfactuals are true: each is checked here by counting the changed election from its ballots."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.test_budgeting import RULES, elections, vote
from yishiting.methods.budgeting import (
    Ballot,
    Counting,
    Election,
    Loss,
    Project,
    Rule,
    accounts,
    choose,
    losses,
    shares,
)

some_rules = st.sampled_from([rule for rule in RULES if not rule.completion.startswith("add1")])


def explained(election: Election, rule: Rule) -> dict[str, Loss]:
    counting = Counting(election, rule)
    return {loss.project: loss for loss in losses(counting, counting.outcome())}


def wins(election: Election, rule: Rule, project: str) -> bool:
    return project in choose(election, rule).winners


def check(election: Election, rule: Rule) -> None:
    """Both sides of every number, counted afresh."""
    for name, loss in explained(election, rule).items():
        what = loss.counterfactual
        assert not wins(election, rule, name)
        if what.more_votes is not None:
            assert wins(election.with_ballots([Ballot((name,), count=what.more_votes)]), rule, name)
            if what.more_votes > 1:
                assert not wins(election.with_ballots([Ballot((name,), count=what.more_votes - 1)]), rule, name)
        if what.cost_at_most is not None:
            assert what.cost_at_most < loss.cost
            assert wins(election.with_cost(name, what.cost_at_most), rule, name)
            assert not wins(election.with_cost(name, what.cost_at_most + what.cost_unit), rule, name)


@settings(deadline=None)
@given(elections(), some_rules)
def test_every_counterfactual_is_true(election: Election, rule: Rule):
    check(election, rule)


@settings(max_examples=40, deadline=None)
@given(elections(), st.sampled_from([Rule("mes", "add1"), Rule("mes", "add1-exhaustive", "cardinality")]))
def test_every_counterfactual_of_add_one_is_true(election: Election, rule: Rule):
    check(election, rule)


@settings(deadline=None)
@given(elections(), some_rules, st.sampled_from([("1", "2"), ("1", "3", "4")]))
def test_every_counterfactual_with_conflicts_is_true(election: Election, rule: Rule, rivals: tuple[str, ...]):
    known = {project.id for project in election.projects}
    check(election, replace(rule, conflicts=(tuple(name for name in rivals if name in known),)))


@settings(deadline=None)
@given(elections(), st.sampled_from(RULES))
def test_every_reason_names_what_was_really_lacking(election: Election, rule: Rule):
    counting = Counting(election, rule)
    outcome = counting.outcome()
    left = [election.budget, *(purchase.remaining for purchase in outcome.purchases)]
    found = losses(counting, outcome)
    assert {loss.project for loss in found} == {p.id for p in election.projects} - set(outcome.winners)
    for loss in found:
        reason = loss.reason
        if reason.clause in ("does_not_fit", "over_budget", "supporters_short", "below_minimum"):
            assert reason.needed > reason.available
        if reason.clause in ("does_not_fit", "after_stop", "not_due"):
            assert reason.available == left[reason.round]
        assert reason.after == (outcome.winners[reason.round - 1] if reason.round else None)
        assert all(sentence and "{" not in sentence for sentence in reason.sentences())


@settings(deadline=None)
@given(elections(), st.sampled_from(RULES))
def test_what_the_ballots_paid_adds_up_to_what_was_bought(election: Election, rule: Rule):
    counting = Counting(election, rule)
    outcome = counting.outcome()
    found = accounts(counting, outcome)
    wanted = {choice for ballot in election.ballots for choice in ballot.choices}
    cost = sum((purchase.cost for purchase in outcome.purchases if purchase.project in wanted), Fraction(0))
    assert sum((account.paid * account.ballot.count for account in found), Fraction(0)) == cost
    for account in found:
        assert set(account.won) == set(outcome.winners) & set(account.ballot.choices)
        most = {share.project: share.most for share in shares(counting, outcome)}
        assert account.paid <= sum((most[name] for name in account.won), Fraction(0))
        completed = any(p.step != "mes" and p.project in account.won for p in outcome.purchases)
        assert (
            not account.spent or account.paid == outcome.endowment or (completed and account.paid > outcome.endowment)
        )


def test_greedy_says_when_the_money_was_gone():
    election = vote({"a": 6, "b": 5, "c": 3, "d": 20}, 10, "4×a", "3×b", "2×c", "1×d")
    found = explained(election, Rule())
    assert found["b"].reason.sentences()[0] == "第 1 个项目 a 入选后，余额只有 4，不够它的费用 5，差 1。"
    assert (found["b"].counterfactual.more_votes, found["b"].counterfactual.cost_at_most) == (1, 4)
    assert found["d"].reason.clause == "over_budget"
    assert (found["d"].counterfactual.more_votes, found["d"].counterfactual.cost_at_most) == (None, 1)


def test_without_skipping_the_project_that_ended_the_count_is_named():
    election = vote({"a": 6, "b": 5, "c": 3}, 10, "3×a", "2×b", "1×c")
    reason = explained(election, Rule("greedy-no-skip"))["c"].reason
    assert (reason.clause, reason.by, reason.round) == ("after_stop", "b", 1)


def test_equal_shares_says_after_which_purchase_the_supporters_ran_short():
    election = vote({"a": 6, "b": 5}, 12, "3×ab", "1×b")
    found = explained(election, Rule("mes"))
    assert set(found) == {"a"}
    reason = found["a"].reason
    assert (reason.clause, reason.round, reason.after, reason.available) == (
        "supporters_short",
        1,
        "b",
        Fraction(21, 4),
    )
    assert reason.as_dict()["available"] == {"exact": "21/4", "decimal": "5.25"}


def test_after_the_greedy_completion_both_failures_are_told():
    election = vote({"a": 7, "b": 6, "c": 3}, 10, "3×a", "3×b", "2×c")
    reason = explained(election, Rule("mes", "greedy"))["a"].reason
    assert (reason.clause, reason.earlier.clause) == ("does_not_fit", "supporters_short")


def test_a_conflict_names_the_winner():
    election = vote({"a": 1, "b": 1}, 9, "3×a", "2×b")
    for rule in (Rule(), Rule("mes"), Rule("phragmen")):
        reason = explained(election, replace(rule, conflicts=(("a", "b"),)))["b"].reason
        assert (reason.clause, reason.by, reason.round) == ("conflict", "a", 1)


def test_points_count_as_one_ballot_can_give_them():
    projects = (Project("a", Fraction(5)), Project("b", Fraction(5)))
    ballots = (Ballot(("a",), (Fraction(4),), 3), Ballot(("b",), (Fraction(3),), 2))
    what = explained(Election(Fraction(5), projects, ballots, "cumulative"), Rule())["b"].counterfactual
    assert (what.more_votes, what.points_each) == (2, 4)


def test_cents_are_told_apart():
    projects = (Project("a", Fraction("1.50")), Project("b", Fraction("2.25")))
    election = Election(Fraction("3.5"), projects, (Ballot(("a",), count=2), Ballot(("b",))))
    assert explained(election, Rule())["b"].counterfactual.cost_at_most == 2


@pytest.mark.parametrize(
    ("budget", "costs", "unit"),
    [
        (187_500_000, [5_500_000, 4_500_000], 100_000),
        (187_500_000, [5_500_000, 4_512_340], 10),
        (500, [100, 300], 1),
        ("3.5", ["1.50", "2.25"], "0.01"),
        (0, [7], 1),
    ],
)
def test_costs_are_asked_about_in_round_numbers_as_the_file_has_them(budget, costs, unit):
    projects = tuple(Project(str(at), Fraction(cost)) for at, cost in enumerate((*costs, 10**9)))
    election = Election(Fraction(budget), projects, (Ballot(("0",)),))
    assert explained(election, Rule())[str(len(costs))].counterfactual.cost_unit == Fraction(unit)


@pytest.mark.parametrize("rule", [Rule(), Rule("mes"), Rule("mes", "add1"), Rule("mes", "add1-exhaustive")])
def test_what_costs_the_smallest_coin_is_not_asked_about_for_nothing(rule: Rule):
    """At no cost it would win at once; with a rival dearer than any budget the climb would not end."""
    found = explained(vote({"a": 10**24, "b": 1, "c": 1}, 1, "1×abc"), rule)
    assert {name: loss.counterfactual.cost_at_most for name, loss in found.items()} == {"a": 1, "c": None}


def test_the_reason_of_a_climb_says_that_its_gap_is_not_the_gap_to_a_win():
    """ "Short of 1" beside "would win if it cost 25 less" reads as a contradiction, unless the climb is told."""
    election = vote({"a": 60, "b": 50, "c": 45}, 120, "6×a", "3×b", "3×c", "1×bc")
    for completion, told in (("add1", True), ("none", False)):
        counting = Counting(election, Rule("mes", completion))
        outcome = counting.outcome()
        short = [loss.reason for loss in losses(counting, outcome) if loss.reason.clause == "supporters_short"]
        assert short
        for reason in short:
            said = reason.as_dict()
            assert ("便宜这么多还不一定能入选" in said["sentence"]) is told
            assert ("need not be enough" in said["english"]) is told
