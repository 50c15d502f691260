"""What must hold for any consultation."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yishiting.methods.errors import Unusable
from yishiting.methods.opinions import Consultation, Options, Vote, opinion_map
from yishiting.methods.opinions.grouping import Clusters, base_clusters, groups_of, silhouette
from yishiting.methods.opinions.tallies import Tally, ratio_test
from yishiting.methods.opinions.views import opposite

LAW = settings(max_examples=40, deadline=None)


@st.composite
def consultations(draw, most_people=14, most_statements=9):
    people = draw(st.integers(2, most_people))
    statements = draw(st.integers(1, most_statements))
    answers = st.sampled_from((1, 1, 0, -1, -1, None))
    votes = [
        Vote(str(person), str(statement), choice, at=100 * person + statement)
        for person in range(people)
        for statement in range(statements)
        if (choice := draw(answers)) is not None
    ]
    assume(votes)
    return Consultation(tuple(votes))


@st.composite
def grouped_consultations(draw):
    consultation = draw(consultations())
    people = sorted({vote.person for vote in consultation.votes})
    names = draw(st.lists(st.sampled_from("AB"), min_size=len(people), max_size=len(people)))
    return consultation, dict(zip(people, names, strict=True))


def drawn(consultation, **options):
    """The map, or nothing to check where nobody has answered enough."""
    try:
        return opinion_map(consultation, **options)
    except Unusable:
        assume(False)


def camps(sizes=(12, 6, 5), statements=10):
    """Camps that agree with themselves on everything; the last statement everybody agrees to."""
    votes = []
    for camp, size in enumerate(sizes):
        for member in range(size):
            for statement in range(statements):
                agrees = statement == statements - 1 or (statement + camp) % len(sizes) != 0
                votes.append(Vote(f"{camp}-{member}", str(statement), 1 if agrees else -1))
    return Consultation(tuple(votes))


def test_camps_are_found_whole_and_named_by_size():
    result = opinion_map(camps())
    assert [(group.name, group.people) for group in result.groups] == [("甲组", 12), ("乙组", 6), ("丙组", 5)]
    assert {person.id.split("-")[0] + str(person.group) for person in result.people} == {"0A", "1B", "2C"}
    assert result.clearly_apart
    assert [row.statement for row in result.common_ground] == ["9"]


def test_the_few_are_on_the_map_though_the_many_outvote_them():
    result = opinion_map(camps((40, 5)))
    apart = [view for view in result.minority_views if view.group == "B"]
    assert apart
    assert all(view.kind == "stands apart" and view.count == 5 for view in apart)
    row = next(row for row in result.statements if row.id == apart[0].statement)
    assert row.everybody.share(opposite(apart[0].side)) > Fraction(1, 2)


def test_whoever_stands_alone_is_in_no_group_not_drawn_and_said():
    """A group of one would publish each of that person's votes."""
    result = opinion_map(camps((40, 9, 3)))
    assert [(group.name, group.people) for group in result.groups] == [("甲组", 40), ("乙组", 9)]
    assert result.apart == 3
    assert sum(point.people for point in result.points) == 49
    assert {person.id[0] for person in result.people if person.group is None} == {"2"}
    assert result.as_dict(people=False)["people_apart"] == 3


def test_the_alone_earn_no_clearness():
    """One who refuses everything beside forty who agree makes no two groups."""
    votes = [Vote(f"p{n}", str(s), 1) for n in range(40) for s in range(9)]
    votes += [Vote("alone", str(s), -1) for s in range(9)]
    result = opinion_map(Consultation(tuple(votes)))
    assert ([group.people for group in result.groups], result.apart, result.clearly_apart) == ([40], 1, False)


@LAW
@given(consultations())
def test_no_group_is_smaller_than_five_unless_it_is_all(consultation):
    result = drawn(consultation)
    small = [group for group in result.groups if group.people < 5]
    assert not small or len(result.groups) == 1


@LAW
@given(consultations(), st.randoms(use_true_random=False))
def test_the_order_of_votes_does_not_matter(consultation, dice):
    votes = list(consultation.votes)
    dice.shuffle(votes)
    assert drawn(Consultation(tuple(votes))).as_dict() == drawn(consultation).as_dict()


@LAW
@given(consultations(), st.randoms(use_true_random=False))
def test_names_do_not_matter(consultation, dice):
    people = sorted({vote.person for vote in consultation.votes})
    other = [f"p{number}" for number in range(len(people))]
    dice.shuffle(other)
    alias = dict(zip(people, other, strict=True))
    renamed = tuple(vote._replace(person=alias[vote.person]) for vote in consultation.votes)
    before, after = drawn(consultation), drawn(Consultation(renamed))
    assert after.as_dict(people=False) == before.as_dict(people=False)
    places = {person.id: (person.x, person.y, person.group) for person in after.people}
    assert all(places[alias[person.id]] == (person.x, person.y, person.group) for person in before.people)


