"""答复和复核 over HTTP."""

from typing import Any

from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.suggestions import a_refused_one, a_suggestion, a_valid_one, many_alike
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.notices.models import Message
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions import appeal, merge_suggestions
from yishiting.year.suggestions.states import State


def said(page: Any) -> str:
    return page.content.decode()


def test_everyone_in_the_matter_is_answered(cast: Cast, sign_in) -> None:
    main = a_valid_one(cast, phone="13900000071")
    (other,) = many_alike(cast, 1)
    merge_suggestions(main, by=cast.liu, others=[other])
    desk, address = sign_in(cast.liu), reverse("do", args=["suggestion.answer", main.pk])
    page = said(desk.get(address))
    assert "2条建议，来自2户" in page
    assert all(label in page for label in ("已解决或采纳", "列入计划", "暂不能解决，留作参考"))
    sent = {"kind": "planned", "text": "列入今年实事项目，六月底前换好", "revision": main.revision}
    assert "已答复（列入计划）。已告知2人。" in said(desk.post(address, sent, follow=True))
    told = {m.address for m in Message.objects.all() if "六月底前换好" in m.body}
    assert told == {"13900000071", "13900000100"}


def test_whoever_no_message_reaches_is_named_by_number(cast: Cast, sign_in) -> None:
    one = a_valid_one(cast, phone="")
    address = reverse("do", args=["suggestion.answer", one.pk])
    page = said(sign_in(cast.liu).post(address, {"kind": "settled", "text": "换好了"}, follow=True))
    assert f"1人没有留下能收消息的联系方式，请打电话或当面告知：{spoken(one.receipt)}" in page
    assert "已告知0人" not in page


def test_a_refused_one_is_explained_but_not_planned(cast: Cast, sign_in) -> None:
    one = a_refused_one(cast)
    page = said(sign_in(cast.liu).get(reverse("do", args=["suggestion.answer", one.pk])))
    assert "情况说明" in page
    assert "列入计划" not in page


def test_an_answer_before_screening_says_screen_first(cast: Cast, sign_in) -> None:
    one = a_suggestion(cast)
    page = sign_in(cast.liu).post(
        reverse("do", args=["suggestion.answer", one.pk]), {"kind": "settled", "text": "好了"}
    )
    assert page.status_code == 422


def test_an_appeal_is_listed_and_decided_by_the_secretary(cast: Cast, sign_in) -> None:
    one = a_refused_one(cast, phone="13900000071")
    appeal(one, by=Visitor(), text="整栋楼都受影响", tail="0071")
    page = said(sign_in(cast.liu).get(reverse("desk-appeals", args=[cast.zaobei.code])))
    assert "整栋楼都受影响" in page
    address = reverse("do", args=["suggestion.decide_appeal", one.pk])
    assert sign_in(cast.liu).get(address).status_code == 403
    desk = sign_in(cast.wang)
    assert "公共性：不符合" in said(desk.get(address))
    assert desk.post(address, {"valid": "yes", "decision": ""}).status_code == 422
    page = said(desk.post(address, {"valid": "yes", "decision": "确实影响整栋楼"}, follow=True))
    assert "有效建议" in page
    one.refresh_from_db()
    assert one.state == State.VALID


def test_the_queries_do_not_grow_with_the_list(cast: Cast, sign_in) -> None:
    desk, url = sign_in(cast.liu), reverse("desk-appeals", args=[cast.zaobei.code])
    asked = []
    for n in (1, 2, 3):
        appeal(a_refused_one(cast, phone=f"1390000007{n}"), by=Visitor(), text="整栋楼", tail=f"007{n}")
        asked.append(queries_of(desk, url))
    assert len(set(asked)) == 1
