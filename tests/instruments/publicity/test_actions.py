"""A notice from its posting to its outcome."""

from datetime import date, timedelta

import pytest

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories.publicity import a_notice, an_objection
from yishiting.ground.accounts.actors import Clock as DailyClock
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.masking import public_words
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.seasons.models import Holiday
from yishiting.instruments.publicity.actions import answer_objection, close_notice, withdraw_notice
from yishiting.instruments.publicity.models import NoticeKind, Objection, PublicNotice
from yishiting.instruments.publicity.queries import why_not_clear
from yishiting.instruments.publicity.states import State

AFTER = date(2026, 3, 13)


def test_a_notice_has_a_number_a_period_in_working_days_and_a_rule(cast: Cast) -> None:
    Holiday.objects.create(day=date(2026, 3, 9), worked=False, name="试")
    notice = a_notice(cast)
    assert notice.number == "枣营北里社区公示〔2026〕1号"
    assert notice.last_day == date(2026, 3, 13)  # 5 working days after Thursday the 5th, Monday off
    assert notice.rules_label
    assert notice.issuer == "枣营北里社区居民委员会"
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.facts["last_day"]) == ("notice.post", "2026-03-13")
    assert "候选人" not in str(entry.facts)


def test_numbers_run_on_within_a_place(cast: Cast) -> None:
    numbers = [a_notice(cast).number, a_notice(cast, kind=NoticeKind.ANNOUNCEMENT).number]
    assert numbers == ["枣营北里社区公示〔2026〕1号", "枣营北里社区公告〔2026〕2号"]
    assert a_notice(cast, place=cast.zaonan, by=cast.qian).number == "枣营南里社区公示〔2026〕1号"


def test_a_back_dated_notice_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="不能倒签") as refusal:
        a_notice(cast, posted_on=TODAY - timedelta(days=1))
    assert refusal.value.field == "posted_on"
    assert not PublicNotice.objects.exists()


def test_a_period_shorter_than_the_rulebook_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="不少于5个工作日"):
        a_notice(cast, workdays=3)
    assert a_notice(cast, workdays=7).workdays == 7


def test_an_identity_number_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="身份证号码"):
        a_notice(cast, body="王建国，110105194912310024，公示如下。")


def test_only_the_desk_of_the_place_posts(cast: Cast) -> None:
    for someone in (cast.qian, cast.lu, cast.liming, Visitor()):
        with pytest.raises(NotAllowed):
            a_notice(cast, by=someone)


def test_anyone_objects_and_gets_a_receipt(cast: Cast) -> None:
    notice = a_notice(cast)
    by_visitor, by_resident = an_objection(notice), an_objection(notice, by=cast.lu)
    assert by_visitor.receipt != by_resident.receipt
    assert len(by_visitor.receipt) == 10
    assert by_visitor.answer_due == date(2026, 3, 10)
    assert (by_visitor.person, by_resident.person) == (None, cast.lu)
    assert "二号楼" not in str(Entry.objects.latest("seq").facts)


def test_receipts_of_two_places_never_meet(cast: Cast) -> None:
    here, there = a_notice(cast), a_notice(cast, place=cast.zaonan, by=cast.qian)
    assert an_objection(here).receipt != an_objection(there).receipt


def test_no_objection_without_words_before_or_after_the_period_or_where_none_is_taken(cast: Cast, clock: Clock) -> None:
    notice = a_notice(cast, posted_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="3月6日开始"):
        an_objection(notice)
    clock.to(notice.posted_on)
    with pytest.raises(Refused, match="写明"):
        an_objection(notice, text="  ")
    with pytest.raises(Refused, match="不设异议"):
        an_objection(a_notice(cast, takes_objections=False))
    clock.to(notice.last_day + timedelta(days=1))
    with pytest.raises(Refused, match="届满"):
        an_objection(notice)
    close_notice(notice, by=DailyClock())
    with pytest.raises(Refused, match="已经结束"):
        an_objection(notice)


