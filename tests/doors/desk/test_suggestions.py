"""The list with its filters, one suggestion, solving on the spot, the sheet and the report."""

from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.suggestions import a_session, a_slip, a_suggestion
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions import settle_suggestion, strike_suggestion
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State


def here(cast: Cast) -> str:
    return reverse("desk-suggestions", args=[cast.zaobei.code])


def titles_of(page: Any) -> list[str]:
    return [row.called for row in page.context["list"].rows]


@pytest.fixture
def three(cast: Cast) -> Cast:
    a_suggestion(cast, text="东门路灯坏了", name="陆桂芳")
    a_slip(cast, text="车棚漏雨", session=a_session(cast))
    settle_suggestion(a_slip(cast, text="楼道堆物", channel="phone"), by=cast.liu, text="已清走")
    strike_suggestion(a_slip(cast, text="录错了"), by=cast.liu)
    return cast


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"东门路灯坏了", "车棚漏雨", "楼道堆物"}),
        ("?q=路灯", {"东门路灯坏了"}),
        ("?state=settled", {"楼道堆物"}),
        ("?channel=box", {"车棚漏雨"}),
        ("?q=路灯&channel=box", set()),
        ("?year=2025", set()),
        ("?state=nonsense&year=x&session=y&page=99", {"东门路灯坏了", "车棚漏雨", "楼道堆物"}),
    ],
)
def test_filters_are_in_the_address(three: Cast, sign_in, query: str, titles: set[str]) -> None:
    page = sign_in(three.liu).get(here(three) + query)
    assert set(titles_of(page)) == titles


def test_a_number_finds_its_suggestion_with_and_without_blanks(three: Cast, sign_in) -> None:
    one = Suggestion.objects.get(title="车棚漏雨")
    for typed in (one.receipt, spoken(one.receipt), f" {one.receipt} "):
        page = sign_in(three.liu).get(here(three), {"q": typed})
        assert titles_of(page) == ["车棚漏雨"]
    assert spoken(one.receipt) in page.content.decode()
    assert one.receipt not in strip_tags(page.content.decode())


def test_a_session_narrows_the_list(three: Cast, sign_in) -> None:
    session = three.zaobei.solicitation_sessions.get()
    page = sign_in(three.liu).get(here(three), {"session": str(session.pk)})
    assert titles_of(page) == ["车棚漏雨"]


def test_tabs_and_channels_count(three: Cast, sign_in) -> None:
    context = sign_in(three.liu).get(here(three)).context
    states, channels = ([(str(link.label), link.count) for link in one.links] for one in context["list"].counted)
    assert states == [("全部", 3), ("已受理，等待初审", 2), ("当场解决", 1)]
    assert channels == [("全部", 3), ("电话", 1), ("意见箱", 1), ("网上", 1)]
    narrowed = sign_in(three.liu).get(here(three), {"channel": "phone"}).context["list"]
    assert [(str(link.label), link.count) for link in narrowed.counted[0].links] == [("全部", 1), ("当场解决", 1)]


def test_the_list_costs_the_same_for_one_and_many(cast: Cast, sign_in) -> None:
    browser, counts = sign_in(cast.liu), []
    for more in (1, 3):
        for n in range(more):
            a_slip(cast, text=f"第{n}件", session=a_session(cast))
        counts.append(queries_of(browser, here(cast)))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_the_desk_sees_who_said_it_and_the_office_above_does_not(three: Cast, sign_in) -> None:
    one = three.zaobei.suggestions.get(text="东门路灯坏了")
    url = reverse("desk-suggestion", args=[one.pk])
    assert "陆桂芳" in sign_in(three.liu).get(url).content.decode()
    page = sign_in(three.zhao).get(url)
    assert page.status_code == HTTPStatus.OK
    assert "陆桂芳" not in page.content.decode()
    assert "13900000021" not in page.content.decode()


@pytest.mark.parametrize("who", ["qian", "lu", "shizheng", "system"])
def test_others_are_told_who_may(three: Cast, sign_in, who: str) -> None:
    assert sign_in(getattr(three, who)).get(here(three)).status_code == HTTPStatus.FORBIDDEN


def test_solved_on_the_spot_from_its_page(three: Cast, sign_in) -> None:
    one = three.zaobei.suggestions.get(text="车棚漏雨")
    browser, url = sign_in(three.liu), reverse("do", args=["suggestion.settle", one.pk])
    assert url in browser.get(reverse("desk-suggestion", args=[one.pk])).content.decode()
    answer = browser.post(url, {"text": "顶棚已补好。", "revision": one.revision})
    assert answer.status_code == HTTPStatus.FOUND
    one.refresh_from_db()
    assert one.state == State.SETTLED
    assert "顶棚已补好" in browser.get(answer.url).content.decode()


def test_two_people_on_one_item_the_second_is_told(three: Cast, sign_in) -> None:
    one = three.zaobei.suggestions.get(text="车棚漏雨")
    url, seen = reverse("do", args=["suggestion.settle", one.pk]), one.revision
    sign_in(three.liu).post(url, {"text": "顶棚已补好。", "revision": seen})
    page = sign_in(three.wang).post(url, {"text": "已派人去看。", "revision": seen})
    assert "已派人去看" in page.content.decode()
    assert "已经被别人处理过" in page.content.decode()
    assert one.answers.count() == 1


def test_the_report_counts_from_the_records(three: Cast, sign_in) -> None:
    page = sign_in(three.wang).get(reverse("desk-solicitation-report", args=[three.zaobei.code]))
    report = page.context["report"]
    assert (report.said, report.on_behalf, report.sessions, report.people) == (3, 2, 1, 13)
    assert sum(row.suggestions for row in report.channels) == report.said
    assert report.states == {"received": 2, "settled": 1}
    words = page.content.decode()
    for expected in ("2026年1月1日—2026年3月31日", "1 场，13 人次", "3 条，其中代录 2 条", "座谈会"):
        assert expected in words


def test_the_report_of_a_year_without_records_is_empty(three: Cast, sign_in) -> None:
    for year in ("2024", "x", "99999", "²"):
        page = sign_in(three.wang).get(reverse("desk-solicitation-report", args=[three.zaobei.code]), {"year": year})
        assert page.status_code == HTTPStatus.OK
    page = sign_in(three.wang).get(reverse("desk-solicitation-report", args=[three.zaobei.code]), {"year": "2024"})
    assert page.context["report"].said == 0
