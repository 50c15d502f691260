"""The 1,000-point assessment: bounded, monotone, its weights always a thousand, no indicator on clicks."""

from dataclasses import replace
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yishiting.methods.assessment import Fact, Row, assess, busyness, check_table, rate_of, score_of, shares
from yishiting.methods.errors import Unusable

points = some.fractions(min_value=0, max_value=100, max_denominator=20)


@some.composite
def rows(draw: some.DrawFn) -> Row:
    full = draw(some.fractions(min_value=1, max_value=100, max_denominator=10))
    floor = draw(some.fractions(min_value=0, max_value=1, max_denominator=10)) * full
    weight = draw(some.integers(min_value=1, max_value=1000))
    return Row("a", "按期", weight, full, draw(points), draw(points), floor, draw(points))


@given(rows(), points, points)
def test_a_better_rate_never_scores_less_and_no_score_leaves_its_bounds(row: Row, one: F, other: F) -> None:
    low, high = sorted([one, other])
    assert row.floor <= score_of(row, low) <= score_of(row, high) <= row.full + row.bonus
    assert score_of(row, row.target) == row.full


@given(some.lists(some.integers(min_value=1, max_value=1000), min_size=1, max_size=9), some.data())
def test_whatever_applies_the_shares_come_to_a_thousand(weights: list[int], data: some.DataObject) -> None:
    table = [Row(f"r{n}", f"第{n}项", weight, F(100), F(95), F(1), F(0)) for n, weight in enumerate(weights)]
    applies = data.draw(some.sets(some.sampled_from([row.code for row in table]), min_size=1))
    parts = shares(table, applies)
    assert sum(parts.values()) == 1000
    assert all((parts[row.code] > 0) is (row.code in applies) for row in table)
    kept = [row for row in table if row.code in applies]
    assert all(parts[a.code] * b.weight == parts[b.code] * a.weight for a in kept for b in kept), "in proportion"


@given(some.lists(some.tuples(some.integers(0, 40), some.integers(0, 40)), min_size=1, max_size=9))
def test_the_sum_lies_between_nought_and_a_thousand(counts: list[tuple[int, int]]) -> None:
    table = [Row(f"r{n}", f"第{n}项", 10 + n, F(100), F(95), F(2), F(10), F(5)) for n in range(len(counts))]
    facts = {f"r{n}": Fact(min(pair), max(pair)) for n, pair in enumerate(counts)}
    total = assess(table, facts).total
    assert (total is None) is all(fact.total < 5 for fact in facts.values())
    assert total is None or 0 <= total <= 1000


#: What nine published pairs of a city came to: rate and score, of the same full, slope, floor and target.
VISITS = Row("v", "回访满意", 1000, F(25), F(98), F("0.5"), F("12.5"))
OLDER = Row("v", "回访满意", 1000, F(25), F(95), F("0.5"), F("12.5"))
TIMELY = Row("t", "按期办结", 1000, F(25), F(100), F(1), F(0))


@pytest.mark.parametrize(
    ("row", "rate", "score"),
    [
        (VISITS, "75", "13.5"), (VISITS, "83.33", "17.665"), (VISITS, "87.5", "19.75"), (VISITS, "71.43", "12.5"),
        (VISITS, "50", "12.5"), (OLDER, "70.59", "12.795"), (TIMELY, "89.82", "14.82"), (TIMELY, "66.67", "0"),
    ],
)  # fmt: skip
def test_the_scores_that_a_city_published(row: Row, rate: str, score: str) -> None:
    assert score_of(row, F(rate)) == F(score)


def test_too_few_cases_have_no_percentage_and_give_their_weight_away() -> None:
    table = [
        Row("a", "满意率", 600, F(100), F(95), F(2), F(0), veto=F(60)),
        Row("b", "按期", 300, F(100), F(100), F(1), F(0)),
        Row("c", "核定", 100, F(100), F(0), F(0), F(0)),
    ]
    done = assess(table, {"a": Fact(4, 4), "b": Fact(9, 10), "c": Fact(points=F(80))})
    assert [one.share for one in done.rows] == [0, 750, 250]
    assert done.total == 750 * F(9, 10) + 250 * F(8, 10)
    failed = assess(table, {"a": Fact(5, 10), "b": Fact(3, 10, exempt=True)})
    assert failed.vetoed == ("a",)
    assert [one.rate for one in failed.rows] == [50, 30, None], "an exempt row keeps its rate"
    assert failed.total == 1000 * F(10, 100)
    assert assess(table, {}).total is None
    assert rate_of(table[0], Fact(0, 0)) is None


BUSY = (
    "微信点击量", "点赞数", "登录次数", "人均登陆天数", "网站访问量", "上传照片数", "在线时长", "每日打卡率", "签到率", "登 录 率", "登-录",
    "log-ins per person", "Likes", "page views", "number of photographs", "hours online", "check-ins", "LOGIN rate", "ｌｉｋｅｓ",
)  # fmt: skip
SOUND = (
    "居民满意率",
    "按期答复率",
    "建议按期答复率",
    "answers in time",
    "likelihood of repair",
    "入户走访中提出的建议的答复率",
    "关注老年人的项目",
)


@pytest.mark.parametrize("label", BUSY)
def test_an_indicator_on_clicks_or_log_ins_is_refused(label: str) -> None:
    with pytest.raises(Unusable, match="不说明居民得到了什么"):
        check_table([Row("a", label, 1000, F(100), F(95), F(1), F(0))])


def test_what_people_get_may_be_counted() -> None:
    assert [label for label in SOUND if busyness(label)] == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"weight": 999}, "权重加起来是 999，应为 1000"), ({"floor": F(101)}, "保底分应在"), ({"slope": F(-1)}, "不能为负"),
        ({"target": F(101)}, "目标应在"), ({"veto": F(96)}, "一票否决线"), ({"fewest": 4}, "样本最少 5 件"), ({"full": F(0)}, "大于 0"),
    ],
)  # fmt: skip
def test_a_table_that_contradicts_itself_is_refused(changes: dict[str, Any], says: str) -> None:
    sound = Row("a", "按期", 1000, F(100), F(95), F(1), F(0))
    check_table([sound])
    with pytest.raises(Unusable, match=says):
        check_table([replace(sound, **changes)])


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(Unusable, match="自相矛盾"):
        assess([VISITS], {"v": Fact(6, 5)})
    with pytest.raises(Unusable, match="得分应在"):
        assess([VISITS], {"v": Fact(points=F(26))})
