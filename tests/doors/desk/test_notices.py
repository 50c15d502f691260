"""公示 at the desk."""

from datetime import timedelta

from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.doors.counting import queries_of
from tests.factories.publicity import a_notice, an_objection
from yishiting.instruments.publicity.actions import close_notice
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.instruments.publicity.states import ObjectionState, State

WORDS = {
    "kind": "announcement",
    "title": "停水通知",
    "body": "明天停水。",
    "basis": "",
    "contact": "010-65001234",
    "posted_on": "",
    "workdays": "",
}


def test_the_desk_posts_an_announcement(cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    answer = desk.post(reverse("do", args=["notice.post", cast.zaobei.code]), WORDS, follow=True)
    notice = PublicNotice.objects.get()
    assert "已发布，编号枣营北里社区公告〔2026〕1号" in answer.content.decode()
    assert not notice.takes_objections


def test_a_back_dated_announcement_keeps_what_was_typed(cast: Cast, sign_in) -> None:
    page = sign_in(cast.liu).post(
        reverse("do", args=["notice.post", cast.zaobei.code]), {**WORDS, "posted_on": "3月1日"}
    )
    assert page.status_code == 422
    assert "不能倒签" in page.content.decode()
    assert "停水通知" in page.content.decode()


def test_the_list_shows_what_waits_and_filters(cast: Cast, sign_in) -> None:
    notice = a_notice(cast)
    an_objection(notice)
    desk = sign_in(cast.wang)
    page = desk.get(reverse("desk-notices", args=[cast.zaobei.code])).content.decode()
    assert "等我答复的异议" in page
    assert "1件待答复" in page
    page = desk.get(reverse("desk-notices", args=[cast.zaobei.code]), {"state": "clear"}).content.decode()
    assert "没有符合条件" in page


def test_an_objection_is_answered_and_the_notice_closed(cast: Cast, sign_in, clock: Clock) -> None:
    notice = a_notice(cast)
    objection = an_objection(notice)
    desk = sign_in(cast.wang)
    page = desk.get(reverse("do", args=["objection.answer", objection.pk]))
    assert "二号楼" in page.content.decode()
    refused = desk.post(reverse("do", args=["objection.answer", objection.pk]), {"upheld": "yes", "answer": ""})
    assert refused.status_code == 422
    desk.post(reverse("do", args=["objection.answer", objection.pk]), {"upheld": "no", "answer": "经核实无误。"})
    objection.refresh_from_db()
    assert objection.state == ObjectionState.DISMISSED
    early = desk.post(reverse("do", args=["notice.close", notice.pk]), follow=True)
    assert "3月12日为止" in early.content.decode()
    clock.to(notice.last_day + timedelta(days=1))
    desk = sign_in(cast.wang)
    desk.post(reverse("do", args=["notice.close", notice.pk]))
    notice.refresh_from_db()
    assert notice.state == State.CLEAR


def test_a_notice_is_withdrawn_with_a_reason(cast: Cast, sign_in) -> None:
    notice = a_notice(cast)
    desk = sign_in(cast.wang)
    assert desk.post(reverse("do", args=["notice.withdraw", notice.pk]), {"reason": ""}).status_code == 422
    desk.post(reverse("do", args=["notice.withdraw", notice.pk]), {"reason": "名单有误。"})
    notice.refresh_from_db()
    assert notice.state == State.WITHDRAWN


def test_other_desks_and_residents_stay_out(cast: Cast, sign_in, client) -> None:
    notice = a_notice(cast, posted_on=TODAY)
    for name, args in (
        ("desk-notices", [cast.zaobei.code]),
        ("do", ["notice.post", cast.zaobei.code]),
        ("desk-notice", [notice.pk]),
    ):
        assert sign_in(cast.qian).get(reverse(name, args=args)).status_code == 403
        assert sign_in(cast.lu).get(reverse(name, args=args)).status_code == 403
        assert client.get(reverse(name, args=args)).status_code == 302


def test_the_list_costs_the_same_for_one_and_for_three(cast: Cast, sign_in) -> None:
    desk, url = sign_in(cast.wang), reverse("desk-notices", args=[cast.zaobei.code])
    an_objection(a_notice(cast))
    one = queries_of(desk, url)
    for _ in range(2):
        an_objection(a_notice(cast))
    three = queries_of(desk, url)
    assert one == three


def test_an_announcement_that_has_run_out_leads_to_no_next_step(cast: Cast, clock: Clock, sign_in, client) -> None:
    facts = {"kind": "announcement", "title": "停水通知", "takes_objections": False}
    announced, candidates = a_notice(cast, **facts), a_notice(cast)
    clock.to(candidates.last_day + timedelta(days=30))
    for notice in (announced, candidates):
        close_notice(notice, by=cast.wang)
    board = client.get(reverse("notice-board", args=[cast.zaobei.code])).content.decode()
    assert "公告期满" in board
    assert board.count("公示结束，进入下一步") == 1, "the one that gates something"
