"""Score sheets: exact sums, the dropped extremes, judges' habits taken out, and money only where the order is certain."""

import json
import random
from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.judge_effects import judge_effects
from yishiting.methods.score_sheets import Aggregation, Criterion, ScoreRule, Sheet, compare_sheets
from yishiting.methods.scoring import majority_gauge, majority_value, mean_places, score, trimmed

ONE = (Criterion("总分", Fraction(1), Fraction(100)),)
JUDGES = tuple("甲乙丙丁戊己庚")
PROJECTS = ("修路", "加梯", "绿地", "食堂", "路灯")


def rule(method=Aggregation.TRIMMED, *, drop_from=5, fewest=1, funded=None, criteria=ONE):
    return ScoreRule(criteria, method, drop_from, fewest, funded)


def sheets(table: dict[str, list], judges=JUDGES) -> list[Sheet]:
    """Project → scores by judge; None: no sheet, "回避": recused."""
    found = []
    for project, row in table.items():
        for judge, given_ in zip(judges, row, strict=False):
            if given_ == "回避":
                found.append(Sheet(judge, project, recused=True))
            elif given_ is not None:
                found.append(Sheet(judge, project, (Fraction(given_),)))
    return found


def figures(result):
    return {row.project: row.figure for row in result.rows}


# ── Figures ──


def test_weighted_criteria_add_up_exactly():
    criteria = (Criterion("受益", Fraction("0.3"), Fraction(10)), Criterion("可行", Fraction("0.7"), Fraction(10)))
    found = score([Sheet("甲", "修路", (Fraction("8.1"), Fraction("9.2")))], rule(criteria=criteria))
    assert figures(found) == {"修路": Fraction("8.87")}


@pytest.mark.parametrize(
    ("row", "figure", "dropped"),
    [
        ([60, 80, 85, 90, 100], 85, (60, 100)),
        ([60, 80, 90, 100], Fraction(165, 2), ()),
        ([70, 70, 70, 70, 70], 70, (70, 70)),
    ],
)
def test_one_highest_and_one_lowest_are_dropped_from_five_sheets_on(row, figure, dropped):
    (found,) = score(sheets({"修路": row}), rule()).rows
    assert (found.trimmed, found.dropped) == (figure, dropped)
    assert found.mean == Fraction(sum(row), len(row))


def test_counts_and_spread_stand_beside_each_figure():
    found = score(sheets({"修路": [60, 80, None, "回避", 90], "加梯": [70] * 5}), rule()).rows
    road = next(row for row in found if row.project == "修路")
    assert (road.sheets, road.recused, road.missing, road.lowest, road.highest, road.median) == (3, 1, 1, 60, 90, 80)


def test_a_sheet_with_a_blank_is_left_out_and_named():
    criteria = (*ONE, Criterion("可行", Fraction(1), Fraction(10)))
    found = score(
        [Sheet("甲", "修路", (Fraction(8), None)), Sheet("乙", "修路", (Fraction(8), Fraction(1)))],
        rule(criteria=criteria),
    )
    assert found.rows[0].sheets == 1
    assert "甲对修路" in found.left_out[0]


def test_too_few_sheets_give_no_place():
    found = score(sheets({"修路": [90, "回避", None], "加梯": [70, 70, 70]}), rule(fewest=2, funded=1))
    assert [(row.project, row.place, row.funded) for row in found.rows] == [("加梯", 1, True), ("修路", None, False)]
    assert "修路只有 1 份" in found.warnings[0]


# ── Judges' habits ──


def test_a_strict_judge_on_one_side_only_does_not_sink_a_project():
    """丙 gives everybody twenty less; 甲 is recused from the better project."""
    table = {"修路": ["回避", 88, 68], "加梯": [84, 84, None], "绿地": [80, 80, 60]}
    found = score(sheets(table), rule(funded=1))
    adjusted = {row.project: row.adjusted for row in found.rows}
    assert adjusted["修路"] - adjusted["加梯"] == 4
    assert found.rows[0].project == "加梯"
    assert "修路" in found.warnings[0]
    assert found.judges["丙"] == Fraction(-40, 3)


def test_projects_without_a_common_judge_are_said_to_be_apart():
    found = score(sheets({"修路": [80, 70, None, None], "加梯": [None, None, 60, 65]}), rule(funded=1))
    assert "没有共同的评委" in found.warnings[0]


TABLES = st.dictionaries(
    st.tuples(st.sampled_from(JUDGES), st.sampled_from(PROJECTS)), st.fractions(0, 100, max_denominator=4), min_size=1
)
FULL = st.lists(
    st.lists(st.integers(0, 100).map(Fraction), min_size=len(JUDGES), max_size=len(JUDGES)), min_size=1, max_size=5
).map(lambda rows: {(j, PROJECTS[p]): x for p, row in enumerate(rows) for j, x in zip(JUDGES, row, strict=True)})


@given(FULL)
def test_with_every_sheet_in_the_adjusted_figure_is_the_mean(totals):
    found = judge_effects(totals)
    for project, value in found.projects.items():
        own = [total for (_, name), total in totals.items() if name == project]
        assert value == sum(own) / len(own)


