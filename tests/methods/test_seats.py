"""Seats: against counting every possible plan, against a library where it is right, and the laws of each method."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.seat_rules import Constituency, GroupRule, Method, SeatRule
from yishiting.methods.seats import allot, broken_rules, possible_totals

HALF = Fraction(1, 2)
RULE = SeatRule(Method.LARGEST_REMAINDER, 10, 15, 1)
OVER_HALF = GroupRule("社区", "社区（村）代表须超过半数", over=HALF)
DIVISORS = [Method.DHONDT, Method.SAINTE_LAGUE, Method.ADAMS]


def free(*weights: int) -> list[Constituency]:
    return [Constituency(f"第{k}社区", weight, ("社区",)) for k, weight in enumerate(weights, start=1)]


def plain(method: Method, least: int = 0) -> SeatRule:
    return SeatRule(method, 0, 60, least)


# ── Every possible plan ──


def best_plans(total, constituencies, rule):
    """All plans that keep the rules at the least cost, the cost written as in the documentation."""
    ranges = [range(one.least, (total if one.most is None else one.most) + 1) for one in constituencies]
    plans = [plan for plan in product(*ranges) if sum(plan) == total and not broken_rules(plan, constituencies, rule)]
    costs = {plan: plan_cost(plan, total, constituencies, rule.method) for plan in plans}
    return [plan for plan in plans if costs[plan] == min(costs.values())]


def plan_cost(plan, total, constituencies, method):
    open_ = [(s, one) for s, one in zip(plan, constituencies, strict=True) if not one.fixed]
    weights = sum(one.weight for _, one in open_)
    seats = sum(s for s, _ in open_)
    if method is Method.LARGEST_REMAINDER:
        return (
            sum((s - Fraction(one.weight * seats, weights)) ** 2 for s, one in open_)
            if weights
            else sum(s * s for s, _ in open_)
        )
    without = sum(s for s, one in open_ if not one.weight)
    spread = sum(s * s for s, one in open_ if not one.weight)
    per_seat = {
        Method.DHONDT: lambda s, w: Fraction(s * (s + 1), w),
        Method.SAINTE_LAGUE: lambda s, w: Fraction(s * s, w),
        Method.ADAMS: lambda s, w: Fraction(s * (s - 1), w),
    }[method]
    return without, spread, sum(per_seat(s, one.weight) for s, one in open_ if one.weight)


@st.composite
def cases(draw, *, groups=True):
    many = draw(st.integers(1, 5))
    small = st.integers(0, 6) if draw(st.booleans()) else st.integers(0, 400)
    constituencies = []
    for k in range(many):
        least = draw(st.sampled_from([0, 0, 0, 1, 2]))
        most = draw(st.sampled_from([None, None, None, least, least + 1, 4]))
        tags = draw(st.sampled_from([("社区",), ("社区", "东片"), ("单位",), ()])) if groups else ()
        constituencies.append(Constituency(f"第{k}单位", draw(small), tags, least, most))
    rules = [
        GroupRule("社区", "社区代表须超过半数", over=HALF),
        GroupRule("东片", "东片至少一席", at_least=1),
        GroupRule("单位", "单位代表至多三席", at_most=3),
        GroupRule("单位", "须有单位代表", at_least=1),
    ]
    chosen = tuple(rule for rule in rules if draw(st.booleans())) if groups else ()
    rule = SeatRule(
        draw(st.sampled_from(Method)), 0, draw(st.sampled_from([9, 7])), draw(st.sampled_from([0, 1])), chosen
    )
    return draw(st.integers(0, 9)), constituencies, rule


@settings(max_examples=400)
@given(cases(), st.randoms())
def test_the_plan_is_the_best_of_all_plans_and_every_tie_is_reported(case, random):
    total, constituencies, rule = case
    best = best_plans(total, constituencies, rule)
    if not best:
        with pytest.raises(Unusable, match="不能同时满足"):
            allot(total, constituencies, rule)
        return
    undecided = allot(total, constituencies, rule)
    assert (undecided.open == 0) == (len(best) == 1)
    assert [min(plan[i] for plan in best) for i in range(len(constituencies))] == list(undecided.seats.values())
    possible = {name for tie in undecided.ties for name in tie.names}
    differing = {one.name for i, one in enumerate(constituencies) if len({plan[i] for plan in best}) > 1}
    assert possible == differing
    names = [one.name for one in constituencies]
    decided = allot(total, constituencies, rule, random.sample(names, len(names)))
    assert decided.open == 0
    assert tuple(decided.seats.values()) in best


# ── Laws ──

WEIGHTS = st.lists(st.integers(1, 500), min_size=1, max_size=8)


@given(cases(), st.randoms())
def test_the_order_in_which_constituencies_are_listed_does_not_matter(case, random):
    total, constituencies, rule = case
    names = [one.name for one in constituencies]
    lot = random.sample(names, len(names))
    try:
        ours = allot(total, constituencies, rule, lot)
    except Unusable:
        return
    theirs = allot(total, random.sample(constituencies, len(constituencies)), rule, lot)
    assert ours.seats == theirs.seats


@given(WEIGHTS, st.integers(0, 40), st.sampled_from(Method), st.integers(0, 2))
def test_seats_add_up_and_everyone_has_the_least(weights, total, method, least):
    needs = max(least, method is Method.ADAMS) * len(weights)
    assume(total >= needs)
    constituencies = free(*weights)
    found = allot(total, constituencies, plain(method, least), [one.name for one in constituencies])
    assert sum(found.seats.values()) == total
    assert min(found.seats.values()) >= least


@given(WEIGHTS, st.integers(0, 40))
def test_largest_remainder_stays_within_quota(weights, total):
    constituencies = free(*weights)
    found = allot(total, constituencies, plain(Method.LARGEST_REMAINDER), [one.name for one in constituencies])
    assert all(abs(share.seats - share.quota) < 1 for share in found.shares)


@given(WEIGHTS, st.integers(0, 40), st.sampled_from(DIVISORS), st.integers(0, 1))
def test_one_more_seat_never_takes_one_away(weights, total, method, least):
    """House monotonicity, promised by the divisor methods (largest remainder has the Alabama paradox)."""
    assume(total >= max(least, method is Method.ADAMS) * len(weights))
    constituencies, lot = free(*weights), [one.name for one in free(*weights)]
    before = allot(total, constituencies, plain(method, least), lot).seats
    after = allot(total + 1, constituencies, plain(method, least), lot).seats
    assert all(after[name] >= before[name] for name in before)


def test_largest_remainder_has_the_alabama_paradox_and_promises_nothing_else():
    constituencies = free(6, 6, 2)
    assert list(allot(10, constituencies, plain(Method.LARGEST_REMAINDER)).seats.values()) == [4, 4, 2]
    assert list(allot(11, constituencies, plain(Method.LARGEST_REMAINDER)).seats.values()) == [5, 5, 1]


@given(WEIGHTS, st.integers(1, 40), st.sampled_from(Method), st.integers(1, 300), st.data())
def test_more_weight_never_costs_a_seat(weights, total, method, more, data):
    assume(total >= (method is Method.ADAMS) * len(weights))
    i = data.draw(st.integers(0, len(weights) - 1))
    constituencies, lot = free(*weights), [one.name for one in free(*weights)]
    grown = [replace(one, weight=one.weight + more * (k == i)) for k, one in enumerate(constituencies)]
    name = constituencies[i].name
    assert (
        allot(total, grown, plain(method), lot).seats[name]
        >= allot(total, constituencies, plain(method), lot).seats[name]
    )


@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(0, 200)), min_size=2, max_size=6),
    st.integers(1, 30),
    st.sampled_from(DIVISORS),
)
def test_no_seat_goes_from_a_faster_to_a_slower_grower(pairs, total, method):
    """Population monotonicity of the divisor methods."""
    assume(total >= len(pairs) * (method is Method.ADAMS))
    before = free(*(a for a, _ in pairs))
    after = free(*(a + b for a, b in pairs))
    lot = [one.name for one in before]
    old, new = (list(allot(total, c, plain(method), lot).seats.values()) for c in (before, after))
    for i, (a, b) in enumerate(pairs):
        for j, (c, d) in enumerate(pairs):
            if Fraction(a + b, a) > Fraction(c + d, c):
                assert not (new[i] < old[i] and new[j] > old[j])


@given(WEIGHTS, st.integers(1, 40), st.sampled_from(Method), st.integers(2, 9))
def test_counting_in_another_unit_changes_nothing(weights, total, method, factor):
    assume(total >= (method is Method.ADAMS) * len(weights))
    ours = allot(total, free(*weights), plain(method))
    theirs = allot(total, free(*(factor * weight for weight in weights)), plain(method))
    assert ours.seats == theirs.seats


# ── Composition ──


def council(*weights: int, fixed: int = 6) -> list[Constituency]:
    office = Constituency("两委一站", 0, ("机构",), 3, 3)
    units = Constituency("驻区单位", 0, ("单位",), fixed - 3, fixed - 3)
    return [*free(*weights), office, units]


def test_fixed_seats_stand_outside_the_calculation():
    found = allot(15, council(300, 200, 100, fixed=5), replace(RULE, groups=(OVER_HALF,)))
    assert list(found.seats.values()) == [5, 3, 2, 3, 2]
    assert found.shares[0].quota == 5
    assert "社区（村）代表须超过半数：10 席。" in found.sentences


def test_over_half_for_the_communities_is_kept_against_the_weights():
    constituencies = [Constituency("大厂", 1000, ("单位",)), Constituency("学校", 800, ("单位",)), *free(90, 60, 50)]
    rule = SeatRule(Method.SAINTE_LAGUE, 10, 15, 1, (OVER_HALF,))
    found = allot(15, constituencies, rule)
    assert sum(list(found.seats.values())[2:]) == 8
    assert sum(list(allot(15, constituencies, replace(rule, groups=())).seats.values())[2:]) == 3


@pytest.mark.parametrize(
    ("total", "constituencies", "rule", "parts", "not_parts"),
    [
        (
            9,
            free(1, 2),
            RULE,
            ["合计 9 席", "总数为 10 至 15 席", "可行的合计：10、11、12、13、14、15 席"],
            ["至少 1 席"],
        ),
        (15, free(*range(1, 17)), RULE, ["合计 15 席；16 个推选单位每个至少 1 席", "没有可行的合计"], ["总数为"]),
        (
            15,
            council(3, 2, fixed=8),
            replace(RULE, groups=(OVER_HALF,)),
            ["社区（村）代表须超过半数", "两委一站固定 3 席", "驻区单位固定 5 席"],
            ["总数为"],
        ),
        (
            12,
            free(3, 2),
            replace(RULE, groups=(GroupRule("流动人员", "须有流动人员代表", at_least=1),)),
            ["须有流动人员代表（没有这样的推选单位）", "没有可行的合计"],
            ["合计 12", "总数为"],
        ),
        (
            12,
            [Constituency("甲", 1, (), 0, 5), Constituency("乙", 1, (), 1, 6)],
            RULE,
            ["合计 12 席", "甲至多 5 席", "乙至少 1 席、至多 6 席"],
            ["总数为"],
        ),
        (
            12,
            [Constituency("甲", 1, (), 0, 0), Constituency("乙", 1)],
            RULE,
            ["2 个推选单位每个至少 1 席；甲固定 0 席", "没有可行的合计"],
            ["合计 12"],
        ),
        (
            2,
            free(1, 2, 3),
            plain(Method.ADAMS),
            ["亚当斯法下 3 个推选单位每个至少 1 席", "合计 2 席", "可行的合计：3、4"],
            ["总数为"],
        ),
    ],
)
def test_demands_that_cannot_be_met_are_refused_with_the_clashing_rules_and_no_others(
    total, constituencies, rule, parts, not_parts
):
    with pytest.raises(Unusable) as refused:
        allot(total, constituencies, rule)
    assert all(part in refused.value.chinese for part in parts)
    assert not any(part in refused.value.chinese for part in not_parts)


def test_a_plan_set_by_hand_is_told_every_rule_it_breaks():
    rule = replace(RULE, groups=(OVER_HALF,))
    constituencies = council(3, 2, 1)
    assert broken_rules([4, 3, 2, 3, 3], constituencies, rule) == ()
    assert broken_rules([2, 1, 0, 3, 3], constituencies, rule) == (
        "总数为 10 至 15 席",
        "5 个推选单位每个至少 1 席",
        "社区（村）代表须超过半数",
    )
    with pytest.raises(Unusable):
        broken_rules([1], constituencies, rule)


def test_the_totals_that_can_work_are_named():
    assert possible_totals(council(3, 2, 1), replace(RULE, groups=(OVER_HALF,))) == (13, 14, 15)


# ── Ties ──


def test_a_tie_is_reported_and_left_open_until_the_lot_decides():
    found = allot(10, free(1, 1, 1), RULE)
    assert (found.open, list(found.seats.values())) == (1, [3, 3, 3])
    assert found.ties[0].names == ("第1社区", "第2社区", "第3社区")
    drawn = allot(10, free(1, 1, 1), RULE, ["第3社区", "第1社区", "第2社区"])
    assert (drawn.open, list(drawn.seats.values()), drawn.ties[0].chosen) == (0, [3, 3, 4], ("第3社区",))


def test_two_ties_at_once_are_told_apart():
    units = [Constituency("大厂", 10, ("单位",)), Constituency("学校", 10, ("单位",))]
    rule = SeatRule(Method.DHONDT, 1, 15, 0, (GroupRule("单位", "单位至多一席", at_most=1),))
    found = allot(2, [*free(10, 10), *units], rule)
    assert found.open == 2
    assert [(tie.names, tie.seats) for tie in found.ties] in (
        [(("第1社区", "第2社区", "大厂", "学校"), 2)],
        [(("第1社区", "第2社区"), 1), (("大厂", "学校"), 1)],
    )


def test_a_lot_that_leaves_out_the_tied_is_refused():
    with pytest.raises(Unusable, match="第2社区"):
        allot(10, free(1, 1, 1), RULE, ["第1社区", "第3社区"])


@pytest.mark.parametrize(
    ("constituencies", "part"),
    [
        ([], "没有推选单位"),
        ([Constituency("甲", 1), Constituency("甲", 2)], "甲出现两次"),
        ([Constituency("甲", -1)], "为负"),
    ],
)
def test_what_cannot_be_allotted_is_refused(constituencies, part):
    with pytest.raises(Unusable, match=part):
        allot(10, constituencies, RULE)


def test_groups_that_overlap_without_nesting_are_refused():
    constituencies = [
        Constituency("甲", 1, ("东", "西")),
        Constituency("乙", 1, ("东",)),
        Constituency("丙", 1, ("西",)),
    ]
    rules = (GroupRule("东", "东至少一席", at_least=1), GroupRule("西", "西至少一席", at_least=1))
    with pytest.raises(Unusable, match="交叉"):
        allot(10, constituencies, replace(RULE, groups=rules))


def test_the_plan_is_json_with_its_rule():
    kept = json.loads(
        json.dumps(allot(10, free(7, 5, 3), replace(RULE, groups=(OVER_HALF,))).as_dict(), ensure_ascii=False)
    )
    assert kept["shares"][0] == {
        "name": "第1社区",
        "weight": 7,
        "seats": 5,
        "quota": {"exact": "14/3", "decimal": "4.6667"},
    }
    assert kept["rule"]["groups"][0]["over"] == "1/2"


# ── A reference library ──

REFERENCE = {Method.DHONDT: "dhondt", Method.SAINTE_LAGUE: "saintelague", Method.ADAMS: "adams"}


@given(WEIGHTS, st.integers(1, 40), st.sampled_from(DIVISORS))
def test_the_divisor_methods_agree_with_the_reference_library(weights, total, method):
    from apportionment import methods

    assume(total >= len(weights))
    found = allot(total, free(*weights), plain(method))
    if not found.open:
        theirs = methods.compute(REFERENCE[method], weights, total, fractions=True)
        assert list(found.seats.values()) == list(theirs)


def test_the_reference_library_is_wrong_about_largest_remainders():
    """155, 155, 190 for five seats: quotas 1.55, 1.55, 1.9, so one of the first two is left to the lot."""
    found = allot(5, free(155, 155, 190), plain(Method.LARGEST_REMAINDER))
    assert list(found.seats.values()) == [1, 1, 2]
    assert (found.open, found.ties[0].names) == (1, ("第1社区", "第2社区"))
