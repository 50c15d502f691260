"""Elections: what the law says happens, and what must stay the same however names and ballots are shuffled."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.ballot_count import Ballot, Mark, compare_tallies, count_ballots
from yishiting.methods.elections import (
    Base,
    CandidateCount,
    Contest,
    ElectionRule,
    Kind,
    Outcome,
    Tally,
    count_round,
    votes_needed,
)

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
RULE = ElectionRule(HALF, HALF, THIRD, Base.RETURNED, extra_candidates=1, most_rounds=3, write_ins=True)
NAMES = ("陆阿姨", "李明", "王芳", "赵强", "孙丽", "周平")


def sheet(
    votes: dict[str, int], *, entitled: int = 20, returned: int = 20, invalid: int = 0, issued: int | None = None
):
    valid = returned - invalid
    counts = tuple(CandidateCount(name, n, 0, valid - n) for name, n in votes.items())
    return Tally(entitled, returned if issued is None else issued, returned, valid, invalid, counts)


def result(
    votes: dict[str, int], seats: int, rule: ElectionRule = RULE, kind: Kind = Kind.FIRST, number: int = 1, **kw
):
    return count_round(Contest(seats, tuple(votes), kind, number), sheet(votes, **kw), rule)


# ── What the rules say ──


def test_more_than_half_of_those_voting_is_elected_in_order_of_votes():
    found = result({"李明": 12, "陆阿姨": 15, "王芳": 3}, seats=2)
    assert (found.outcome, found.elected, found.needed) == (Outcome.COMPLETE, ("陆阿姨", "李明"), 11)


def test_exactly_half_is_not_enough():
    found = result({"李明": 10, "陆阿姨": 9}, seats=1)
    assert (found.outcome, found.elected) == (Outcome.SUPPLEMENTARY, ())


def test_invalid_ballots_stay_in_the_base():
    votes = {"李明": 10, "陆阿姨": 6}
    assert result(votes, seats=1, invalid=3).elected == ()
    assert result(votes, seats=1, invalid=3, rule=replace(RULE, base=Base.VALID)).elected == ("李明",)


def test_too_many_over_half_are_cut_by_votes():
    assert result({"李明": 12, "陆阿姨": 15, "王芳": 13}, seats=2).elected == ("陆阿姨", "王芳")


def test_a_deciding_tie_starts_a_round_among_the_tied_only():
    found = result({"李明": 12, "陆阿姨": 15, "王芳": 12}, seats=2)
    assert (found.elected, found.tied) == (("陆阿姨",), ("李明", "王芳"))
    assert found.next == Contest(1, ("李明", "王芳"), Kind.RUNOFF, 2)
    second = count_round(found.next, sheet({"李明": 9, "王芳": 8}), RULE)
    assert (second.outcome, second.elected) == (Outcome.COMPLETE, ("李明",))


def test_a_tie_that_decides_nothing_is_no_tie():
    found = result({"李明": 12, "陆阿姨": 12, "王芳": 3}, seats=2)
    assert (found.outcome, found.tied) == (Outcome.COMPLETE, ())


def test_shortage_starts_a_supplementary_round_with_one_more_than_the_seats():
    found = result({"李明": 12, "陆阿姨": 9, "王芳": 7, "赵强": 2}, seats=2)
    assert found.next == Contest(1, ("陆阿姨", "王芳"), Kind.SUPPLEMENTARY, 2)
    assert count_round(found.next, sheet({"陆阿姨": 7, "王芳": 6}), RULE).elected == ("陆阿姨",)


def test_in_a_supplementary_round_a_third_is_enough_and_less_is_not():
    assert votes_needed(Kind.SUPPLEMENTARY, 21, RULE) == 7
    assert votes_needed(Kind.SUPPLEMENTARY, 20, RULE) == 7
    short = result({"陆阿姨": 6, "王芳": 5}, seats=1, kind=Kind.SUPPLEMENTARY, number=3)
    assert (short.outcome, short.next) == (Outcome.VACANT, None)


def test_the_next_in_line_includes_everyone_equal_to_the_last():
    found = result({"李明": 8, "陆阿姨": 5, "王芳": 5, "赵强": 1}, seats=1)
    assert found.next.candidates == ("李明", "陆阿姨", "王芳")


def test_more_returned_than_issued_voids_the_whole_vote():
    found = result({"李明": 15, "陆阿姨": 1}, seats=1, issued=19)
    assert (found.outcome, found.elected) == (Outcome.VOID_RETURNED, ())
    assert found.next.candidates == ("李明", "陆阿姨")


@pytest.mark.parametrize(("returned", "outcome"), [(10, Outcome.VOID_TURNOUT), (11, Outcome.COMPLETE)])
def test_turnout_must_be_over_half_of_those_entitled(returned, outcome):
    assert result({"李明": 9, "陆阿姨": 0}, seats=1, returned=returned).outcome is outcome


def test_a_first_round_without_more_candidates_than_seats_is_refused():
    with pytest.raises(Unusable, match="至少 3 名"):
        result({"李明": 12, "陆阿姨": 15}, seats=2)


def test_a_contradicting_sheet_is_refused_with_every_contradiction():
    tally = Tally(20, 25, 20, 18, 1, (CandidateCount("李明", 30, 0, 0), CandidateCount("外人", 1, 0, 17)))
    with pytest.raises(Unusable) as refused:
        count_round(Contest(1, ("李明", "陆阿姨")), tally, RULE)
    for part in (
        "发出选票 25",
        "不等于收回 20",
        "缺少候选人陆阿姨",
        "外人不在",
        "李明的赞成、反对、弃权合计 30",
        "赞成票合计 31",
    ):
        assert part in refused.value.chinese


def test_somebody_written_in_can_be_elected():
    ballots = [Ballot(write_ins=("周平",))] * 11 + [Ballot.choosing("李明")] * 9
    tally, invalid = count_ballots(ballots, Contest(1, ("李明", "陆阿姨")), RULE, entitled=20, issued=20)
    assert invalid == ()
    assert count_round(Contest(1, ("李明", "陆阿姨")), tally, RULE).elected == ("周平",)


def test_the_result_is_json_and_carries_its_rule():
    kept = json.loads(json.dumps(result({"李明": 12, "陆阿姨": 9, "王芳": 7}, seats=2).as_dict(), ensure_ascii=False))
    assert kept["rule"]["winners_over"] == "1/2"
    assert kept["next"]["kind"] == "supplementary"
    assert kept["tally"]["counts"][0] == {
        "name": "李明",
        "in_favour": 12,
        "against": 0,
        "abstained": 8,
        "write_in": False,
    }


# ── Ballots ──


@pytest.mark.parametrize(
    ("ballot", "reason"),
    [
        (Ballot(unreadable=True), "无法辨认"),
        (Ballot.choosing("陆阿姨", "李明", "王芳"), "多于应选"),
        (Ballot((("陆阿姨", Mark.FOR), ("李明", Mark.FOR)), write_ins=("外人",)), "多于应选"),
        (Ballot((("陆阿姨", Mark.FOR), ("陆阿姨", Mark.AGAINST))), "矛盾"),
        (Ballot((("陆阿姨", Mark.AGAINST),), write_ins=("陆阿姨",)), "矛盾"),
    ],
)
def test_an_invalid_ballot_is_named_and_still_counted_as_returned(ballot, reason):
    contest = Contest(2, NAMES[:4])
    tally, invalid = count_ballots([Ballot.choosing("李明"), ballot], contest, RULE, entitled=3, issued=2)
    assert (tally.returned, tally.valid, tally.invalid) == (2, 1, 1)
    assert invalid[0].number == 2
    assert reason in invalid[0].reason


def test_writing_in_may_be_forbidden_and_is_in_a_runoff():
    ballot = [Ballot(write_ins=("外人",))]
    for contest, rule in (
        (Contest(1, NAMES[:2]), replace(RULE, write_ins=False)),
        (Contest(1, NAMES[:2], Kind.RUNOFF, 2), RULE),
    ):
        assert count_ballots(ballot, contest, rule, entitled=1, issued=1)[0].invalid == 1


def test_a_blank_ballot_abstains_and_a_candidate_written_in_is_a_mark():
    tally, _ = count_ballots([Ballot(), Ballot(write_ins=("李明",))], Contest(1, NAMES[:2]), RULE, entitled=2, issued=2)
    assert tally.counts == (CandidateCount("陆阿姨", 0, 0, 2), CandidateCount("李明", 1, 0, 1))


def test_a_mark_for_nobody_is_an_entry_error():
    with pytest.raises(Unusable, match="第 1 张票"):
        count_ballots([Ballot.choosing("外人")], Contest(1, NAMES[:2]), RULE, entitled=1, issued=1)


# ── Laws ──

MARKS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(Mark), max_size=6).map(lambda m: tuple(m.items()))
BALLOTS = st.lists(
    st.builds(Ballot, MARKS, st.lists(st.sampled_from(["外甲", "外乙"]), max_size=1).map(tuple), st.booleans()),
    min_size=1,
    max_size=25,
)
SHARES = st.fractions(0, 1, max_denominator=6)
RULES = st.builds(
    ElectionRule, SHARES, SHARES, SHARES, st.sampled_from(Base), st.just(1), st.integers(1, 4), st.booleans()
)


def counted(ballots, contest, rule):
    tally, _ = count_ballots(ballots, contest, rule, entitled=30, issued=len(ballots))
    return count_round(contest, tally, rule)


@given(BALLOTS, st.integers(1, 5), RULES, st.randoms())
def test_the_order_of_ballots_does_not_matter(ballots, seats, rule, random):
    contest = Contest(seats, NAMES)
    shuffled = random.sample(ballots, len(ballots))
    assert counted(ballots, contest, rule) == counted(shuffled, contest, rule)


@given(BALLOTS, st.integers(1, 5), RULES, st.permutations(NAMES))
def test_names_and_places_on_the_paper_do_not_matter(ballots, seats, rule, order):
    ours, theirs = counted(ballots, Contest(seats, NAMES), rule), counted(ballots, Contest(seats, tuple(order)), rule)
    assert set(ours.elected) == set(theirs.elected)
    assert set(ours.tied) == set(theirs.tied)
    renamed = dict(zip(NAMES, order, strict=True))
    moved = [replace(b, marks=tuple((renamed[name], mark) for name, mark in b.marks)) for b in ballots]
    again = counted(moved, Contest(seats, tuple(order)), rule)
    assert [renamed.get(name, name) for name in ours.elected] == list(again.elected)


@given(BALLOTS, st.integers(1, 5), RULES)
def test_seats_add_up_and_winners_have_what_is_needed(ballots, seats, rule):
    found = counted(ballots, Contest(seats, NAMES), rule)
    votes = {count.name: count.in_favour for count in found.tally.counts}
    assert len(found.elected) + (found.next.seats if found.next else 0) <= seats
    assert all(votes[name] >= found.needed for name in found.elected)
    if found.outcome in (Outcome.COMPLETE, Outcome.RUNOFF, Outcome.SUPPLEMENTARY):
        assert len(found.elected) + (found.next.seats if found.next else 0) == seats
        assert found.base > rule.turnout_over * 30
        assert all(votes[name] > rule.winners_over * found.base for name in found.elected)
        beaten = [n for name, n in votes.items() if name not in found.elected]
        assert not found.elected or min(votes[name] for name in found.elected) >= max(beaten, default=0)
    if found.outcome is Outcome.RUNOFF:
        assert len({votes[name] for name in found.tied}) == 1
        assert len(found.tied) > found.next.seats


@given(BALLOTS, st.integers(1, 5), RULES, st.data())
def test_one_more_vote_never_costs_a_seat(ballots, seats, rule, data):
    """Monotonicity: where an abstention turns into approval without making the ballot invalid."""
    contest = Contest(seats, NAMES)
    before = counted(ballots, contest, rule)
    at = data.draw(st.integers(0, len(ballots) - 1))
    name = data.draw(st.sampled_from(NAMES))
    kept = tuple((who, mark) for who, mark in ballots[at].marks if who != name)
    better = [*ballots[:at], replace(ballots[at], marks=(*kept, (name, Mark.FOR))), *ballots[at + 1 :]]
    after = counted(better, contest, rule)
    if name in before.elected and after.tally.valid == before.tally.valid:
        assert name in after.elected


@given(BALLOTS, st.integers(1, 5))
def test_two_entries_of_the_same_ballots_agree_whatever_their_order(ballots, seats):
    first, _ = count_ballots(ballots, Contest(seats, NAMES), RULE, entitled=30, issued=len(ballots))
    second, _ = count_ballots(ballots[::-1], Contest(seats, NAMES[::-1]), RULE, entitled=30, issued=len(ballots))
    assert compare_tallies(first, second) == ()


@given(st.data())
def test_every_number_that_differs_between_two_entries_is_named(data):
    first = sheet({"李明": 12, "陆阿姨": 5})
    field = data.draw(st.sampled_from(["entitled", "issued", "returned", "valid", "invalid"]))
    by = data.draw(st.integers(1, 9))
    found = compare_tallies(first, replace(first, **{field: getattr(first, field) + by}))
    assert [(d.field, d.second - d.first) for d in found] == [(field, by)]
    count = data.draw(st.sampled_from(["in_favour", "against", "abstained"]))
    changed = replace(first.counts[1], **{count: getattr(first.counts[1], count) + by})
    found = compare_tallies(first, replace(first, counts=(first.counts[0], changed)))
    assert [(d.field, d.name) for d in found] == [(count, "陆阿姨")]


def test_a_person_missing_from_one_entry_is_named():
    first = sheet({"李明": 12, "陆阿姨": 5})
    found = compare_tallies(first, replace(first, counts=first.counts[:1]))
    assert {d.name for d in found} == {"陆阿姨"}
    assert "第二次录入 缺" in found[0].sentence