@given(TABLES)
def test_what_is_left_over_is_as_small_as_can_be(totals):
    """Least squares: residuals sum to zero for each judge and each project (the normal equations)."""
    found = judge_effects(totals)
    for side in (0, 1):
        left = Counter()
        for key, total in totals.items():
            left[key[side]] += total - found.projects[key[1]] - found.judges[key[0]]
        assert not any(left.values())


@given(TABLES, st.sampled_from(JUDGES), st.integers(-20, 20))
def test_a_judge_giving_everybody_more_moves_nobody_past_anybody(totals, judge, more):
    before = judge_effects(totals)
    after = judge_effects({key: total + more * (key[0] == judge) for key, total in totals.items()})
    for part in before.apart:
        for a, b in combinations(part, 2):
            assert before.projects[a] - before.projects[b] == after.projects[a] - after.projects[b]


@given(TABLES)
def test_a_judge_of_one_project_alone_changes_no_difference_elsewhere(totals):
    before = judge_effects(totals)
    after = judge_effects({**totals, ("新评委", PROJECTS[0]): Fraction(3)})
    for part in before.apart:
        for a, b in combinations(part, 2):
            assert before.projects[a] - before.projects[b] == after.projects[a] - after.projects[b]


def test_the_adjusted_order_is_nearer_to_the_truth_when_each_judge_sees_a_third():
    """Simulation: 20 projects, 15 judges of different severity, five sheets each; mean Kendall tau over 20 runs."""
    chance, wins = random.Random(1), []
    for _ in range(20):
        worth = [chance.gauss(0, 1) for _ in range(20)]
        habit = [chance.gauss(0, 1) for _ in range(15)]
        totals = {
            (f"评委{j}", f"项目{p}"): Fraction(round(100 * (worth[p] + habit[j] + chance.gauss(0, 0.5))))
            for p in range(20)
            for j in chance.sample(range(15), 5)
        }
        adjusted = judge_effects(totals).projects
        plain = {p: [t for (_, q), t in totals.items() if q == p] for p in adjusted}
        means = {p: sum(own) / len(own) for p, own in plain.items()}
        wins.append(kendall(adjusted, worth) - kendall(means, worth))
    assert sum(wins) / len(wins) > 0.05


def kendall(found, worth):
    pairs = list(combinations(range(len(worth)), 2))
    agree = sum((found[f"项目{a}"] > found[f"项目{b}"]) == (worth[a] > worth[b]) for a, b in pairs)
    return 2 * agree / len(pairs) - 1


# ── The order ──

METHODS = st.sampled_from(Aggregation)
FUNDED = st.none() | st.integers(1, 4)


@given(TABLES, METHODS, FUNDED, st.randoms())
def test_the_order_of_sheets_and_names_of_judges_do_not_matter(totals, method, funded, chance):
    ours = [Sheet(judge, project, (total,)) for (judge, project), total in totals.items()]
    renamed = dict(zip(JUDGES, chance.sample(JUDGES, len(JUDGES)), strict=True))
    theirs = [Sheet(renamed[s.judge], s.project, s.scores) for s in chance.sample(ours, len(ours))]
    first, second = (score(s, rule(method, funded=funded)) for s in (ours, theirs))
    assert {row.project: row for row in first.rows} == {row.project: row for row in second.rows}
    assert set(first.tied) == set(second.tied)


@given(TABLES, METHODS, st.integers(1, 4), st.randoms())
def test_money_goes_to_as_many_as_said_and_never_past_a_better_place(totals, method, funded, chance):
    given_ = [Sheet(judge, project, (total,)) for (judge, project), total in totals.items()]
    able = {s.project for s in given_}
    drawn = score(given_, rule(method, funded=funded), chance.sample(PROJECTS, len(PROJECTS)))
    winners = [row for row in drawn.rows if row.funded]
    assert len(winners) == min(funded, len(able))
    losers = [row.place for row in drawn.rows if not row.funded]
    assert not losers or max(row.place for row in winners) <= min(losers)
    open_ = score(given_, rule(method, funded=funded))
    assert {row.project for row in open_.rows if row.funded} | set(drawn.tied) >= {row.project for row in winners}
    assert not any(row.funded for row in open_.rows if row.project in open_.tied)


@given(
    TABLES, st.sampled_from([m for m in Aggregation if m is not Aggregation.ADJUSTED]), st.integers(1, 30), st.data()
)
def test_a_higher_score_never_worsens_a_place(totals, method, more, data):
    at = data.draw(st.sampled_from(sorted(totals)))
    place = {}
    for name, table in (("before", totals), ("after", {**totals, at: totals[at] + more})):
        wide = (Criterion("总分", Fraction(1), Fraction(200)),)
        found = score([Sheet(j, p, (t,)) for (j, p), t in table.items()], rule(method, criteria=wide))
        place[name] = next(row.place for row in found.rows if row.project == at[1])
    assert place["after"] <= place["before"]


