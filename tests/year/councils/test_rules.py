"""Seat plans, ages, contests, terms: the arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.ground.seasons.rules import KINDS, Book
from yishiting.methods.errors import Unusable
from yishiting.methods.seat_rules import Method
from yishiting.year.councils import rules
from yishiting.year.councils.rules import Planned

BOOK = Book("usual/2026", {key: kind.value for key, kind in KINDS.items()})
SECTORS = {"resident": "居民", "two_committees_one_station": "两委一站"}
RULE = rules.seat_rule(BOOK, SECTORS, "largest_remainder")
EVERY_SECTOR = ("resident", "two_committees_one_station", "resident_unit", "migrant_resident")

lines = st.lists(st.tuples(st.sampled_from(EVERY_SECTOR), st.integers(0, 3000)), min_size=2, max_size=10).map(
    lambda rows: [Planned(f"第{n}组", sector, weight) for n, (sector, weight) in enumerate(rows)]
)


@given(lines, st.integers(5, 20), st.sampled_from(list(Method)))
def test_a_computed_plan_keeps_every_rule_or_is_refused_with_a_sentence(
    plan: list[Planned], total: int, method: Method
) -> None:
    rule = rules.seat_rule(BOOK, SECTORS, method)
    try:
        found = rules.plan_seats(plan, total, rule)
    except Unusable:
        return  # the sentences are looked at below, one by one
    assert found.total == total
    assert 10 <= total <= 15
    assert min(found.seats) >= 1
    for sector in SECTORS:
        assert sum(seats for line, seats in zip(plan, found.seats, strict=True) if line.sector == sector) >= 1
    by_hand = [
        Planned(line.name, line.sector, line.weight, seats) for line, seats in zip(plan, found.seats, strict=True)
    ]
    assert rules.plan_seats(by_hand, total, rule).seats == found.seats


@given(st.lists(st.integers(0, 6), min_size=2, max_size=8))
def test_a_plan_by_hand_passes_exactly_when_it_keeps_the_rules(seats: list[int]) -> None:
    sectors = ["resident", "two_committees_one_station", *["resident_unit"] * (len(seats) - 2)]
    plan = [
        Planned(f"第{n}组", sector, 100, given_) for n, (sector, given_) in enumerate(zip(sectors, seats, strict=True))
    ]
    keeps = 10 <= sum(seats) <= 15 and min(seats) >= 1
    if keeps:
        assert rules.plan_seats(plan, None, RULE).total == sum(seats)
    else:
        with pytest.raises(Unusable):
            rules.plan_seats(plan, None, RULE)


@pytest.mark.parametrize(
    ("plan", "total", "sentence"),
    [
        (
            [Planned("一组", "resident", 1, 6), Planned("站", "two_committees_one_station", 1, 3)],
            None,
            "议事代表每届10~15人",
        ),
        ([Planned("一组", "resident", 1, 10), Planned("二组", "resident", 1, 2)], None, "两委一站方面至少1席"),
        (
            [Planned("一组", "resident", 1, 10), Planned("站", "two_committees_one_station", 1, 0)],
            None,
            "推选单位每个至少 1 席",
        ),
        (
            [Planned("一组", "resident", 1, 9), Planned("站", "two_committees_one_station", 1, 3)],
            13,
            "合计12席，与总席位13席对不上",
        ),
        ([Planned("一组", "resident", 1), Planned("站", "two_committees_one_station", 1)], None, "请填写总席位数"),
        ([Planned("一组", "resident", 1), Planned("站", "two_committees_one_station", 1)], 11, "当众抽签"),
        ([Planned("一组", "resident", 1), Planned("站", "two_committees_one_station", 1)], 9, "总数为 10 至 15 席"),
        ([Planned("一组", "resident", 1), Planned("一组", "resident", 1)], 12, "写了两行"),
        ([Planned("一组", "resident", -1, 12)], 12, "负数"),
        ([], 12, "至少写一行"),
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused_with_the_rules_sentence(
    plan: list[Planned], total: int | None, sentence: str
) -> None:
    with pytest.raises(Unusable, match=sentence):
        rules.plan_seats(plan, total, RULE)


def test_lines_left_open_are_computed_beside_those_set_by_hand() -> None:
    plan = [
        Planned("一组", "resident", 600),
        Planned("二组", "resident", 300),
        Planned("站", "two_committees_one_station", 0, 3),
    ]
    found = rules.plan_seats(plan, 12, RULE)
    assert found.seats == (6, 3, 3)
    assert found.record["method"] == "largest_remainder"


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(1, 9))
def test_terms_follow_each_other_without_gap_or_overlap(begins: date, years: int) -> None:
    last = rules.last_day_of_term(begins, years)
    assert last > begins
    assert abs((last - begins).days - 365.25 * years) < 2
    assert rules.why_not_seat(last + timedelta(days=1), "第3届", last) is None
    assert rules.why_not_seat(last, "第3届", last) is not None


def test_three_years_from_a_day_end_the_day_before() -> None:
    assert rules.last_day_of_term(date(2026, 3, 20), 3) == date(2029, 3, 19)
    assert rules.last_day_of_term(date(2028, 2, 29), 3) == date(2031, 2, 28)


@pytest.mark.parametrize(
    ("born", "fine"), [(2008, True), (2009, False), (1950, True), (1850, False), (2030, False), (68, False)]
)
def test_a_candidate_is_old_enough_by_the_year(born: int, fine: bool) -> None:
    assert (rules.why_not_old_enough(born, date(2026, 3, 5), 18) is None) == fine
    assert rules.comes_of_age_this_year(2008, date(2026, 3, 5), 18)


def test_an_election_is_contested_everywhere() -> None:
    assert rules.why_not_contested([("一组", 3, 4), ("二组", 0, 0)], 1) is None
    said = rules.why_not_contested([("一组", 3, 3), ("二组", 2, 3)], 1)
    assert said is not None
    assert "一组应选3名，候选人3名，至少要4名" in said
    assert "二组" not in said


def test_names_that_meet_are_told_apart_on_the_paper() -> None:
    people = [("王芳", "2号楼", 1960), ("王芳", "3号楼", 1970), ("李明", "2号楼", 1980)]
    assert rules.ballot_labels(people) == ["王芳（2号楼）", "王芳（3号楼）", "李明"]
    assert rules.ballot_labels([("王芳", "2号楼", 1960), ("王芳", "2号楼", 1970)]) == [
        "王芳（1960年生）",
        "王芳（1970年生）",
    ]


@given(
    st.lists(st.sampled_from(["王芳", " 王芳", "李明", "赵四", ""]), max_size=5),
    st.lists(st.sampled_from(["王芳", "张三"]), max_size=3),
)
def test_no_candidate_counts(tellers: list[str], candidates: list[str]) -> None:
    both = rules.candidates_standing_as_tellers(tellers, candidates)
    assert set(both) == {name.strip() for name in tellers} & set(candidates)
