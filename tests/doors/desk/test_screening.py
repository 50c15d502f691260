"""初审 over HTTP: the queue, the marks, the reasons, many at once, classes."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, Cast
from tests.doors.counting import queries_of
from tests.factories.suggestions import ALL_PASS as PASS
from tests.factories.suggestions import a_slip, a_suggestion, a_valid_one, many_alike
from yishiting.ground.ledger.models import Entry
from yishiting.year.suggestions.actions import (
    classify_suggestion,
    load_categories,
    screen_suggestion,
    supplement_suggestion,
)
from yishiting.year.suggestions.models import Category, Suggestion
from yishiting.year.suggestions.states import State

FAIL = PASS | {"public_interest": "fail"}


def queue(cast: Cast) -> str:
    return reverse("desk-screening", args=[cast.zaobei.code])


def said(page: Any) -> str:
    return page.content.decode()


def screen(desk: Client, one: Suggestion, **given: str) -> Any:
    sent = {"result": "valid", "reason": "", "reason_code": "", "category": "", "level": "", "revision": one.revision}
    return desk.post(reverse("suggestion-screen", args=[one.pk]), sent | given, follow=True)


def test_the_first_due_is_opened_with_its_words_and_the_next_follows(cast: Cast, sign_in) -> None:
    first, second = a_suggestion(cast), a_slip(cast)
    desk = sign_in(cast.liu)
    page = said(desk.get(queue(cast)))
    assert first.text in page
    assert "还有 2 条等待初审" in page
    after = said(screen(desk, first, **PASS))
    assert second.text in after
    assert "有效建议" in after
    first.refresh_from_db()
    assert first.state == State.VALID


def test_the_queue_can_be_passed_over_and_comes_round(cast: Cast, sign_in) -> None:
    first, second = a_suggestion(cast), a_slip(cast)
    desk = sign_in(cast.liu)
    assert second.text in said(desk.get(f"{queue(cast)}?after={first.receipt}"))
    assert first.text in said(desk.get(f"{queue(cast)}?after={second.receipt}"))
    assert first.text in said(desk.get(f"{queue(cast)}?after=nonsense"))


def test_an_empty_queue_says_what_comes_next(cast: Cast, sign_in) -> None:
    page = said(sign_in(cast.liu).get(queue(cast)))
    assert "没有等待初审的建议了" in page
    assert reverse("desk-merging", args=[cast.zaobei.code]) in page


def test_without_scripts_a_usual_reason_becomes_the_text(cast: Cast, sign_in) -> None:
    one = a_suggestion(cast)
    screen(sign_in(cast.liu), one, **FAIL, result="not_admissible", reason_code="personal")
    one.refresh_from_db()
    assert one.state == State.NOT_ADMISSIBLE
    assert one.screenings.get().reason == "这是个人事务，不属于社区公共事务或部分居民的共同需求。"
    assert one.answers.get().text == one.screenings.get().reason


def test_a_result_against_the_marks_is_told_and_what_was_typed_stays(cast: Cast, sign_in) -> None:
    one = a_suggestion(cast)
    page = screen(sign_in(cast.liu), one, **FAIL, result="valid", reason="楼里有二十户")
    assert page.status_code == 422
    assert "四项标准都符合，才能作为有效建议" in said(page)
    assert "楼里有二十户" in said(page)
    one.refresh_from_db()
    assert one.state == State.RECEIVED


def test_the_machine_proposes_class_and_level_and_a_person_confirms(cast: Cast, sign_in) -> None:
    load_categories(cast.district, by=OPERATOR)
    one = a_suggestion(cast)
    desk = sign_in(cast.liu)
    page = said(desk.get(queue(cast)))
    assert "系统建议：设施维修" in page
    assert "楼道灯" in page
    noise = Category.objects.get(path="扰民/噪声油烟")
    assert screen(desk, one, **PASS).status_code == 422
    screen(desk, one, **PASS, category=str(noise.pk), level="subdistrict")
    one.refresh_from_db()
    assert (one.state, one.category, one.responsible_level) == (State.VALID, noise, "subdistrict")
    verbs = list(Entry.objects.filter(subject_id=str(one.pk)).order_by("seq").values_list("verb", flat=True))
    assert verbs[-2:] == ["suggestion.screen", "suggestion.classify"]


def test_a_class_is_corrected_afterwards(cast: Cast, sign_in) -> None:
    load_categories(cast.district, by=OPERATOR)
    one, desk = a_valid_one(cast), sign_in(cast.liu)
    address = reverse("do", args=["suggestion.classify", one.pk])
    assert "分类分级" in said(desk.get(address))
    other = Category.objects.get(scheme__key="district", name="党群工作")
    desk.post(address, {"category": other.pk, "responsible_level": "community", "revision": one.revision})
    one.refresh_from_db()
    assert (one.category, one.responsible_level) == (other, "community")


def test_somebody_is_made_responsible_and_a_community_cannot_lead_a_government_duty(cast: Cast, sign_in) -> None:
    load_categories(cast.district, by=OPERATOR)
    one, desk = a_valid_one(cast), sign_in(cast.liu)
    roads = Category.objects.get(path="出行/道路和出入口")
    classify_suggestion(one, by=cast.liu, category=roads, responsible_level="district")
    address = reverse("do", args=["suggestion.assign", one.pk])
    page = said(desk.get(address))
    assert "王建国（枣营北里社区（村）党组织书记）" in page
    assert "钱进" not in page
    refused = desk.post(address, {"responsible": cast.wang.pk})
    assert refused.status_code == 422
    assert "社区不能作主办单位" in said(refused)
    assert "责任人是赵立" in said(desk.post(address, {"responsible": cast.zhao.pk}, follow=True))


def test_an_earlier_supplement_and_a_similar_one_stand_beside(cast: Cast, sign_in) -> None:
    one, twin = many_alike(cast, 2)
    screen_suggestion(one, by=cast.liu, **(PASS | {"factual": "more_work"}), result="more_work", reason="是哪一层")
    supplement_suggestion(one, by=cast.liu, text="二层到三层之间")
    page = said(sign_in(cast.liu).get(reverse("suggestion-screen", args=[one.pk])))
    assert "二层到三层之间" in page
    assert "是哪一层" in page
    assert twin.title in page
    assert "编号一致：2单元、3号楼" in page
    assert f"?with={twin.pk}" in page


def test_many_are_let_in_at_once_each_with_its_own_row(cast: Cast, sign_in) -> None:
    some = [a_slip(cast, text=f"{n}号楼的车棚漏雨，请修一修") for n in (1, 2, 3)]
    desk, before = sign_in(cast.liu), Entry.objects.count()
    page = said(desk.get(reverse("screening-at-once", args=[cast.zaobei.code])))
    assert all(str(one.pk) in page for one in some)
    address = reverse("desk-list-bulk", args=["screening-at-once"])
    wanted = {"of": cast.zaobei.code, "way": "suggestion.screen"}
    picks = [f"{some[0].pk}:{some[0].revision}", f"{some[2].pk}:{some[2].revision}", "nonsense"]
    asked = desk.post(address, {**wanted, "pick": picks})
    assert some[1].title not in said(asked)
    assert Entry.objects.count() == before, "nothing is done before it is asked once more"
    kept = re.findall(r'name="pick" value="([^"]*)"', asked.content.decode())
    assert set(kept) == set(picks[:2]), "the question keeps what was picked"
    after = said(desk.post(address, {**wanted, **dict(asked.context["kept"]), "pick": kept}, follow=True))
    assert "2条已办：四项都符合，作为有效建议" in after
    assert Entry.objects.count() == before + 2
    assert Suggestion.objects.filter(state=State.VALID).count() == 2
    assert "没有选中" in said(desk.post(address, {**wanted, "pick": [str(some[0].pk)]}, follow=True))


def test_where_the_title_says_it_all_the_words_are_not_said_again(cast: Cast, sign_in) -> None:
    a_slip(cast, text="车棚漏雨。"), a_slip(cast, text="路灯坏了。晚上看不见路。")
    page = said(sign_in(cast.liu).get(reverse("screening-at-once", args=[cast.zaobei.code])))
    assert re.search(r">\s*车棚漏雨。\s*<", page) is None
    assert re.search(r">\s*路灯坏了。晚上看不见路。\s*<", page)


def test_only_the_own_desk_screens(cast: Cast, sign_in) -> None:
    one = a_suggestion(cast)
    assert sign_in(cast.qian).get(queue(cast)).status_code == 403
    assert sign_in(cast.zhou).post(reverse("suggestion-screen", args=[one.pk]), PASS).status_code == 403
    assert Client().get(queue(cast)).status_code == 302


def test_a_page_opened_before_a_colleague_decided_is_stale(cast: Cast, sign_in) -> None:
    one = a_suggestion(cast)
    old = one.revision
    screen_suggestion(one, by=cast.wang, **PASS, result="valid")
    page = screen(sign_in(cast.liu), one, **FAIL, result="not_admissible", reason="个人事务", revision=str(old))
    assert page.status_code == 422
    assert "已经被别人处理过" in said(page)


@pytest.mark.parametrize("address", ["desk-screening", "screening-at-once"])
def test_the_queries_do_not_grow_with_the_queue(cast: Cast, sign_in, address: str) -> None:
    desk, url = sign_in(cast.liu), reverse(address, args=[cast.zaobei.code])
    a_suggestion(cast)
    one = queries_of(desk, url)
    a_slip(cast, text="广场舞音乐太吵"), a_slip(cast, text="希望建一个老年食堂")
    assert queries_of(desk, url) == one
