"""看看有没有同样的建议: as a fragment while typing, and as a page without scripts."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.suggestions import a_slip, a_suggestion, a_valid_one, many_alike
from yishiting.year.suggestions.actions import merge_suggestions, strike_suggestion
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.likeness import similar_now

LAMP = "3号楼2单元楼道灯一直是坏的，晚上摸黑"


def ask(cast: Cast, browser: Client | None = None, **more: Any) -> Any:
    sent = {"text": LAMP, "where": "3号楼2单元", **more.pop("also", {})}
    return (browser or Client()).post(reverse("similar-now", args=[cast.zaobei.code]), sent, **more)


def test_while_typing_a_fragment_with_titles_and_reasons(cast: Cast) -> None:
    one = a_valid_one(cast)
    a_slip(cast, text="希望建一个老年食堂", where="")
    page = ask(cast, headers={"HX-Request": "true"}).content.decode()
    assert one.title in page
    assert "编号一致：2单元、3号楼" in page
    assert "老年食堂" not in page
    assert "<html" not in page
    assert one.proposer_phone not in page


def test_words_nobody_has_screened_are_read_at_the_desk_alone(cast: Cast, sign_in) -> None:
    one = a_suggestion(cast, text=f"{LAMP}，张某某把灯泡拧走了", title="张某某拧走了3号楼2单元楼道灯的灯泡")
    for browser in (Client(), sign_in(cast.lu), sign_in(cast.qian)):
        page = ask(cast, browser, headers={"HX-Request": "true"}).content.decode()
        assert "张某某" not in page
        assert "网上收到的一条建议" in page
        assert reverse("public-suggestion", args=[one.pk]) in page
    assert one.title in ask(cast, sign_in(cast.liu), headers={"HX-Request": "true"}).content.decode()


def test_nothing_similar_is_nothing_at_all(cast: Cast) -> None:
    a_slip(cast, text="希望建一个老年食堂", where="")
    assert ask(cast, headers={"HX-Request": "true"}).content.decode().strip() == ""
    assert ask(cast, headers={"HX-Request": "true"}, also={"text": " ", "where": ""}).status_code == 200
    assert ask(cast, headers={"HX-Request": "true"}, also={"text": "？！", "where": ""}).status_code == 200


def test_without_scripts_it_is_a_page_from_which_the_form_goes_on(cast: Cast) -> None:
    one, browser = a_valid_one(cast), Client()
    page = ask(cast, browser, also={"phone": "13900000099", "naming": "anonymous"}).content.decode()
    assert one.title in page
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    (action,) = re.findall(r'<form method="post" action="([^"]*suggest/)"', page)
    browser.post(action, fields)
    assert Suggestion.objects.get(text=LAMP).proposer_phone == "13900000099"


def test_a_slip_goes_on_at_the_desk(cast: Cast, sign_in) -> None:
    page = ask(cast, sign_in(cast.liu), also={"channel": "box"}).content.decode()
    assert f'action="{reverse("desk-slips", args=[cast.zaobei.code])}"' in page


def test_five_at_most_and_only_of_this_place(cast: Cast) -> None:
    many_alike(cast, 8)
    far = a_suggestion(cast, place=cast.zaonan, text=LAMP, phone="13900000031")
    found = similar_now(cast.zaobei, LAMP, where="3号楼2单元")
    assert len(found) == 5
    assert far not in [like.suggestion for like in found]


def test_a_merged_one_is_shown_by_its_main_and_a_struck_one_not_at_all(cast: Cast) -> None:
    main, other = many_alike(cast, 2)
    merge_suggestions(main, by=cast.liu, others=[other])
    assert [like.suggestion for like in similar_now(cast.zaobei, other.text)] == [main]
    slip = a_slip(cast, text="东门口乱停车，堵了消防通道", where="东门")
    assert [like.suggestion for like in similar_now(cast.zaobei, slip.text, where="东门")] == [slip]
    strike_suggestion(slip, by=cast.liu)
    assert similar_now(cast.zaobei, slip.text, where="东门") == []


def test_the_form_offers_it_and_the_first_button_stays_the_sending_one(cast: Cast) -> None:
    page = Client().get(reverse("suggest-here", args=[cast.zaobei.code])).content.decode()
    form = page[page.index("data-similar=") :]
    assert form.index("提交建议") < form.index("看看有没有同样的建议")
