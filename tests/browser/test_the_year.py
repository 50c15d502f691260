"""Scenes of the year in a real browser, one after the other: a phone, a keyboard, a meeting, a result."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Street, enter, listen
from tests.conftest import Clock
from tests.lived_year import LATE
from yishiting.doors.common.stage import COMMUNITY
from yishiting.year.evaluation.models import Review
from yishiting.year.meetings.models import Meeting, MeetingKind
from yishiting.year.suggestions.models import Suggestion

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE, OLD_LAPTOP = (360, 740), (1366, 768)
HALF_A_MINUTE = 30
DRAUGHT = "9号楼一单元的门关不严，暖气都跑了，希望换个闭门器。"
SLIPS = (
    ("9号楼二单元暖气不热，老人在家穿棉袄。", "9号楼"),
    ("楼道的窗户缺了一块玻璃，风直往里灌。", "2号楼"),
    ("想在活动室门口装一个棉门帘。", "社区活动室"),
)


@pytest.fixture
def db(street: Street) -> None:
    """The street's own; see test_every_page."""


@pytest.fixture
def people(browser: Browser, browser_context_args: dict[str, Any], street: Street, db: None) -> Iterator["People"]:
    """A screen for whoever is asked for."""
    found = People(browser, browser_context_args, street)
    yield found
    for page in found.pages.values():
        page.context.close()


class People:
    """`people.at(PHONE, "lu")`: their page, signed in; what the browser complains about is kept."""

    def __init__(self, browser: Browser, options: dict[str, Any], street: Street) -> None:
        self.browser, self.options, self.street = browser, options, street
        self.pages: dict[str | None, Page] = {}
        self.said: list[str] = []

    def at(self, size: tuple[int, int], login: str | None = None) -> Page:
        if login not in self.pages:
            context = self.browser.new_context(
                **self.options, base_url=self.street.url, viewport={"width": size[0], "height": size[1]}
            )
            page = self.pages[login] = context.new_page()
            self.said = listen(page, self.said)
            enter(page, self.street, login)
        return self.pages[login]


def test_the_year_in_a_real_browser(people: People, clock: Clock) -> None:
    clock.to(LATE)
    say_it_in_half_a_minute(people)
    type_and_screen_by_keyboard(people)
    sign_in_and_sign(people)
    review(people)
    read(people)
    assert people.said == []


def say_it_in_half_a_minute(people: People) -> None:
    """陆阿姨 on her phone: from the front page to the receipt; then by the number, as anybody would."""
    page, begun = people.at(PHONE, "lu"), time.perf_counter()
    page.goto("/")
    page.get_by_role("link", name="提一条建议").click()
    page.get_by_role("link", name="给枣营北里社区提建议").click()
    page.get_by_label("您想说什么").fill(DRAUGHT)
    page.get_by_label("在哪里").fill("9号楼一单元")
    page.get_by_role("button", name="提交建议").click()
    number = page.locator(".receipt-number").first.inner_text()
    assert time.perf_counter() - begun < HALF_A_MINUTE
    stranger = people.at(PHONE)
    stranger.goto("/follow/")
    stranger.get_by_label("受理号").fill(number)
    stranger.get_by_label("手机号后四位").fill("0001")
    stranger.keyboard.press("Enter")
    stranger.get_by_text(DRAUGHT).first.wait_for()


def type_and_screen_by_keyboard(people: People) -> None:
    """小刘 without touching the mouse: three slips, then three screenings."""
    page = people.at(OLD_LAPTOP, "liu")
    page.goto(f"/desk/p/{COMMUNITY}/slips/")
    for words, where in SLIPS:
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        page.keyboard.type(where)
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
    assert Suggestion.objects.filter(text__in=[words for words, _where in SLIPS]).count() == len(SLIPS)
    before = Suggestion.objects.filter(state="valid").count()
    page.goto(f"/desk/p/{COMMUNITY}/screening/")
    for _slip in SLIPS:
        page.keyboard.press("0")
        for field in ("category", "level"):
            tab_to(page, f"id_{field}")
            if not page.evaluate("document.activeElement.value"):
                page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
    assert Suggestion.objects.filter(state="valid").count() == before + len(SLIPS)


