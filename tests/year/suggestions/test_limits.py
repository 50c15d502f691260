"""By when somebody hears: the council's calendar, interim answers, many at once, what ends by itself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories import meetings, projects, proposals
from tests.factories.suggestions import ALL_PASS, a_slip, a_suggestion, a_valid_one
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.notices.models import Message
from yishiting.ground.seasons.queries import holidays
from yishiting.methods.workdays import add_workdays
from yishiting.overview.cycle.actions import run_daily
from yishiting.year.proposals.actions import answer_sources, put_off_proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.actions import (
    answer_interim,
    answer_many,
    answer_suggestion,
    appeal,
    screen_suggestion,
    supplement_suggestion,
)
from yishiting.year.suggestions.models import Answer, AnswerKind
from yishiting.year.suggestions.states import State

pytestmark = pytest.mark.django_db
LATER = {"text": "已请供电公司看过", "handler": "街道城管科", "next_step": "报价后提请审议"}
MORE = ALL_PASS | {"factual": "more_work"}


def after(day: date, workdays: int = 15) -> date:
    return add_workdays(day, workdays, holidays())


def told(words: str) -> list[str]:
    return sorted(one.address for one in Message.objects.all() if words in one.body)


def test_where_no_council_sits_the_limit_runs_from_the_screening(cast: Cast) -> None:
    assert a_valid_one(cast).answer_due == after(TODAY)


def test_where_one_sits_it_runs_from_the_end_of_its_time_and_the_proposer_is_told_when(cast: Cast) -> None:
    meetings.a_council(cast.zaobei)
    one = a_valid_one(cast, phone="13900000071")
    assert one.answer_due == after(date(2026, 3, 31))
    (body,) = [m.body for m in Message.objects.all() if "初审有效" in m.body]
    assert "2026年3月31日以前提请枣营北里社区议事协商会审议" in body
    assert f"最晚{chinese(after(date(2026, 3, 31)), 'plain')}答复您" in body


def test_a_meeting_that_is_planned_decides(cast: Cast) -> None:
    meetings.planned(cast)
    assert a_valid_one(cast).answer_due == after(meetings.DAY)


def test_outside_the_time_of_deliberation_nobody_waits_for_next_year(cast: Cast, clock: Clock) -> None:
    meetings.a_council(cast.zaobei)
    one = a_suggestion(cast)
    clock.to(date(2026, 6, 1))
    assert screen_suggestion(one, by=cast.liu, **ALL_PASS, result="valid").answer_due == after(date(2026, 6, 1))
    answer = answer_suggestion(one, by=cast.liu, kind=AnswerKind.NEXT_SEASON, text="列入2027年问政季审议")
    assert (one.answered_on, answer.get_kind_display()) == (date(2026, 6, 1), "列入下一季审议")


def test_an_interim_answer_says_who_what_and_when_and_moves_the_limit(cast: Cast) -> None:
    one = a_valid_one(cast, phone="13900000071")
    day = TODAY + timedelta(days=40)
    answer = answer_interim(one, by=cast.liu, **LATER, next_on=day)
    one.refresh_from_db()
    assert (one.answer_due, one.answered_on, answer.kind) == (day, None, AnswerKind.INTERIM)
    assert answer.goes_on == "由街道城管科办理。下一步：报价后提请审议。最晚2026年4月14日（周二）再答复。"
    assert told("由街道城管科办理") == ["13900000071"]


def test_an_interim_answer_puts_off_no_longer_than_the_rulebook_lets_it(cast: Cast) -> None:
    one = a_valid_one(cast)
    with pytest.raises(Refused, match="最多延长90日"):
        answer_interim(one, by=cast.liu, **LATER, next_on=TODAY + timedelta(days=91))
    answer_suggestion(one, by=cast.liu, kind="settled", text="换好了")
    with pytest.raises(WrongState, match="已经答复过"):
        answer_interim(one, by=cast.liu, **LATER, next_on=TODAY)


@pytest.mark.parametrize("lacking", ["handler", "next_step", "next_on"])
def test_no_interim_answer_is_kept_without_its_promise(cast: Cast, lacking: str) -> None:
    kept = {"handler": "城管科", "next_step": "报价", "next_on": TODAY, lacking: None if lacking == "next_on" else ""}
    whole = Answer(suggestion=a_valid_one(cast), kind=AnswerKind.INTERIM, text="在办", answered_on=TODAY, **kept)
    with pytest.raises(ValidationError, match="阶段答复要写明"):
        whole.validate_constraints()


def test_many_are_answered_at_once_and_each_proposer_is_told_once(cast: Cast) -> None:
    mine = [a_valid_one(cast, text=f"{n}号楼的灯不亮，请换", phone="13900000071") for n in (1, 2)]
    other = a_valid_one(cast, text="9号楼的灯不亮，请换", phone="13900000072")
    answer_many(cast.zaobei, by=cast.liu, suggestions=[*mine, other], kind="planned", text="六月底前换好")
    assert told("六月底前换好") == ["13900000071", "13900000072"]
    assert {one.text for one in Answer.objects.all()} == {"六月底前换好"}
    for one in (*mine, other):
        one.refresh_from_db()
        assert (one.answered_on, one.answers.count()) == (TODAY, 1)


def test_of_many_one_that_was_not_screened_is_named(cast: Cast) -> None:
    raw = a_slip(cast)
    with pytest.raises(Refused, match=raw.title):
        answer_many(cast.zaobei, by=cast.liu, suggestions=[a_valid_one(cast), raw], kind="settled", text="好了")
    assert Answer.objects.count() == 0


def test_of_many_one_that_was_turned_away_is_promised_nothing(cast: Cast) -> None:
    away = a_suggestion(cast)
    failed = ALL_PASS | {"public_interest": "fail"}
    screen_suggestion(away, by=cast.liu, **failed, result="not_admissible", reason="个人事务")
    with pytest.raises(Refused, match="只能答复“情况说明”"):
        answer_many(cast.zaobei, by=cast.liu, suggestions=[a_valid_one(cast), away], kind="planned", text="好的")
    answer_many(cast.zaobei, by=cast.liu, suggestions=[away], kind="explained", text="可以找物业")


def test_what_the_council_adopts_is_answered(cast: Cast, clock: Clock) -> None:
    source = proposals.decided(cast, clock).suggestions.get()
    answer = source.answers.get()
    assert (answer.kind, source.answered_on) == (AnswerKind.PLANNED, answer.answered_on)
    assert "已通过，决议编号" in answer.text


def test_what_is_pending_goes_on_and_says_until_when(cast: Cast, clock: Clock) -> None:
    source = proposals.decided(cast, clock, to=ProposalState.PENDING, reason="停车位多少还有争议").suggestions.get()
    answer = source.answers.get()
    assert (answer.kind, source.answered_on, source.answer_due) == (AnswerKind.INTERIM, None, answer.next_on)


def test_what_is_put_off_is_answered_with_the_conditions(cast: Cast) -> None:
    proposal = proposals.drafted(cast)
    put_off_proposal(proposal, by=cast.liu, conditions="东侧围墙拆除以后")
    answer = proposal.suggestions.get().answers.get()
    assert answer.kind == AnswerKind.NOT_NOW
    assert "东侧围墙拆除以后" in answer.text


def test_all_sources_of_a_proposal_are_answered_at_once(cast: Cast) -> None:
    proposal = proposals.drafted(cast)
    answer_sources(proposal, by=cast.liu, kind="explained", text="街道正在报价")
    assert [one.answered_on for one in proposal.suggestions.all()] == [TODAY]
    assert "街道正在报价" in Answer.objects.get().text


def test_work_that_was_accepted_is_an_answer(cast: Cast, clock: Clock) -> None:
    project = projects.accepted(cast, clock)
    for source in project.proposals.get().suggestions.all():
        assert source.answers.last().kind == AnswerKind.SETTLED
        assert "验收签字" in source.answers.last().text


def test_what_is_passed_on_names_who_received_it(cast: Cast) -> None:
    one, given = a_suggestion(cast, phone="13900000071"), ALL_PASS | {"result": "transferred", "reason": "归物业管"}
    with pytest.raises(Refused, match="转给了哪个单位") as refused:
        screen_suggestion(one, by=cast.liu, **given)
    assert refused.value.field == "transferred_to"
    screen_suggestion(one, by=cast.liu, **given, transferred_to="安居物业公司")
    assert one.screenings.get().transferred_to == "安居物业公司"
    assert told("归物业管。已转给：安居物业公司。") == ["13900000071"]


def test_what_nobody_adds_to_ends_by_itself_and_may_be_appealed(cast: Cast, clock: Clock) -> None:
    one = a_suggestion(cast, phone="13900000071")
    screen_suggestion(one, by=cast.liu, **MORE, result="more_work", reason="是哪一层？")
    last = after(TODAY)
    assert told(f"请在{last.year}年{last.month}月{last.day}日以前补充") == ["13900000071"]
    clock.to(last)
    assert run_daily(last).lapsed == 0
    clock.to(last + timedelta(days=1))
    assert run_daily(last + timedelta(days=1)).lapsed == 1
    one.refresh_from_db()
    assert (one.state, one.answered_on) == (State.NOT_ADMISSIBLE, last + timedelta(days=1))
    assert told("没有收到") == ["13900000071"]
    appeal(one, by=Visitor(), text="我住院了，刚出来", tail="0071")
    assert one.state == State.APPEALED


def test_what_was_added_in_time_does_not_end(cast: Cast, clock: Clock) -> None:
    one = a_suggestion(cast, phone="13900000071")
    screen_suggestion(one, by=cast.liu, **MORE, result="more_work", reason="是哪一层？")
    supplement_suggestion(one, by=Visitor(), text="二层", tail="0071")
    clock.to(date(2026, 5, 20))
    assert run_daily(date(2026, 5, 20)).lapsed == 0
