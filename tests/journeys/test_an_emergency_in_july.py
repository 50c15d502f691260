"""遇紧急情况: in July, out of the season of consultation, one matter is heard, deliberated and worked on; then its door closes."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings
from tests.journeys.visitor import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import why_not_now
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.councils.models import Representative
from yishiting.year.meetings.actions import open_meeting
from yishiting.year.meetings.models import Meeting
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion

JULY = date(2026, 7, 13)
FLOOD = "暴雨后3号楼地下室积水半米，配电箱在里面，太危险，请马上抽水。"
REASON = "7月12日暴雨，地下室大面积积水"
OUTCOME = "积水已排干，装了两台水泵，配电箱移到了一层。"


def at(someone: Person) -> Visitor:
    return Visitor(type(someone).objects.get(pk=someone.pk))


def opened(someone: Person, place: Place) -> None:
    """The heads open it, with the reason; everybody reads the reason on the page of the place."""
    at(someone).to("desk-seasons", place.code).press("开启特殊征集").send(
        "开启特殊征集", {"为什么现在征集": REASON, "从哪一天起": "7月13日", "到哪一天止": "7月20日"}
    ).sees("已开启")
    Visitor().to("place", place.code).sees("紧急或特殊事项", REASON)


def said(cast: Cast, words: str) -> Suggestion:
    """陆阿姨 says it from her phone; the desk lets it in."""
    at(cast.lu).to("suggest-here", cast.zaobei.code).send("提交建议", {"您想说什么": words, "在哪里": "3号楼"}).sees(
        "建议已受理"
    )
    one = Suggestion.objects.get(text=words)
    marks = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")
    at(cast.liu).to("suggestion-screen", one.pk).send("保存，看下一条", {**marks, "初审结果": "有效建议"})
    return Suggestion.objects.get(pk=one.pk)


def drafted(cast: Cast, one: Suggestion, title: str) -> Proposal:
    """A proposal on it."""
    at(cast.liu).to("desk-suggestion", one.pk).press("草拟建议案").send(
        "保存草案",
        {
            "案由": title,
            "情况": one.text,
            "办理建议": "抽水，装水泵，移配电箱。",
            "责任层级": "社区（村）",
            "根据哪些建议": [str(one.pk)],
        },
    ).sees("已草拟")
    return Proposal.objects.get(title=title)


@pytest.mark.slow
def test_an_emergency_in_july(cast: Cast, clock: Clock) -> None:
    clock.to(JULY)
    meetings.a_council(cast.zaobei, person=cast.liming)
    opened(cast.wang, cast.zaobei)
    flood = said(cast, FLOOD)
    assert flood.special == SpecialIntake.objects.get()
    pump = drafted(cast, flood, "地下室抽水装水泵")
    deliberated(cast, clock, pump)
    carried_out(cast, clock, pump)
    ended(cast, clock)


def deliberated(cast: Cast, clock: Clock, proposal: Proposal) -> None:
    """The council is called for it the day after next, with the consent that the rules ask for."""
    liu = at(cast.liu).to("desk-meetings", cast.zaobei.code).press("筹备会议")
    called = {
        "类别": "临时会议",
        "会议名称": "积水应急协商会",
        "地点": "社区二层",
        "主持人": "王建国",
        "记录人": "刘芳",
        "开会时间": "7月15日下午2点",
    }
    liu.send("筹备会议", called, expects=422).sees("同意")
    liu.send("筹备会议", {**called, "临时会议经谁同意": "社区党委7月13日同意"})
    at(cast.liu).to("desk-proposal", proposal.pk).press("提请审议").send(
        "提请审议", 列入哪次会议="积水应急协商会"
    ).sees("已列入议程")
    meeting = Meeting.objects.get()
    at(cast.wang).to("desk-meeting", meeting.pk).press("发出会议通知").sees("已通知")
    clock.to(date(2026, 7, 15), 14)
    meetings.here(cast, Meeting.objects.get(), 10)
    open_meeting(Meeting.objects.get(), by=cast.wang)
    meetings.voted(cast, Proposal.objects.get(pk=proposal.pk).agenda_item)
    at(cast.wang).to("desk-proposal", proposal.pk).press("登记审议结果").send("登记审议结果").sees("审议通过")


def carried_out(cast: Cast, clock: Clock, proposal: Proposal) -> None:
    """Its work is planned, publicised and begun."""
    at(cast.wang).to("desk-proposal", proposal.pk).press("立项").sees("已立项")
    project = Project.objects.get()
    at(cast.liu).to("desk-project", project.pk).press("制定方案").send(
        "制定方案",
        {
            "项目内容": "抽水，装两台水泵。",
            "责任人": "刘芳",
            "完成时限": "8月15日",
            "完成标准": "暴雨后两小时内排干。",
            "计划费用（元）": "1万",
            "后期维护责任人": "安居物业",
            "每年维护费用（元）": "500",
        },
    ).sees("方案已保存")
    at(cast.liu).to("desk-project", project.pk).press("组成实施小组").send("组成实施小组", 实施小组="刘芳 总联系")
    seats = [str(one.pk) for one in Representative.objects.all()[:3]]
    at(cast.wang).to("desk-project", project.pk).press("组成监督小组").send("组成监督小组", 监督小组=seats)
    at(cast.wang).to("desk-project", project.pk).press("公示方案").send("公示方案")
    assert "还没有开工" in str(why_not_now("season.end_special", SpecialIntake.objects.get()))
    at(cast.wang).to("desk-seasons", cast.zaobei.code).sees_not("结束特殊事项")
    notice = PublicNotice.objects.filter(kind="plan").latest("created_at")
    clock.to(notice.last_day + timedelta(days=1))
    at(cast.wang).to("desk-notice", notice.pk).press("结束公示").send("结束公示")
    at(cast.wang).to("desk-project", project.pk).press("开工").sees("已开工")


def ended(cast: Cast, clock: Clock) -> None:
    """The days of intake are over and the work has begun: it waits to be ended; then nothing is let through any more."""
    clock.to(date(2026, 8, 3))
    late = said(cast, "3号楼地下室墙皮掉了，请补一补。")
    at(cast.wang).to("desk-suggestion", late.pk).press("归入紧急或特殊事项").send(
        "归入紧急或特殊事项", 属于哪一件紧急或特殊事项=str(SpecialIntake.objects.get().pk)
    ).sees("不分时节办理")
    at(cast.wang).to("desk-home").sees(REASON).press("结束特殊事项").send("结束特殊事项", 办理结果=OUTCOME).sees(
        "已结束"
    )
    Visitor().to("place", cast.zaobei.code).sees("已经结束的紧急或特殊事项", OUTCOME)
    wall = drafted(cast, late, "地下室补墙皮")
    at(cast.liu).to("desk-proposal", wall.pk).sees("问政季、收获季办理，现在还没有开放")


@pytest.mark.parametrize("level", ["community", "subdistrict", "district"])
def test_at_each_level_its_heads_open_it(cast: Cast, clock: Clock, level: str) -> None:
    """For what lies below too: a suggestion in the community belongs to the matter of the place above."""
    from tests.cast import OPERATOR, person
    from yishiting.ground.organisations.actions import appoint
    from yishiting.ground.organisations.models import Office

    clock.to(JULY)
    luo = person("luo", "罗刚")
    appoint(cast.maizidian, by=OPERATOR, person=luo, office=Office.SUBDISTRICT_DIRECTOR, since=date(2025, 1, 1))
    who, where = {
        "community": (cast.wang, cast.zaobei),
        "subdistrict": (luo, cast.maizidian),
        "district": (cast.sun, cast.district),
    }[level]
    opened(who, where)
    Visitor().to("place", cast.zaobei.code).sees("紧急或特殊事项", REASON)
    assert said(cast, FLOOD).special == SpecialIntake.objects.get(place=where)
