"""打分 at the desk, over HTTP."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories import scoring as factory
from tests.factories.projects import seated_council
from yishiting.year.scoring.actions import close_round, enter_sheet
from yishiting.year.scoring.models import Origin, ScoreRound
from yishiting.year.scoring.queries import scored_in
from yishiting.year.scoring.states import State


def page_of(score_round: ScoreRound) -> str:
    return reverse("desk-score-round", args=[score_round.pk])


def sheet(score_round: ScoreRound, *marks: object, **more: str) -> dict[str, object]:
    given = {f"m_{n}_{c}": mark for n, mark in enumerate(marks, start=1) for c in range(3)}
    return {**given, "reason": "", **more}


def test_a_round_is_opened_on_the_page(cast: Cast, sign_in) -> None:
    seated_council(cast)
    proposals = factory.proposals(cast, 2)
    desk = sign_in(cast.liu)
    address = reverse("do", args=["score_round.open", cast.zaobei.code])
    assert "枣营北里社区2026年审议前打分" in desk.get(address).content.decode()
    given = {"title": "打分", "proposals": [one.pk for one in proposals], "closes": "3月10日", "funded": "1"}
    refused = desk.post(address, given)
    assert refused.status_code == 422
    assert "并列时用什么号码抽签" in refused.content.decode()
    page = desk.post(address, {**given, "lot_source": "3D当期号码", "lot_day": "3月12日"}, follow=True)
    assert "在任代表就是评委" in page.content.decode()
    assert ScoreRound.objects.get().scored.count() == 2


def test_two_people_key_a_sheet_and_differences_are_named(cast: Cast, sign_in) -> None:
    made = factory.opened(cast)
    address = reverse("score-sheet-key", args=[factory.judge_of(made, "代表2").pk])
    first = sign_in(cast.wang).post(address, sheet(made, 8, "7.5", 6), follow=True).content.decode()
    assert "第一遍已录入" in first
    assert "第一遍您已经录入" in sign_in(cast.wang).get(address).content.decode()
    assert "这是另一遍" in sign_in(cast.zhou).get(address).content.decode()
    second = sign_in(cast.zhou).post(address, sheet(made, 8, "7", 6), follow=True).content.decode()
    assert "代表2对第2件事的“受益人群”：第一次 15/2，第二次 7。" in second
    third = sign_in(cast.zhou).post(address, sheet(made, 8, "7.5", 6), follow=True).content.decode()
    assert "两遍一致，已计入" in third


def test_a_mark_too_high_keeps_what_was_typed(cast: Cast, sign_in) -> None:
    made = factory.opened(cast)
    address = reverse("score-sheet-key", args=[factory.judge_of(made, "代表2").pk])
    page = sign_in(cast.liu).post(address, sheet(made, 11, 7, 6))
    assert page.status_code == 422
    assert "最多10分" in page.content.decode()
    assert 'value="11"' in page.content.decode()


def test_the_desk_notes_who_stands_aside(cast: Cast, sign_in) -> None:
    made = factory.opened(cast)
    judge = factory.judge_of(made, "代表2")
    address = reverse("do", args=["score_sheet.recuse", judge.pk])
    given = {"scored": scored_in(made)[0].pk, "reason": "本人是施工方"}
    page = sign_in(cast.liu).post(address, given, follow=True).content.decode()
    assert "已登记回避" in page
    assert judge.sheets.get().recused


def test_close_print_and_publish(cast: Cast, sign_in) -> None:
    made = factory.all_in(cast, factory.opened(cast), 9, 7, 5)
    desk = sign_in(cast.wang)
    blank = desk.get(reverse("score-round-blank", args=[made.pk])).content.decode()
    assert blank.count("评委签名") == 5
    page = desk.post(reverse("do", args=["score_round.close", made.pk]), {"revision": made.revision}, follow=True)
    assert "公布打分结果" in page.content.decode()
    printed = desk.get(reverse("score-round-result", args=[made.pk])).content.decode()
    assert "复核人" in printed
    assert "第1件事" in printed
    assert desk.get(reverse("score-round-sheet", args=[made.pk])).content[:2] == b"PK"
    made.refresh_from_db()
    desk.post(reverse("do", args=["score_round.publish", made.pk]), {"revision": made.revision})
    made.refresh_from_db()
    assert made.state == State.PUBLISHED


def test_the_lot_is_asked_for_where_it_decides(cast: Cast, sign_in, clock) -> None:
    made = factory.all_in(cast, factory.opened(cast, funded=1, **factory.LOT), 8, 8, 5)
    close_round(made, by=cast.liu)
    clock.to(factory.LOT_DAY)
    desk = sign_in(cast.liu)
    assert "抽签定先后" in desk.get(page_of(made)).content.decode()
    wrong = desk.post(reverse("do", args=["score_round.draw_lot", made.pk]), {"numbers": "七"})
    assert wrong.status_code == 422
    page = desk.post(
        reverse("do", args=["score_round.draw_lot", made.pk]), {"numbers": "7 0 3"}, follow=True
    ).content.decode()
    assert "按事先公布的名单" in page


def test_a_void_round_shows_why(cast: Cast, sign_in) -> None:
    made = factory.opened(cast)
    page = sign_in(cast.wang).post(
        reverse("do", args=["score_round.void", made.pk]), {"reason": "漏了一件"}, follow=True
    )
    assert "漏了一件" in page.content.decode()


@pytest.mark.parametrize("who", ["qian", "lu"])
def test_strangers_stay_outside(cast: Cast, sign_in, who: str) -> None:
    made = factory.opened(cast)
    browser = sign_in(getattr(cast, who))
    for name in ("desk-score-round", "score-round-blank", "score-round-result"):
        assert browser.get(reverse(name, args=[made.pk])).status_code == 403
    assert browser.get(reverse("desk-score-rounds", args=[cast.zaobei.code])).status_code == 403


def test_lists_ask_as_often_for_three_rows_as_for_one(cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    address = reverse("desk-score-rounds", args=[cast.zaobei.code])
    made = factory.opened(cast)
    one = queries_of(desk, address)
    for _ in range(2):
        factory.opened(cast)
    assert queries_of(desk, address) == one
    enter_sheet(factory.judge_of(made, "代表2"), by=cast.wang, lines=factory.lines(made, 1, 2, 3), origin=Origin.PAPER)
    first = queries_of(desk, page_of(made))
    for name in ("代表3", "代表4"):
        enter_sheet(factory.judge_of(made, name), by=cast.wang, lines=factory.lines(made, 1, 2, 3), origin=Origin.PAPER)
    assert queries_of(desk, page_of(made)) == first
