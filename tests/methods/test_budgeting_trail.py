"""What is known of a climb of Add1 shortens the next one, and never changes its end."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.test_budgeting import elections
from yishiting.methods.budgeting import Ballot, Counting, Election, Project, Rule, choose
from yishiting.methods.budgeting.equal_shares import Purses
from yishiting.methods.budgeting.explaining import losses
from yishiting.methods.budgeting.frontier import frontier
from yishiting.methods.budgeting.market import Market
from yishiting.methods.budgeting.trail import Trail

RULES = [
    Rule("mes", "add1"),
    Rule("mes", "add1-exhaustive"),
    Rule("mes", "add1", "cardinality"),
    Rule("mes", "add1", conflicts=(("1", "2"),), minimum=Fraction(2)),
    Rule("mes", "add1-exhaustive", "cardinality", increment=Fraction(1, 3)),
]


def trail_of(counting: Counting) -> Trail:
    top = counting.outcome().endowment
    assert top
    return Trail(Market(counting.tally, counting.incidence), counting.election.budget, top)


@settings(max_examples=150, deadline=None)
@given(elections(), st.sampled_from(RULES), st.data())
def test_a_climb_that_begins_late_ends_where_the_whole_climb_ends(election: Election, rule: Rule, data):
    if (rule.conflicts and len(election.projects) == 1) or not election.voters or not election.budget:
        return
    counting = Counting(election, rule)
    trail = trail_of(counting)
    for _ in range(4):
        project = data.draw(st.integers(0, len(election.projects) - 1))
        cost = Fraction(data.draw(st.integers(0, 4 * int(counting.tally.cost[project]) or 4)), 4)
        more = data.draw(st.integers(0, 12))
        tally = counting.tally.recounted(project, cost, more, Fraction(1))
        start = trail.start(Market(tally, counting.incidence.besides((project, more))), project)
        late, whole = counting.counted(tally, (project, more), start), counting.counted(tally, (project, more))
        assert (late.bought, late.endowment, late.beyond) == (whole.bought, whole.endowment, whole.beyond)


def long_climb() -> Election:
    """Forints: a climb of tens of thousands of steps."""
    costs = {"1": 3_010_700, "2": 2_003_100, "3": 1_905_300, "4": 2_600_000, "5": 1_407_100, "6": 2_050_000}
    marks = ["12", "123", "24", "345", "5", "16", "36", "456", "2", "35", "14", "126", "3", "5", "46"]
    projects = tuple(Project(name, Fraction(cost)) for name, cost in costs.items())
    return Election(Fraction(7_500_000), projects, tuple(Ballot(tuple(mark)) for mark in marks))


def test_a_long_climb_is_not_begun_anew_for_each_question():
    counting = Counting(long_climb(), Rule("mes", "add1"))
    outcome = counting.outcome()
    counts: list[Fraction] = []
    begin = Purses.__init__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Purses, "__init__", lambda purses, *words: counts.append(words[1]) or begin(purses, *words))
        found = losses(counting, outcome)
    assert len(found) > 1
    assert len(counts) < 2500 * len(found), "a climb takes some 400,000 steps and is asked about dozens of times"
    for loss in found:
        what = loss.counterfactual
        assert what.more_votes
        for more in (what.more_votes - 1, what.more_votes):
            changed = counting.election.with_ballots([Ballot((loss.project,), count=more)] if more else [])
            assert (loss.project in choose(changed, counting.rule).winners) == (more == what.more_votes)
        if what.cost_at_most is not None:
            for cost in (what.cost_at_most, what.cost_at_most + what.cost_unit):
                changed = counting.election.with_cost(loss.project, cost)
                assert (loss.project in choose(changed, counting.rule).winners) == (cost == what.cost_at_most)


@pytest.mark.parametrize("first", [1, 2, 3, 40, 97, 100])
@pytest.mark.parametrize("guess", [1, 2, 41, 100, 1000])
def test_the_search_finds_the_first_that_wins_wherever_it_begins(first: int, guess: int):
    assert frontier(lambda number: number >= first, guess, 100) == first
    assert frontier(lambda number: False, guess, 100) is None
