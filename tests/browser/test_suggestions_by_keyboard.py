"""Screening and merging from the keyboard alone, and what is shown while one types, in a real browser."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast
from tests.factories.suggestions import a_slip, a_suggestion, many_alike
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(live_server: LiveServer, page: Any, sign_in: Any) -> Any:
    cast = Cast()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": sign_in(cast.liu).cookies["sessionid"].value,
          "url": live_server.url}]
    )  # fmt: skip
    page.cast, page.root = cast, live_server.url
    return page


def test_a_suggestion_is_screened_by_keys(desk: Any) -> None:
    one, other = a_suggestion(desk.cast), a_slip(desk.cast)
    desk.goto(desk.root + reverse("desk-screening", args=[desk.cast.zaobei.code]))
    desk.keyboard.press("0")
    assert desk.locator('input[name="result"]:checked').get_attribute("value") == "valid"
    desk.keyboard.press("2")
    assert desk.locator('input[name="result"]:checked').get_attribute("value") == "not_admissible"
    desk.select_option('select[name="reason_code"]', "personal")
    assert "个人事务" in desk.locator('textarea[name="reason"]').input_value()
    desk.keyboard.press("Control+Enter")
    desk.get_by_role("heading", name=other.title).wait_for()
    one.refresh_from_db()
    assert one.state == State.NOT_ADMISSIBLE


def test_a_group_is_merged_by_one_key(desk: Any) -> None:
    many_alike(desk.cast, 3)
    desk.goto(desk.root + reverse("desk-merging", args=[desk.cast.zaobei.code]))
    desk.keyboard.press("m")
    desk.get_by_text("没有可能重复的建议").wait_for()
    assert Suggestion.objects.filter(state=State.MERGED).count() == 2


def test_what_others_said_appears_beside_the_form_and_blocks_nothing(desk: Any) -> None:
    one = a_suggestion(desk.cast)
    desk.goto(desk.root + reverse("suggest-here", args=[desk.cast.zaobei.code]))
    desk.fill('textarea[name="text"]', "3号楼2单元楼道灯一直是坏的，晚上摸黑")
    desk.locator("[data-similar-here]").get_by_text(one.title).wait_for()
    assert desk.locator("[data-similar-button]").is_hidden()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.get_by_text("建议已受理").first.wait_for()


def test_an_old_browser_is_told_once_and_everything_still_opens(desk: Any) -> None:
    """Where htmx cannot run, a list opens its records on pages of their own."""
    one = a_slip(desk.cast)
    desk.route("**/htmx*", lambda route: route.abort())
    url = desk.root + reverse("desk-suggestions", args=[desk.cast.zaobei.code])
    desk.goto(url)
    assert "浏览器较旧" in desk.locator(".old-browser").inner_text()
    desk.goto(url)
    assert desk.locator(".old-browser").count() == 0
    desk.get_by_role("link", name=one.title).click()
    desk.get_by_role("heading", name=one.title).wait_for()
