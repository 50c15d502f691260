"""The sheet: which numbers it has, which cannot be right, where two keyings differ."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.ground.seasons.rules import KINDS, Book
from yishiting.instruments.ballots.judging import election_rule, judge, rule_of, satisfaction_rule, vote_rule
from yishiting.instruments.ballots.rules import (
    Kind,
    Option,
    Sheet,
    contradictions,
    differences,
    doubled,
    fields,
    read_written_in,
    returned_too_many,
    whole,
)
from yishiting.methods.errors import Unusable
from yishiting.methods.satisfaction import Formula
from yishiting.methods.votes import VoteBase

USUAL = {key: kind.value for key, kind in KINDS.items()}


def book(**values: object) -> Book:
    return Book("test/2026/1", {**USUAL, **{key.replace("__", "."): value for key, value in values.items()}})


def sheet(kind: Kind = Kind.DECISION, *, on_paper: bool = True, **more: object) -> Sheet:
    rule = rule_of(kind, book()) | {"round_kind": "first", "round_number": 1}
    options = (Option("a", "李明"), Option("b", "王芳")) if kind is Kind.ELECTION else ()
    return Sheet(kind, on_paper, options, 1, rule, entitled=12, present=10, **more)


def test_the_rulebook_names_the_majority() -> None:
    rule = vote_rule(book(vote__majority="two_thirds_of_all"))
    assert (rule.share, rule.over, rule.base) == (Fraction(2, 3), False, VoteBase.ALL)
    with pytest.raises(Unusable, match="不认识"):
        vote_rule(book(vote__majority="most_of_them"))


def test_the_rulebook_names_the_formula_and_the_election() -> None:
    assert satisfaction_rule(book()).formula is Formula.SHARE_OF_VALID
    assert satisfaction_rule(book()).gate == Fraction(19, 20)
    assert election_rule(book(election__most_rounds=2)).most_rounds == 2
    with pytest.raises(Unusable, match="不认识"):
        satisfaction_rule(book(review__satisfaction_formula="by feeling"))


def test_a_paper_sheet_asks_for_ballots_and_a_show_of_hands_does_not() -> None:
    assert [f.key for f in fields(sheet())] == ["issued", "returned", "valid", "invalid", "for", "against", "abstain"]
    assert [f.key for f in fields(sheet(on_paper=False))] == ["for", "against", "abstain"]
    assert [(f.key, f.about) for f in fields(sheet(Kind.ELECTION, on_paper=False))] == [
        ("0:for", "李明"),
        ("0:against", "李明"),
        ("1:for", "王芳"),
        ("1:against", "王芳"),
    ]


def test_a_sheet_is_whole_or_says_what_is_missing() -> None:
    with pytest.raises(Unusable, match="还没有填弃权"):
        whole(sheet(on_paper=False), {"for": 3, "against": 2})
    with pytest.raises(Unusable, match="计票表上没有maybe"):
        whole(sheet(on_paper=False), {"for": 3, "against": 2, "abstain": 0, "maybe": 1})
    with pytest.raises(Unusable, match="反对不能是负数"):
        whole(sheet(on_paper=False), {"for": 3, "against": -2, "abstain": 0})


def paper(issued: int = 10, returned: int = 10, valid: int = 10, invalid: int = 0, **votes: int) -> dict[str, int]:
    return {"issued": issued, "returned": returned, "valid": valid, "invalid": invalid, **votes}


YES = {"for": 6, "against": 3, "abstain": 1}


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (paper(issued=11, **YES), "发出11张，多于实到有表决权的10人"),
        (paper(invalid=1, **YES), "有效票10加无效票1等于11，与收回的10张对不上"),
        (paper(**{**YES, "for": 7}), "赞成、反对、弃权合计11，与有效票10张对不上"),
    ],
)
def test_what_cannot_be_right_is_named(counts: dict[str, int], says: str) -> None:
    assert says in "；".join(contradictions(sheet(), counts))


def test_more_hands_than_people_are_named() -> None:
    assert "举手合计11人" in contradictions(sheet(on_paper=False), {"for": 9, "against": 2, "abstain": 0})[0]
    aside = sheet(on_paper=False, recused_present=2)
    assert "多于实到有表决权的8人" in contradictions(aside, {"for": 9, "against": 0, "abstain": 0})[0]


def test_more_returned_than_issued_is_no_slip_but_voids_the_vote() -> None:
    counts = paper(returned=11, valid=11, **{**YES, "for": 7})
    assert "整次无效" in returned_too_many(sheet(), counts)
    assert judge(sheet(), counts).void
    assert judge(sheet(), paper(**YES)).void == ""


@given(st.integers(0, 10), st.integers(0, 10), st.integers(0, 10))
def test_a_decision_is_judged_by_the_stored_rule(yes: int, no: int, rest: int) -> None:
    counts = {"for": yes, "against": no, "abstain": rest}
    if contradictions(sheet(on_paper=False), counts):
        with pytest.raises(Unusable):
            judge(sheet(on_paper=False), counts)
        return
    result = judge(sheet(on_paper=False), counts).result
    assert result["passed"] == (yes > 5 and yes > no)
    assert result["rule"]["share"] == "1/2"


@given(st.dictionaries(st.sampled_from(["for", "against", "abstain"]), st.integers(0, 99), min_size=3))
def test_a_sheet_never_differs_from_itself(counts: dict[str, int]) -> None:
    one = sheet(on_paper=False)
    assert differences(one, counts, counts) == []
    changed = {**counts, "for": counts["for"] + 1}
    assert [row["label"] for row in differences(one, counts, changed)] == ["赞成"]


def test_differences_are_named_in_the_order_of_the_sheet() -> None:
    first = {"0:for": 6, "0:against": 1, "1:for": 3, "1:against": 0, "other:赵六": 2}
    second = {"0:for": 5, "0:against": 1, "1:for": 4, "1:against": 0}
    found = differences(sheet(Kind.ELECTION, on_paper=False), first, second)
    assert [(row["label"], row["first"], row["second"]) for row in found] == [
        ("李明的赞成票", 6, 5),
        ("王芳的赞成票", 3, 4),
        ("赵六的赞成票", 2, 0),
    ]


def test_names_written_on_ballots_are_read_as_people_write_them() -> None:
    assert read_written_in("张三 2\n 李 四\u30003 \n\n") == {"other:张三": 2, "other:李四": 3}
    with pytest.raises(Unusable, match="看不懂"):
        read_written_in("张三两票")
    with pytest.raises(Unusable, match="写了两行"):
        read_written_in("张三 2\n张 三 1")


def test_a_name_on_the_paper_is_not_written_in_again() -> None:
    counts = {**dict.fromkeys((f"{n}:{key}" for n in range(2) for key in ("for", "against")), 1), "other:李　明": 2}
    with pytest.raises(Unusable, match="李明本来就在选票上"):
        whole(sheet(Kind.ELECTION, on_paper=False), counts)


def test_two_spellings_of_one_name_are_one_name_on_the_paper() -> None:
    assert doubled([Option("1", "买买提·艾力"), Option("2", "买买提•艾力"), Option("3", "李明")]) == [
        "买买提·艾力",
        "买买提•艾力",
    ]


def test_an_election_names_whom_it_elected_by_key() -> None:
    votes = {"0:for": 7, "0:against": 1, "0:abstain": 2, "1:for": 3, "1:against": 5, "1:abstain": 2}
    result = judge(sheet(Kind.ELECTION), paper(**votes)).result
    assert result["elected_keys"] == ["a"]
    assert result["outcome"] == "complete"
    assert "李明得 7 票，当选" in result["sentence"]


def test_satisfaction_by_its_formula_and_nothing_for_a_small_sample() -> None:
    rated = judge(sheet(Kind.SATISFACTION), paper(satisfied=8, mostly=2, unsatisfied=0)).result
    assert rated["percentage"].startswith("100")
    few = paper(issued=4, returned=4, valid=4, satisfied=3, mostly=1, unsatisfied=0)
    assert judge(sheet(Kind.SATISFACTION), few).result["percentage"] is None
