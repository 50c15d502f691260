"""Screening, appeal, merging, splitting: what each allows, what it refuses, what is never lost."""

from datetime import date

import pytest

from tests.cast import OPERATOR, Cast
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.ledger.queries import history_of
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    appeal,
    assign_suggestion,
    classify_suggestion,
    decide_appeal,
    load_categories,
    merge_suggestions,
    screen_suggestion,
    split_suggestion,
    submit_suggestion,
    supplement_suggestion,
    unmerge_suggestion,
    unsplit_suggestion,
)
from yishiting.year.suggestions.models import Category, Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of, households
from yishiting.year.suggestions.states import State

ALL_PASS = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")
ONE_FAILS = ALL_PASS | {"public_interest": "fail"}


def said(cast: Cast, text: str = "3号楼门口的路灯坏了半个月，晚上看不见路", phone: str = "13911112222") -> Suggestion:
    return submit_suggestion(cast.zaobei, by=Visitor(), text=text, phone=phone)


def test_four_passes_make_a_valid_suggestion(cast: Cast) -> None:
    one = screen_suggestion(said(cast), by=cast.liu, **ALL_PASS, result="valid")
    assert one.state == State.VALID
    assert Entry.objects.latest("seq").facts["marks"] == ALL_PASS
    assert "初审有效" in Message.objects.latest("created_at").body


@pytest.mark.parametrize(
    ("marks", "result", "reason", "sentence"),
    [
        ({"factual": "pass"}, "valid", "", "还有3项标准没有判断"),
        (ONE_FAILS, "valid", "", "四项标准都符合"),
        (ONE_FAILS, "not_admissible", " ", "请写明理由"),
        (ALL_PASS, "not_admissible", "不想办", "没有一项"),
        (ALL_PASS, "thrown_away", "", "请选择初审结果"),
    ],
)
def test_a_result_must_follow_from_the_marks(cast: Cast, marks, result, reason, sentence) -> None:
    one, before = said(cast), Entry.objects.count()
    with pytest.raises(Refused, match=sentence):
        screen_suggestion(one, by=cast.liu, **marks, result=result, reason=reason)
    assert Entry.objects.count() == before
    assert not one.screenings.exists()


def test_two_people_screening_one_suggestion(cast: Cast) -> None:
    one = said(cast)
    opened_earlier = Suggestion.objects.get(pk=one.pk)
    screen_suggestion(one, by=cast.liu, **ALL_PASS, result="valid")
    with pytest.raises(WrongState, match="有效建议"):
        screen_suggestion(opened_earlier, by=cast.wang, **ALL_PASS, result="valid")


