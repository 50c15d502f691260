"""New Year by hand, on the pages: asked for from November on, put off by everybody, lived day by day until 3 February."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings
from tests.journeys.visitor import Visitor
from yishiting.doors.commands.management.commands.init import open_year
from yishiting.ground.accounts.models import Person
from yishiting.ground.seasons.models import Window
from yishiting.ground.seasons.queries import windows_for
from yishiting.overview.cycle.actions import run_daily
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.councils.models import Council
from yishiting.year.meetings.actions import plan_meeting
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State

#: What of the coming year the district office is asked for, as its home says it.
ASKED = ("2027年", "放假安排", "时节", "规则")
HOLIDAYS = "一、元旦：1月1日至3日放假调休，共3天。\n二、春节：2月5日至11日放假调休，共7天。2月14日上班。\n七、国庆节：10月1日至7日放假调休，共7天。"
BEGINS, ENDS = date(2026, 12, 31), date(2027, 2, 3)
#: The days on which words are handed in, let in and answered: the last and the first of a year, the end.
SPOKEN = (BEGINS, date(2027, 1, 1), ENDS)
#: The days of the month on which the pages are looked at: around the turn of each, and in between.
LOOKED_AT = (31, 1, 15)
OF_ITS_COUNCIL = {"meeting.plan", "meeting.convene", "item.add"}


def at(someone: Person) -> Visitor:
    return Visitor(type(someone).objects.get(pk=someone.pk))


def days() -> list[date]:
    return [BEGINS + timedelta(days=n) for n in range((ENDS - BEGINS).days + 1)]


@pytest.mark.slow
def test_new_year_by_hand(cast: Cast, clock: Clock) -> None:
    council = meetings.a_council(cast.zaobei, person=cast.liming)
    open_year(cast.district, 2026)
    clock.to(date(2026, 11, 2), 9)
    at(cast.sun).to("desk-home").sees(*ASKED)
    for day in days():
        clock.to(day, 10)
        turned = run_daily(day)
        assert (turned.failed, turned.refused) == ([], {}), day
        if day.day in LOOKED_AT:
            open_to_everybody(cast, day)
        if day in SPOKEN:
            spoken(cast, day)
        if day == date(2027, 1, 5):
            put_to_the_council(cast, council)
        if day == date(2027, 1, 11):
            led_at_last(cast)
    assert Suggestion.objects.filter(state=State.VALID).count() == len(SPOKEN)
    assert not Suggestion.objects.filter(answered_on=None).exists()


def open_to_everybody(cast: Cast, day: date) -> None:
    """Nothing has closed: the place takes words in, its strip says so, and late is only what was due."""
    anybody = Visitor().to("place", cast.zaobei.code).sees("现在可以", "提建议", "问政季", "解忧季", "收获季")
    assert anybody.to("suggest-here", cast.zaobei.code).form("提交建议")
    late = {one.name: seen for one in (cast.qian, cast.zhao) if (seen := red(one, day))}
    assert late == {}, f"{day}: a place that does not take part yet, and the one above: {late}"
    here = {*red(cast.liu, day), *red(cast.wang, day)}
    assert here <= OF_ITS_COUNCIL, f"{day}: only what is due of its council, and the meeting of 20 January: {here}"


def red(someone: Person, day: date) -> list[str]:
    """What is late on somebody's home."""
    return [one.verb for one in waiting_for(Person.objects.get(pk=someone.pk), day) if one.late(day)]


def spoken(cast: Cast, day: date) -> None:
    """陆阿姨 hands in; 小刘 receives, screens and answers within the limits."""
    words = f"{day.month}月{day.day}日：3号楼门口的路灯不亮，天黑看不见台阶。"
    at(cast.lu).to("suggest-here", cast.zaobei.code).send("提交建议", 您想说什么=words).sees("建议已受理")
    one = Suggestion.objects.get(text=words)
    assert (one.screen_due or day) > day
    marks = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")
    at(cast.liu).to("suggestion-screen", one.pk).send("保存，看下一条", {**marks, "初审结果": "有效建议"})
    one.refresh_from_db()
    assert (one.answer_due or day) > day
    answered = {"答复类别": "列入下一季审议", "答复内容": "列入下一次审议会。"}
    at(cast.liu).to("desk-suggestion", one.pk).press("答复").send("答复", answered)


def put_to_the_council(cast: Cast, council: Council) -> None:
    """The season of consultation is open though nobody has set it: a proposal is put on the agenda of a meeting."""
    said = Suggestion.objects.filter(state=State.VALID).order_by("received_on")[0]
    at(cast.liu).to("desk-suggestion", said.pk).press("草拟建议案").send(
        "保存草案",
        {
            "案由": "楼门口装太阳能路灯",
            "情况": said.text,
            "办理建议": "在3号楼门口装一盏太阳能路灯。",
            "责任层级": "社区（村）",
            "根据哪些建议": [str(said.pk)],
        },
    )
    starts = meetings.BEGINS.replace(year=2027, month=1, day=20)
    title = "枣营北里社区2027年第一次审议会"
    rest = {"venue": "社区二层", "chair": "王建国", "recorder": "刘芳", "kind": "deliberation"}
    plan_meeting(council, by=cast.wang, title=title, starts_at=starts, **rest)
    at(cast.liu).to("desk-home").sees("现在可以", "提请审议（还有86天）")
    proposal = Proposal.objects.get()
    at(cast.liu).to("desk-proposal", proposal.pk).press("提请审议").send("提请审议", 列入哪次会议=title).sees(
        "已列入议程"
    )


def led_at_last(cast: Cast) -> None:
    """Late, and nobody else has noticed: the office sets the year from its home, as it is proposed."""
    office = at(cast.sun)
    opens = [one.opens for one in windows_for(cast.zaobei, 2027)]
    assert opens == [date(2027, 1, 1), date(2027, 4, 1), date(2027, 10, 1)], "as this year, until somebody sets them"
    assert set(red(cast.sun, date(2027, 1, 11))) == {"season.set_year", "holiday.announce", "rulebook.carry_on"}
    office.go(reverse("do", args=["season.set_year", cast.district.code])).send("设定全年时段")
    assert Window.objects.filter(year=2027).count() == 9
    office.go(reverse("do", args=["holiday.announce", cast.district.code])).send(
        "载入放假安排", 或者把通知贴在这里=HOLIDAYS
    )
    office.go(reverse("do", args=["rulebook.carry_on", cast.district.code])).send("沿用上年规则")
    assert not red(cast.sun, date(2027, 1, 11))