def test_a_notice_waits_for_its_last_day_and_for_every_answer(cast: Cast, clock: Clock) -> None:
    notice = a_notice(cast)
    objection = an_objection(notice)
    with pytest.raises(Refused, match="3月12日为止"):
        close_notice(notice, by=cast.wang)
    clock.to(AFTER)
    with pytest.raises(Refused, match="1件异议没有答复"):
        close_notice(notice, by=DailyClock())
    answer_objection(objection, by=cast.liu, upheld=False, answer="经核实，在2号楼居住，电话13900000009。")
    close_notice(notice, by=DailyClock())
    assert notice.state == State.CLEAR
    assert "收到异议1件" in notice.outcome
    assert "13900000009" not in public_words(notice.outcome)
    assert why_not_clear(notice, AFTER) is None


def test_an_upheld_objection_stops_what_waits(cast: Cast, clock: Clock) -> None:
    notice = a_notice(cast)
    answer_objection(an_objection(notice), by=cast.wang, upheld=True, answer="情况属实。")
    clock.to(AFTER)
    close_notice(notice, by=cast.wang)
    assert notice.state == State.UPHELD
    assert "不能继续" in str(why_not_clear(notice, AFTER))


def test_an_answer_needs_a_reason_comes_once_and_from_the_desk(cast: Cast) -> None:
    objection = an_objection(a_notice(cast))
    with pytest.raises(NotAllowed):
        answer_objection(objection, by=cast.lu, upheld=False, answer="不对。")
    with pytest.raises(Refused, match="写明处理结果"):
        answer_objection(objection, by=cast.wang, upheld=False, answer=" ")
    answer_objection(objection, by=cast.wang, upheld=False, answer="经核实无误。")
    with pytest.raises(WrongState):
        answer_objection(objection, by=cast.wang, upheld=True, answer="再想想。")


def test_who_objected_is_told_once(cast: Cast) -> None:
    notice = a_notice(cast)
    answer_objection(an_objection(notice, by=cast.lu), by=cast.wang, upheld=False, answer="经核实无误。")
    answer_objection(an_objection(notice), by=cast.wang, upheld=True, answer="情况属实。")
    assert set(Message.objects.values_list("way", flat=True)) == {"on_site", "sms"}


@pytest.mark.parametrize(
    ("contact", "told"),
    [("137 0000 5678", 1), ("+86-13700005678", 1), ("１３７００００５６７８", 1), ("010-64650001", 0), ("", 0)],
)
def test_who_left_a_number_is_told_where_a_text_arrives(cast: Cast, contact: str, told: int) -> None:
    objection = an_objection(a_notice(cast), contact=contact)
    answer_objection(objection, by=cast.liu, upheld=False, answer="经核实，没有这回事。")
    assert [message.address for message in Message.objects.all()] == ["13700005678"] * told


def test_an_address_that_is_no_number_is_said_while_it_can_be_put_right(cast: Cast) -> None:
    with pytest.raises(Refused, match="11 位") as refusal:
        an_objection(a_notice(cast), contact="sunli@example.com")
    assert refusal.value.field == "contact"


def test_a_withdrawn_notice_stays_with_its_reason(cast: Cast) -> None:
    notice = a_notice(cast)
    with pytest.raises(Refused, match="原因"):
        withdraw_notice(notice, by=cast.wang, reason="")
    withdraw_notice(notice, by=cast.wang, reason="名单有误，更正后重新公示。")
    assert notice.state == State.WITHDRAWN
    assert "名单有误" in notice.outcome
    assert "已经撤回" in str(why_not_clear(notice, TODAY))
    with pytest.raises(WrongState):
        withdraw_notice(notice, by=cast.wang, reason="再撤。")


def test_the_gate_says_why(cast: Cast, clock: Clock) -> None:
    assert "还没有公示" in str(why_not_clear(None, TODAY))
    notice = a_notice(cast)
    assert "3月12日期满" in str(why_not_clear(notice, TODAY))
    an_objection(notice)
    assert "1件没有答复" in str(why_not_clear(notice, TODAY))
    Objection.objects.update(state="dismissed", answer="经核实无误。")
    assert "请先“结束公示”" in str(why_not_clear(notice, AFTER))