@given(st.lists(st.integers(0, 100).map(Fraction), min_size=1, max_size=9), st.integers(3, 6))
def test_a_trimmed_mean_stays_between_the_extremes_and_shrugs_off_one_outlier(totals, drop_from):
    value, dropped = trimmed(totals, drop_from)
    assert min(totals) <= value <= max(totals)
    assert bool(dropped) == (len(totals) >= drop_from)
    if dropped:
        ordered = sorted(totals)
        assert trimmed([*ordered[:-1], ordered[-1] + 1000], drop_from)[0] == value


def test_majority_judgment_prefers_the_larger_side_of_the_median():
    better = majority_gauge([Fraction(x) for x in (9, 8, 7, 7, 3)])
    worse = majority_gauge([Fraction(x) for x in (9, 7, 7, 3, 2)])
    assert better > worse
    assert majority_gauge([Fraction(1), Fraction(9)])[0] == 1


def test_by_rank_an_extreme_score_counts_no_more_than_a_place():
    fair = mean_places({(j, p): Fraction(x) for j in "甲乙丙" for p, x in (("修路", 80), ("加梯", 79))})
    pushed = mean_places(
        {(j, p): Fraction(x) for j in "甲乙丙" for p, x in (("修路", 80), ("加梯", 79 if j != "甲" else 0))}
    )
    assert fair == pushed == {"修路": 1, "加梯": 0}


def test_equals_share_a_place_and_the_lot_decides_about_money():
    table = {"修路": [80, 80, 80], "加梯": [80, 80, 80], "绿地": [90, 90, 90]}
    open_ = score(sheets(table), rule(funded=2))
    assert [row.place for row in open_.rows] == [1, 2, 2]
    assert set(open_.tied) == {"修路", "加梯"}
    assert [row.project for row in open_.rows if row.funded] == ["绿地"]
    drawn = score(sheets(table), rule(funded=2), ["加梯", "修路", "绿地"])
    assert {row.project for row in drawn.rows if row.funded} == {"绿地", "加梯"}
    with pytest.raises(Unusable, match="修路"):
        score(sheets(table), rule(funded=2), ["加梯"])


# ── Faults ──


@pytest.mark.parametrize(
    ("given_", "part"),
    [
        ([Sheet("甲", "修路", (Fraction(101),))], "不在 0 至 100 之间"),
        ([Sheet("甲", "修路", (Fraction(-1),))], "甲对修路"),
        ([Sheet("甲", "修路", (Fraction(1),))] * 2, "两份"),
        ([Sheet("甲", "修路", ())], "应为 1 项"),
        ([Sheet("甲", "修路", (Fraction(1),), recused=True)], "已回避，却有评分"),
    ],
)
def test_sheets_that_cannot_be_are_refused_by_name(given_, part):
    with pytest.raises(Unusable, match=part):
        score(given_, rule())


@pytest.mark.parametrize(
    "bad", [rule(drop_from=2), rule(funded=0), rule(criteria=()), rule(criteria=(Criterion("a", Fraction(0)),))]
)
def test_rules_that_cannot_be_are_refused(bad):
    with pytest.raises(Unusable):
        score([], bad)


@given(TABLES, st.data())
def test_two_entries_of_the_same_paper_are_compared_sheet_by_sheet(totals, data):
    first = [Sheet(judge, project, (total,)) for (judge, project), total in totals.items()]
    assert compare_sheets(first, first[::-1], rule()) == ()
    at = data.draw(st.integers(0, len(first) - 1))
    changed = [*first[:at], Sheet(first[at].judge, first[at].project, (first[at].scores[0] + 1,)), *first[at + 1 :]]
    (found,) = compare_sheets(first, changed, rule())
    assert f"{first[at].judge}对{first[at].project}的“总分”" in found
    (missing,) = compare_sheets(first, first[:at] + first[at + 1 :], rule())
    assert "只录入了一次" in missing


@given(TABLES, METHODS)
def test_the_result_is_json_with_its_rule(totals, method):
    assume(totals)
    found = score([Sheet(j, p, (t,)) for (j, p), t in totals.items()], rule(method, funded=1))
    kept = json.loads(json.dumps(found.as_dict(), ensure_ascii=False))
    assert kept["rule"]["method"] == method
    assert [Fraction(row["figure"]["exact"]) for row in kept["rows"]] == [row.figure for row in found.rows]


def test_where_the_gauge_ties_the_majority_value_decides():
    """Both have median 3 and as many above as below; taking the medians away, the second's are better."""
    first, second = [Fraction(n) for n in (1, 2, 3, 4, 5)], [Fraction(n) for n in (1, 2, 3, 5, 5)]
    assert majority_gauge(first) == majority_gauge(second)
    assert majority_value(first) < majority_value(second)


@given(st.lists(st.integers(0, 10), min_size=5, max_size=11), st.randoms(use_true_random=False))
def test_the_majority_value_never_contradicts_the_gauge(totals, dice):
    own = [Fraction(n) for n in totals]
    other = [Fraction(dice.randint(0, 10)) for _ in own]
    if majority_gauge(own) != majority_gauge(other):
        assert (majority_value(own) > majority_value(other)) == (majority_gauge(own) > majority_gauge(other))
    elif sorted(own) != sorted(other):
        assert majority_value(own) != majority_value(other)
