"""What the proposer may still do from the page they follow their suggestion on."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.suggestions import ALL_PASS, a_refused_one, a_suggestion, a_valid_one
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    decide_appeal,
    screen_suggestion,
    split_suggestion,
)
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.receipts import slip_token
from yishiting.year.suggestions.states import State


def said(page: Any) -> str:
    return page.content.decode()


def page_of(one: Suggestion, name: str = "follow-one") -> str:
    return reverse(name, args=[slip_token(one)])


def asked_for_more(cast: Cast, **facts: Any) -> Suggestion:
    marks = ALL_PASS | {"factual": "more_work"}
    one = a_suggestion(cast, **facts)
    return screen_suggestion(one, by=cast.liu, **marks, result="more_work", reason="请说明是哪一盏灯")


def test_what_is_asked_is_shown_and_added_with_four_digits(cast: Cast) -> None:
    one, browser = asked_for_more(cast), Client()
    page = said(browser.get(page_of(one)))
    assert "请说明是哪一盏灯" in page
    address = page_of(one, "follow-supplement")
    assert address in page
    wrong = browser.post(address, {"text": "二层那盏", "tail": "9999"})
    assert wrong.status_code == 422
    assert "二层那盏" in said(wrong)
    after = said(browser.post(address, {"text": "二层那盏", "tail": "0021"}, follow=True))
    assert "补充已收到" in after
    assert "二层那盏" in after
    one.refresh_from_db()
    assert one.state == State.RECEIVED


def test_digits_cannot_be_tried_out(cast: Cast) -> None:
    one, browser = asked_for_more(cast), Client()
    for n in range(5):
        browser.post(page_of(one, "follow-supplement"), {"text": "二层那盏", "tail": f"900{n}"})
    rests = browser.post(page_of(one, "follow-supplement"), {"text": "二层那盏", "tail": "0021"})
    assert "试错的次数多了" in said(rests)
    assert not one.supplements.exists()


def test_somebody_signed_in_needs_no_digits_for_their_own(cast: Cast, sign_in) -> None:
    one = asked_for_more(cast, by=cast.lu, phone="")
    browser, address = sign_in(cast.lu), page_of(one, "follow-supplement")
    assert "后四位" not in said(browser.get(address))
    browser.post(address, {"text": "二层那盏"})
    assert one.supplements.get().text == "二层那盏"


def test_a_refusal_shows_its_reason_and_the_way_to_appeal(cast: Cast) -> None:
    one, browser = a_refused_one(cast), Client()
    page = said(browser.get(page_of(one)))
    assert "这是个人事务" in page
    assert "以前申请复核" in page
    sent = {"text": "整栋楼的灯都不亮", "tail": "0021"}
    after = said(browser.post(page_of(one, "follow-appeal"), sent, follow=True))
    assert "最晚" in after
    one.refresh_from_db()
    assert one.state == State.APPEALED
    decide_appeal(one, by=cast.wang, valid=False, decision="物业合同里写明由物业维修")
    assert "物业合同里写明由物业维修" in said(browser.get(page_of(one)))


def test_after_its_time_the_appeal_is_not_offered_and_refused(cast: Cast, clock) -> None:
    one, browser = a_refused_one(cast), Client()
    clock.to(date(2026, 5, 29))
    assert "申请复核" not in said(browser.get(page_of(one)))
    late = browser.post(page_of(one, "follow-appeal"), {"text": "没有人来", "tail": "0021"})
    assert late.status_code == 422
    assert "重新提一条" in said(late)


def test_answers_and_parts_are_shown(cast: Cast) -> None:
    one = a_valid_one(cast)
    answer_suggestion(one, by=cast.liu, kind="planned", text="六月底前换好")
    split_suggestion(one, by=cast.liu, parts=["换声控灯", "修车棚"])
    page = said(Client().get(page_of(one)))
    assert "六月底前换好" in page
    assert "修车棚" in page
    assert "分成几件事办理" in page


def test_a_forged_address_is_not_there(cast: Cast) -> None:
    assert Client().get(reverse("follow-supplement", args=["2600000011:forged"])).status_code == 404
