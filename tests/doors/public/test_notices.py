"""The notice board, a notice, an objection without signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.doors.counting import queries_of
from tests.factories.publicity import a_notice, an_objection
from yishiting.ground.accounts.actors import Clock as DailyClock
from yishiting.instruments.publicity.actions import answer_objection, close_notice
from yishiting.instruments.publicity.models import NoticeKind, Objection


def test_a_visitor_reads_and_objects_and_gets_a_receipt(cast: Cast, client: Client) -> None:
    notice = a_notice(cast, table={"columns": ["姓名", "楼院"], "rows": [["李明", "2号楼"]]})
    page = client.get(reverse("notice", args=[notice.pk]))
    assert page.status_code == 200
    for words in ("枣营北里社区公示〔2026〕1号", "2026年3月12日", "李明", "我有异议"):
        assert words in page.content.decode()
    answer = client.post(reverse("notice", args=[notice.pk]), {"text": "2号楼没有这个人。", "contact": "139 0000 0009"})
    objection = Objection.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("objection", args=[objection.receipt])
    receipt = client.get(answer.url).content.decode()
    assert objection.receipt in receipt
    assert "没有这个人" not in receipt
    assert objection.contact == "13900000009"


def test_a_double_click_objects_once(cast: Cast, client: Client) -> None:
    notice = a_notice(cast)
    once = client.get(reverse("notice", args=[notice.pk])).context["once"]
    for _ in range(2):
        client.post(reverse("notice", args=[notice.pk]), {"text": "名单有误。", "once": str(once)})
    assert Objection.objects.count() == 1


def test_what_was_typed_stays_when_it_is_refused(cast: Cast, client: Client, clock: Clock) -> None:
    notice = a_notice(cast)
    page = client.post(reverse("notice", args=[notice.pk]), {"text": "名单有误。", "contact": "12"})
    assert page.status_code == 422
    assert "请检查电话号码" in page.content.decode()
    assert "名单有误。</textarea>" in page.content.decode()
    clock.to(notice.last_day + timedelta(days=1))
    page = client.post(reverse("notice", args=[notice.pk]), {"text": "名单有误。"})
    assert page.status_code == 422
    assert "届满" in page.content.decode()
    assert not Objection.objects.exists()


def test_the_words_of_an_objection_are_never_public_but_the_answer_is(cast: Cast, client: Client, clock: Clock) -> None:
    notice = a_notice(cast)
    objection = an_objection(notice)
    answer_objection(objection, by=cast.wang, upheld=False, answer="经核实无误。")
    page = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert "公示期间收到异议1件" in page
    assert "经核实无误" in page
    assert "二号楼" not in page
    assert "13900000009" not in page
    clock.to(notice.last_day + timedelta(days=1))
    close_notice(notice, by=DailyClock())
    page = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert "公示结果" in page
    assert "我有异议" not in page


def test_an_announcement_takes_no_objection(cast: Cast, client: Client) -> None:
    notice = a_notice(cast, kind=NoticeKind.ANNOUNCEMENT, takes_objections=False)
    page = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert "我有异议" not in page
    assert client.post(reverse("notice", args=[notice.pk]), {"text": "不行。"}).status_code == 422


def test_a_notice_is_not_seen_before_its_first_day(cast: Cast, client: Client) -> None:
    notice = a_notice(cast, posted_on=TODAY + timedelta(days=1))
    assert client.get(reverse("notice", args=[notice.pk])).status_code == 404
    assert notice.title not in client.get(reverse("notice-board", args=[cast.zaobei.code])).content.decode()


@pytest.mark.parametrize("sheet", ["", "a3", "large", "nonsense"])
def test_the_printed_sheet_carries_a_code_and_no_form(cast: Cast, client: Client, sheet: str) -> None:
    notice = a_notice(cast)
    page = client.get(reverse("notice-print", args=[notice.pk]), {"sheet": sheet}).content.decode()
    assert "<svg" in page
    assert "<form" not in page
    assert ("a3" in page.split("<head>")[0]) == (sheet == "a3")


def test_the_board_costs_the_same_for_one_and_for_three(cast: Cast, client: Client, django_assert_num_queries) -> None:
    a_notice(cast)
    url = reverse("notice-board", args=[cast.zaobei.code])
    one = queries_of(client, url)
    a_notice(cast)
    a_notice(cast)
    with django_assert_num_queries(one):
        assert client.get(url).content.decode().count("候选人公示</a>") == 3


def test_an_unknown_receipt_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get(reverse("objection", args=["2600000017"])).status_code == 404