def tab_to(page: Page, key: str, most: int = 60) -> None:
    """On with the Tab key until the field is reached."""
    for _press in range(most):
        if page.evaluate("document.activeElement.id") == key:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{key} cannot be reached by keyboard")


def sign_in_and_sign(people: People) -> None:
    """李明 on his phone: he signs in to today's meeting, and signs that the ramp meets its standard."""
    page = people.at(PHONE, "liming")
    page.goto("/council/")
    page.get_by_role("button", name="我到了，签到").click()
    page.get_by_text("您已签到").first.wait_for()
    page.goto("/council/")
    page.get_by_role("link", name="我监督的项目").click()
    page.get_by_role("link", name="1号楼门口修无障碍坡道").click()
    page.get_by_role("link", name="验收签字").click()
    page.get_by_label("达到标准", exact=True).check()
    page.get_by_role("button", name="验收签字").click()
    page.get_by_text("您的意见已记录").wait_for()


def review(people: People) -> None:
    """王书记 opens the review meeting; every work on its list is judged; the results are published together."""
    meeting = Meeting.objects.get(kind=MeetingKind.REVIEW, place__code=COMMUNITY)
    wang = people.at(OLD_LAPTOP, "wang")
    wang.goto(f"/desk/meetings/{meeting.pk}/attendance/")
    for row in wang.locator("fieldset.choices").all():
        row.get_by_label("到会", exact=True).check()
    wang.get_by_role("button", name="保存签到").click()
    wang.get_by_role("button", name="开会").click()
    for listed in Review.objects.filter(meeting=meeting):
        judge(people, listed)
    wang.goto(f"/desk/meetings/{meeting.pk}/reviews/")
    wang.get_by_role("link", name="公示评议结果").click()
    wang.get_by_role("button", name="公示评议结果").click()
    wang.get_by_text("评议结果已公示").wait_for()


def judge(people: People, listed: Review) -> None:
    """One work: the ballots are keyed in by two people apart, and the result is declared."""
    wang = people.at(OLD_LAPTOP, "wang")
    reviews = f"/desk/meetings/{listed.meeting_id}/reviews/"
    wang.goto(reviews)
    wang.locator(f'a[href^="/do/review.take_vote/{listed.pk}/"]').click()
    wang.get_by_role("button", name="开始测评").click()
    for login in ("wang", "liu"):
        page = people.at(OLD_LAPTOP, login)
        page.goto(reviews)
        page.get_by_role("link", name="录入计票").click()
        for label, number in (("发出票数", 12), ("收回票数", 12), ("有效票", 12), ("无效票（含空白）", 0)):
            page.get_by_label(label, exact=True).fill(str(number))
        for label, number in (("满意", 11), ("基本满意", 1), ("不满意", 0)):
            page.get_by_label(label, exact=True).fill(str(number))
        page.get_by_role("button", name="录入").click()
        page.get_by_text("第一遍已录入" if login == "wang" else "两遍一致").first.wait_for()
    wang.goto(reviews)
    wang.get_by_role("button", name="宣布评议结果").click()
    wang.get_by_text("结果已宣布").wait_for()


def read(people: People) -> None:
    """Anybody reads what became of it, from the first words to the judgement, on a phone."""
    done = Review.objects.exclude(state="listed").select_related("project").order_by("agenda_item__position")[0]
    page = people.at(PHONE)
    page.goto("/")
    page.get_by_role("link", name="查找", exact=True).click()
    page.get_by_role("searchbox").fill(done.project.title)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=done.project.title, exact=True).first.click()
    story = page.inner_text("main")
    for words in ("提出建议", "审议通过", "监督小组验收", "100.00%"):
        assert words in story, words