@LAW
@given(consultations(), st.integers(-1, 1))
def test_only_the_last_vote_counts(consultation, choice):
    first = consultation.votes[0]
    earlier = first._replace(choice=choice, at=first.at - 1)
    result = drawn(Consultation((*consultation.votes, earlier)))
    assert result.replaced == 1
    assert replace(result, replaced=0) == replace(drawn(consultation), replaced=0)


def test_a_group_that_refuses_everything_is_shown_by_its_refusals():
    votes = tuple(Vote(str(p), "1", 1 if p < 4 else -1) for p in range(7))
    result = opinion_map(Consultation(votes), Options(least_group=1))
    assert [(row.statement, row.side) for row in result.groups[1].representative] == [("1", "disagree")]


@LAW
@given(grouped_consultations())
def test_a_best_agreement_is_one_the_group_agrees_to(case):
    consultation, groups = case
    for group in opinion_map(consultation, groups=groups).groups:
        for row in group.representative:
            assert row.count or not row.best_agree
            assert row.side == "agree" or not row.best_agree


def test_of_two_votes_at_the_same_moment_the_one_further_down_counts():
    votes = (Vote("1", "1", 1), Vote("2", "1", 1), Vote("1", "1", -1))
    assert opinion_map(Consultation(votes)).statements[0].everybody == Tally(agree=1, disagree=1, seen=2)


@LAW
@given(grouped_consultations())
def test_equal_ballots_count_as_often_as_they_are_cast(case):
    consultation, groups = case
    twice = tuple(vote._replace(person=f"{vote.person}{copy}") for vote in consultation.votes for copy in "ab")
    both = {f"{person}{copy}": group for person, group in groups.items() for copy in "ab"}
    once, doubled = opinion_map(consultation, groups=groups), opinion_map(Consultation(twice), groups=both)
    for row, again in zip(once.statements, doubled.statements, strict=True):
        for group, tally in row.groups.items():
            assert again.groups[group] == Tally(2 * tally.agree, 2 * tally.disagree, 2 * tally.seen)
    places = {person.id: (person.x, person.y) for person in doubled.people}
    assert all(places[person.id] == places[person.id[:-1] + "a"] for person in doubled.people)


@LAW
@given(grouped_consultations())
def test_turning_every_answer_round_turns_the_result_round(case):
    consultation, groups = case
    turned = tuple(vote._replace(choice=-vote.choice) for vote in consultation.votes)
    result, other = opinion_map(consultation, groups=groups), opinion_map(Consultation(turned), groups=groups)
    for row, back in zip(result.statements, other.statements, strict=True):
        assert (row.consensus_agree, row.consensus_disagree) == (back.consensus_disagree, back.consensus_agree)
    assert {row.statement for row in result.common_ground} == {row.statement for row in other.common_ground}
    assert {row.statement for row in result.differences} == {row.statement for row in other.differences}


@LAW
@given(grouped_consultations())
def test_one_more_agreement_never_lowers_the_consensus(case):
    consultation, groups = case
    before = opinion_map(consultation, groups=groups)
    newcomer = (Vote("new", before.statements[0].id, 1),)
    after = opinion_map(
        Consultation(consultation.votes + newcomer), groups={**groups, "new": next(iter(groups.values()))}
    )
    assert after.statements[0].consensus_agree > before.statements[0].consensus_agree


@LAW
@given(consultations(), st.integers(1, 4))
def test_nobody_is_lost_and_no_smaller_group_is_silent(consultation, least):
    result = drawn(consultation, options=Options(least_votes=least))
    grouped = [person for person in result.people if person.group]
    wanted = min(least, len(result.statements))
    assert all(person.votes >= wanted for person in grouped)
    assert len(grouped) + result.apart == sum(person.votes >= wanted for person in result.people)
    assert sum(group.people for group in result.groups) == len(grouped) == sum(p.people for p in result.points)
    assert [group.people for group in result.groups] == sorted((g.people for g in result.groups), reverse=True)
    assert result.votes == len(consultation.votes)
    voices = {view.group for view in result.minority_views}
    spoken = {group.id for group in result.groups[1:] if any(row.groups[group.id].seen for row in result.statements)}
    assert spoken <= voices


@LAW
@given(consultations())
def test_shares_and_consensus_lie_between_nothing_and_all(consultation):
    for row in drawn(consultation).statements:
        assert 0 < row.consensus_agree < 1
        assert 0 < row.consensus_disagree < 1
        assert row.everybody.agree + row.everybody.disagree <= row.everybody.seen
        assert sum(tally.seen for tally in row.groups.values()) <= row.everybody.seen


@LAW
@given(consultations())
def test_a_statement_set_aside_is_counted_but_never_picked(consultation):
    aside = consultation.votes[0].statement
    result = drawn(replace(consultation, set_aside=frozenset({aside})))
    row = next(row for row in result.statements if row.id == aside)
    assert row.set_aside
    assert row.everybody.seen
    picked = [row.statement for group in result.groups for row in group.representative]
    picked += [row.statement for rows in result.consensus.values() for row in rows]
    picked += [view.statement for view in (*result.minority_views, *result.differences, *result.common_ground)]
    assert aside not in picked


points = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=40)


