"""Slips one after the other, the last one taken back, sessions recorded."""

import io
from http import HTTPStatus

import pytest
from django.urls import reverse
from PIL import Image

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.suggestions import a_session, a_slip
from yishiting.ground.files.queries import attachments_of
from yishiting.year.suggestions.models import Channel, SolicitationSession, Suggestion

SLIP = {
    "channel": "box",
    "received_on": "3月2日",
    "session": "",
    "text": "车棚漏雨",
    "where": "5号楼北侧",
    "naming": "anonymous",
}


def here(cast: Cast) -> str:
    return reverse("desk-slips", args=[cast.zaobei.code])


def test_what_stays_the_same_stays_filled_in(cast: Cast, sign_in) -> None:
    session = a_session(cast)
    browser = sign_in(cast.liu)
    answer = browser.post(here(cast), {**SLIP, "channel": "forum", "session": str(session.pk)})
    one = Suggestion.objects.get()
    assert (one.session, one.recorded_by, one.channel) == (session, cast.liu, Channel.FORUM)
    page = browser.get(answer.url).content.decode()
    assert 'value="3月2日"' in page
    assert f'<option value="{session.pk}" selected>' in page
    assert '<option value="forum" selected>' in page
    assert "今天已录 1 条" in page
    assert "data-first" in page


def test_the_list_of_today_grows_and_the_last_is_taken_back(cast: Cast, sign_in) -> None:
    browser = sign_in(cast.liu)
    for text in ("第一张", "第二张"):
        browser.post(here(cast), {**SLIP, "text": text})
    undo = browser.get(here(cast)).context["undo"]
    last = Suggestion.objects.get(text="第二张")
    assert undo.url == reverse("suggestion-strike", args=[last.pk])
    answer = browser.post(undo.url, {"revision": last.revision, "channel": "box", "received_on": "3月2日"})
    assert answer.url.startswith(here(cast))
    assert "channel=box" in answer.url
    page = browser.get(answer.url).content.decode()
    assert "今天已录 1 条" in page
    assert "已撤销" in page


def test_what_was_typed_stays_when_something_is_wrong(cast: Cast, sign_in) -> None:
    page = sign_in(cast.liu).post(here(cast), {**SLIP, "received_on": "2月30日"})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "看不出是哪一天" in page.content.decode()
    assert "5号楼北侧" in page.content.decode()


def test_a_scan_hangs_on_the_slip(cast: Cast, sign_in) -> None:
    picture = io.BytesIO()
    Image.new("L", (8, 8)).save(picture, "JPEG")
    picture.seek(0)
    picture.name = "纸条.jpg"
    browser = sign_in(cast.liu)
    browser.post(here(cast), {**SLIP, "scan": picture})
    one = Suggestion.objects.get()
    assert [file.purpose for file in attachments_of(one)] == ["scan"]
    page = browser.get(reverse("desk-suggestion", args=[one.pk])).content.decode()
    (scan,) = attachments_of(one)
    assert f'<img src="{reverse("file", args=[scan.pk])}" alt="车棚漏雨，照片1"' in page


def test_only_the_desk_of_the_place_enters(cast: Cast, sign_in, client) -> None:
    assert sign_in(cast.qian).get(here(cast)).status_code == HTTPStatus.FORBIDDEN
    assert sign_in(cast.lu).get(here(cast)).status_code == HTTPStatus.FORBIDDEN
    assert client.get(here(cast)).url.startswith(reverse("sign-in"))


def test_two_hundred_slips_cost_no_more_queries_than_two(cast: Cast, sign_in) -> None:
    browser, counts = sign_in(cast.liu), []
    for more in (2, 4):
        for n in range(more):
            a_slip(cast, text=f"第{n}张")
        counts.append(queries_of(browser, here(cast)))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


SESSION = {
    "title": "3号楼楼门座谈会",
    "channel": "forum",
    "held_on": "3月2日",
    "resident": "11",
    "others": "2",
    "venue": "门前",
}


def test_a_session_is_recorded_by_category(cast: Cast, sign_in) -> None:
    browser = sign_in(cast.liu)
    answer = browser.post(reverse("do", args=["session.hold", cast.zaobei.code]), SESSION)
    session = SolicitationSession.objects.get()
    assert session.participants == {"resident": 11, "others": 2}
    page = browser.get(answer.url).content.decode()
    assert "13 人" in page
    assert f"session={session.pk}" in page


@pytest.mark.parametrize(
    ("change", "says"), [({"resident": "", "others": ""}, "至少填写一类"), ({"held_on": "3月9日"}, "还没有到日子")]
)
def test_a_session_that_cannot_be_says_why(cast: Cast, sign_in, change, says: str) -> None:
    page = sign_in(cast.liu).post(reverse("do", args=["session.hold", cast.zaobei.code]), {**SESSION, **change})
    assert says in page.content.decode()
    assert not SolicitationSession.objects.exists()


def test_a_correction_on_a_stale_page_is_refused(cast: Cast, sign_in) -> None:
    session = a_session(cast)
    browser, url = sign_in(cast.liu), reverse("do", args=["session.amend", session.pk])
    words = {"title": session.title, "resident": "12", "reason": "漏数一人", "notes": "", "revision": session.revision}
    assert browser.post(url, words).status_code == HTTPStatus.FOUND
    page = browser.post(url, {**words, "resident": "13"})
    assert "已经被别人处理过" in page.content.decode()
    session.refresh_from_db()
    assert session.participant_count == 12


def test_sessions_are_listed_with_what_was_taken_there(cast: Cast, sign_in) -> None:
    a_slip(cast, session=a_session(cast))
    page = sign_in(cast.wang).get(reverse("desk-sessions", args=[cast.zaobei.code])).content.decode()
    assert "共 1 场，13 人次参加" in page
    assert ">1</td>" in page