def test_another_community_may_not_screen(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        screen_suggestion(said(cast), by=cast.qian, **ALL_PASS, result="valid")


def test_more_is_asked_for_and_added_by_the_proposer(cast: Cast) -> None:
    one = screen_suggestion(
        said(cast),
        by=cast.liu,
        **(ALL_PASS | {"factual": "more_work"}),
        result="more_work",
        reason="请说明是哪一盏灯",
    )
    with pytest.raises(NotAllowed, match="后四位"):
        supplement_suggestion(one, by=Visitor(), text="东门那盏", tail="0000")
    supplement_suggestion(one, by=Visitor(), text="东门那盏", tail="2222")
    assert (one.state, one.text) == (State.RECEIVED, "3号楼门口的路灯坏了半个月，晚上看不见路")


def test_an_appeal_is_decided_by_another_person(cast: Cast) -> None:
    one = screen_suggestion(said(cast), by=cast.wang, **ONE_FAILS, result="not_admissible", reason="个人事务")
    appeal(one, by=Visitor(), text="整栋楼都受影响", tail="2222")
    with pytest.raises(NotAllowed, match="另一个人"):
        decide_appeal(one, by=cast.wang, valid=True, decision="改为有效")
    appoint(cast.zaobei, by=OPERATOR, person=cast.qian, office=Office.COMMUNITY_SECRETARY, since=date(2026, 1, 1))
    decide_appeal(one, by=cast.qian, valid=True, decision="确实影响整栋楼")
    assert one.state == State.VALID
    assert one.appeals.get().decision == "确实影响整栋楼"


def test_an_appeal_after_its_time_is_told_what_else_to_do(cast: Cast, clock) -> None:
    one = screen_suggestion(
        said(cast), by=cast.liu, **ONE_FAILS, result="transferred", reason="请物业办", transferred_to="物业"
    )
    clock.to(date(2026, 5, 29))
    with pytest.raises(Refused, match="重新提一条"):
        appeal(one, by=Visitor(), text="没有人来", tail="2222")


def test_merging_keeps_every_word_and_answers_everyone(cast: Cast) -> None:
    main, twin = said(cast), said(cast, "东门的灯不亮，老人摔了一跤", "13933334444")
    merge_suggestions(main, by=cast.liu, others=[twin])
    twin.refresh_from_db()
    assert (twin.state, twin.text, twin.merged_into) == (State.MERGED, "东门的灯不亮，老人摔了一跤", main)
    assert (len(cluster_of(main)), households(cluster_of(main))) == (2, 2)
    screen_suggestion(main, by=cast.liu, **ALL_PASS, result="valid")
    answer_suggestion(main, by=cast.liu, kind="settled", text="路灯已修好")
    twin.refresh_from_db()
    assert twin.answered_on == date(2026, 3, 5)
    told = [m.address for m in Message.objects.all() if "路灯已修好" in m.body]
    assert sorted(told) == ["13911112222", "13933334444"]
    assert list(history_of([twin]).values_list("verb", flat=True)) == ["suggestion.submit", "suggestion.merge"]


def test_unmerging_restores_what_was(cast: Cast) -> None:
    main, twin = said(cast), said(cast, "东门的灯不亮", "13933334444")
    screen_suggestion(twin, by=cast.liu, **ALL_PASS, result="valid")
    merge_suggestions(main, by=cast.liu, others=[twin])
    twin.refresh_from_db()
    unmerge_suggestion(twin, by=cast.liu, reason="是另一盏灯")
    assert (twin.state, twin.merged_into) == (State.VALID, None)


def test_suggestions_of_two_places_are_merged_above_both(cast: Cast) -> None:
    main = said(cast)
    far = submit_suggestion(cast.zaonan, by=Visitor(), text="东门的灯不亮")
    with pytest.raises(Refused, match="麦子店街道合并"):
        merge_suggestions(main, by=cast.liu, others=[far])
    far.refresh_from_db()
    assert far.state == State.RECEIVED


def test_a_mixed_suggestion_is_split_and_counted_once(cast: Cast) -> None:
    whole = said(cast, "灯坏了，另外车棚漏雨")
    split_suggestion(whole, by=cast.liu, parts=["灯坏了", "车棚漏雨"])
    assert (whole.state, whole.text) == (State.SPLIT, "灯坏了，另外车棚漏雨")
    assert Suggestion.objects.filter(split_from=None).count() == 1
    unsplit_suggestion(whole, by=cast.liu, reason="其实是一件事")
    assert whole.state == State.RECEIVED
    assert set(Suggestion.objects.filter(split_from=whole).values_list("state", flat=True)) == {State.STRUCK}


def test_one_matter_is_not_split(cast: Cast) -> None:
    with pytest.raises(Refused, match="至少要写两件事"):
        split_suggestion(said(cast), by=cast.liu, parts=["灯坏了", " "])


def test_a_community_cannot_lead_a_government_duty(cast: Cast) -> None:
    load_categories(cast.district, by=OPERATOR)
    one = said(cast)
    with pytest.raises(WrongState, match="请先“初审”"):
        assign_suggestion(one, by=cast.liu, responsible=cast.wang)
    screen_suggestion(one, by=cast.liu, **ALL_PASS, result="valid")
    assign_suggestion(one, by=cast.liu, responsible=cast.wang)
    roads = Category.objects.get(path="出行/道路和出入口")
    with pytest.raises(Refused, match="社区不能作主办单位"):
        classify_suggestion(one, by=cast.liu, category=roads, responsible_level="district")
    classify_suggestion(one, by=cast.liu, category=roads, responsible_level="community")
    assert one.category.maps_to.name == "公共服务"