@LAW
@given(points, st.integers(2, 12))
def test_base_clusters_hold_everybody_at_their_mean(places, most):
    import numpy as np

    table = np.array(places, dtype=float)
    base = base_clusters(table, most)
    assert len(base.people) == min(len(set(places)), most)
    assert base.people.sum() == len(places)
    for cluster, centre in enumerate(base.centres):
        assert table[base.labels == cluster].mean(axis=0) == pytest.approx(centre)


@LAW
@given(st.sets(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=4, max_size=8), st.integers(2, 3))
def test_nobody_is_farther_from_a_seed_than_twice_the_best_reach(places, most):
    import numpy as np

    spots = np.array(sorted(places), dtype=float)
    apart = np.linalg.norm(spots[:, None] - spots[None], axis=2)
    best = min(apart[:, list(seeds)].min(axis=1).max() for seeds in combinations(range(len(spots)), most))
    labels = base_clusters(spots, most).labels
    members = [np.flatnonzero(labels == cluster) for cluster in range(most)]
    assert all(apart[np.ix_(own, own)].max(axis=1).min() <= 2 * best + 1e-9 for own in members)


@LAW
@given(points)
def test_everybody_stands_nearer_to_the_own_group_than_to_another(places):
    import numpy as np

    base = base_clusters(np.array(places, dtype=float), 100)
    labels, scores = groups_of(base, 5)
    centres = [np.average(base.centres[labels == g], axis=0, weights=base.people[labels == g]) for g in set(labels)]
    apart = np.array([[np.linalg.norm(place - centre) for centre in centres] for place in base.centres])
    assert (apart[np.arange(len(labels)), labels] <= apart.min(axis=1) + 1e-6).all()
    assert all(-1 <= score <= 1 for score in scores.values())
    if scores:
        assert silhouette(base, labels) == pytest.approx(max(scores.values()), abs=1e-8)


@LAW
@given(st.dictionaries(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), st.integers(0, 2), min_size=6, max_size=40))
def test_the_silhouette_is_that_of_the_textbook(labelled):
    import numpy as np
    from sklearn.metrics import silhouette_score

    spots, labels = np.array(list(labelled), dtype=float), np.array(list(labelled.values()))
    labels[:2] = 0, 1
    base = Clusters(np.arange(len(spots)), spots, np.ones(len(spots), dtype=int))
    assert silhouette(base, labels) == pytest.approx(silhouette_score(spots, labels), abs=1e-9)


@LAW
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_a_group_that_differs_in_nothing_is_not_told_apart(agree, disagree, other_agree, other_disagree):
    inside = Tally(agree, disagree, agree + disagree)
    assert ratio_test(inside, inside, "agree") == pytest.approx(0)
    outside = Tally(other_agree, other_disagree, other_agree + other_disagree)
    assert ratio_test(inside, outside, "agree") == pytest.approx(-ratio_test(outside, inside, "agree"))


def test_tests_by_hand():
    assert Tally(agree=7, disagree=1, seen=8).share("agree") == Fraction(4, 5)
    assert Tally(agree=7, disagree=1, seen=8).share_test("agree") == pytest.approx(2 * 3 * (8 / 9 - 1 / 2))
    pooled = 10 / 18
    expected = (8 / 9 - 2 / 9) / (pooled * (1 - pooled) * 2 / 9) ** 0.5
    assert ratio_test(Tally(7, 1, 8), Tally(1, 7, 8), "agree") == pytest.approx(expected)
    assert ratio_test(Tally(5, 0, 5), Tally(3, 0, 3), "agree") == 0


def test_one_group_where_all_answers_are_the_same_and_the_voices_against_where_not():
    same = Consultation(tuple(Vote(str(p), str(s), 1) for p in range(6) for s in range(3)))
    result = opinion_map(same)
    assert [group.people for group in result.groups] == [6]
    assert not result.minority_views
    lone = opinion_map(same, groups={str(p): "all" for p in range(6)})
    assert lone.groups[0].name == "all"
    assert lone.given_groups


def test_given_groups_with_one_group_keep_dissent():
    votes = tuple(Vote(str(p), "1", -1 if p == 0 else 1) for p in range(6))
    result = opinion_map(Consultation(votes), groups={str(p): "all" for p in range(6)})
    assert [(v.statement, v.side, v.count, v.kind) for v in result.minority_views] == [("1", "disagree", 1, "dissent")]


@pytest.mark.parametrize(
    ("votes", "groups", "says"),
    [
        ((), None, "没有一条表态"),
        ((Vote("1", "1", 2),), None, "出现了 2"),
        ((Vote("1", "1", 1), Vote("2", "2", 1)), None, "无法分组"),
        ((Vote("1", "1", 1),), {"9": "A"}, "没有一个人投过票"),
    ],
)
def test_what_cannot_be_used_is_said(votes, groups, says):
    with pytest.raises(Unusable, match=says) as problem:
        opinion_map(Consultation(votes), groups=groups)
    assert problem.value.english


def test_numpy_is_not_loaded_before_it_is_needed():
    program = "import sys, yishiting.methods.commands.opinions; raise SystemExit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
