"""A community item: reported up, answered that the subdistrict does it, done by its section, watched, accepted."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import OPERATOR, Cast, person
from tests.conftest import Clock
from tests.factories import projects, proposals, sections
from tests.factories.suggestions import a_suggestion
from tests.journeys.visitor import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.councils.models import Representative
from yishiting.year.dossiers.models import Referral
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.actions import screen_suggestion
from yishiting.year.suggestions.models import Criterion, Mark

TITLE = "农展馆南路人行道铺平"
ROAD = "农展馆南路东侧人行道坑洼，下雨积水，老人推小车过不去，请铺平。"
STANDARD = "人行道铺平，下雨不积水，轮椅和小车推得过去。"
PLAN = {
    "项目内容": "东侧人行道320米翻修，加三处无障碍坡。",
    "责任人": "吴军",
    "完成时限": "7月31日",
    "完成标准": STANDARD,
    "计划费用（元）": "18万",
    "经费来源": "街道城管经费",
    "后期维护责任人": "城管科养护队",
    "每年维护费用（元）": "2000",
}


def at(someone: Person) -> Visitor:
    return Visitor(type(someone).objects.get(pk=someone.pk))


@pytest.fixture
def section(cast: Cast) -> sections.Section:
    return sections.a_section(cast)


@pytest.fixture
def adopted(cast: Cast, clock: Clock, section: sections.Section) -> Proposal:
    """What 陆阿姨 said is in a proposal that the council of the community has adopted."""
    marks = {criterion: str(Mark.PASS) for criterion in Criterion.values}
    said = screen_suggestion(a_suggestion(cast, by=cast.lu, text=ROAD), by=cast.wang, **marks, result="valid")
    draft = proposals.drafted(
        cast, suggestions=[said], title=TITLE, responsible_level=ResponsibleLevel.SUBDISTRICT, situation=ROAD
    )
    return proposals.decided(cast, clock, draft)


@pytest.fixture
def director(cast: Cast, section: sections.Section) -> Person:
    """罗刚, who heads the office of the subdistrict; its council has three seats that will watch."""
    luo = person("luo", "罗刚")
    appoint(cast.maizidian, by=OPERATOR, person=luo, office=Office.SUBDISTRICT_DIRECTOR, since=sections.SINCE)
    sections.seats_of_the_street(cast.maizidian, cast.liming, cast.lu, person("zhang", "张淑珍", staff=False))
    return luo


def test_the_subdistrict_answers_and_its_section_does_it(
    cast: Cast, clock: Clock, section: sections.Section, adopted: Proposal, director: Person
) -> None:
    reported(cast, adopted)
    answered(cast, section, adopted)
    taken_up(cast, section, adopted)
    planned(cast, section, director)
    begun(cast, clock, section, director)
    watched(cast, section)
    finished(cast, clock, section)


def reported(cast: Cast, proposal: Proposal) -> None:
    """The secretary reports it up; it waits at the subdistrict by a day."""
    at(cast.wang).to("desk-proposal", proposal.pk).press("报送街乡").send(
        "报送街乡", 社区为什么不能解决="道路归街道管，社区没有权限和经费。"
    ).sees("已报送")
    at(cast.zhao).to("desk-home").sees(TITLE).press("答复社区").sees(
        "由本级办理", "由报送的地方办理", "转报上级", "暂不办理", "不可行"
    )


def answered(cast: Cast, section: sections.Section, proposal: Proposal) -> None:
    """Not without a section and a leader; then the community sees the answer, and the proposer hears it in plain words."""
    zhao = at(cast.zhao).to("desk-proposal", proposal.pk).press("由本级办理")
    zhao.send("由本级办理", 答复="今年雨季前翻修。", expects=422)
    zhao.send(
        "由本级办理",
        {
            "答复": "今年雨季前翻修。",
            "由哪个科室或单位办理": str(section.unit.pk),
            "责任领导": str(section.he.pk),
        },
    ).sees("已答复，等承办科室立项")
    at(cast.liu).to("desk-home").sees("上级的答复", TITLE, "由上级办理", "今年雨季前翻修。")
    told = Message.objects.filter(to=cast.lu, template="proposal.take_on").latest("created_at").body
    assert "由麦子店街道办理，城管科承办" in told
    Visitor().to("public-proposal", proposal.pk).sees("由上级办理", "城管科")


def taken_up(cast: Cast, section: sections.Section, proposal: Proposal) -> None:
    """It waits on the section and nobody else's; its head opens the project."""
    at(section.han).to("desk-home").sees_not(TITLE)
    at(section.he).to("desk-home").sees(TITLE)
    wu = at(section.wu).to("desk-home").press("科室立项")
    wu.send(
        "科室立项",
        {
            "承办科室或单位": str(section.unit.pk),
            "责任领导": str(section.he.pk),
            "承办负责人": str(section.wu.pk),
        },
    ).sees("已立项")
    assert Referral.objects.get(kind="inside").outcome == "opened"
    assert Project.objects.get().place == cast.maizidian


def planned(cast: Cast, section: sections.Section, director: Person) -> None:
    """One team, one plan, partners that give; nobody of the team watches."""
    project = Project.objects.get()
    wu = at(section.wu).to("desk-project", project.pk).press("制定方案").send("制定方案", PLAN).sees("方案已保存")
    wu.press("组成实施小组").send("组成实施小组", 实施小组="冯丽 联系施工\n李明 现场监看").sees("实施小组已保存")
    wu.press("确定配合单位")
    gives = {"出什么": "出两名工人清场", "方式": "人工"}
    wu.send("确定配合单位", {"单位": "没有这家", **gives}, expects=422).sees("没有登记")
    wu.send("确定配合单位", {"单位": "安居物业", **gives}).sees("配合单位已保存", "安居物业（人工：出两名工人清场）")
    seats = [str(one.pk) for one in Representative.objects.filter(place=cast.maizidian)]
    luo = at(director).to("desk-project", project.pk).press("组成监督小组")
    luo.send("组成监督小组", 监督小组=seats, expects=422).sees("李明既在实施小组")
    wu.to("desk-project", project.pk).press("组成实施小组").send("组成实施小组", 实施小组="冯丽 联系施工")
    at(director).to("desk-project", project.pk).press("组成监督小组").send("组成监督小组", 监督小组=seats).sees(
        "监督小组已保存"
    )


def begun(cast: Cast, clock: Clock, section: sections.Section, director: Person) -> None:
    """The plan is public with who leads and who gives what; then the work begins."""
    project = Project.objects.get()
    at(director).to("desk-project", project.pk).press("公示方案").send("公示方案").sees("方案已公示")
    notice = Project.objects.get().notice
    assert notice is not None
    Visitor().to("notice", notice.pk).sees("承办：城管科，责任领导：何敏", "安居物业（人工：出两名工人清场）")
    clock.to(notice.last_day + timedelta(days=1))
    at(section.wu).to("desk-notice", notice.pk).press("结束公示").send("结束公示")
    at(section.wu).to("desk-project", project.pk).press("开工").sees("已开工")
    Visitor().to("place-projects", cast.maizidian.code).sees("部门承办", TITLE)


def watched(cast: Cast, section: sections.Section) -> None:
    """李明 finds something; only he can say that it was put right."""
    project = Project.objects.get()
    at(cast.liming).to("my-project", project.pk).press("提出监督意见").send(
        "提出监督意见", 发现了什么问题="北头坡太陡，轮椅上不去。"
    )
    at(section.wu).to("desk-home").press("答复监督意见").press("答复监督意见").send(
        "答复监督意见", 怎样整改的="坡已放缓。"
    )
    at(cast.lu).to("my-project", project.pk).sees("坡已放缓").sees_not("确认整改")
    at(cast.liming).to("representative-home").sees("坡太陡")
    at(cast.liming).to("my-project", project.pk).press("确认整改").sees("已确认整改")


def finished(cast: Cast, clock: Clock, section: sections.Section) -> None:
    """Late is called late; finished, signed for, accepted; 陆阿姨 reads it on the page of what she said."""
    project = Project.objects.get()
    assert project.deadline is not None
    clock.to(project.deadline + timedelta(days=3))
    for one in (section.wu, section.he):
        at(one).to("desk-home").sees(TITLE, "已超1个工作日")
    at(section.wu).to("desk-project", project.pk).sees("已超期").press("报告完工").send(
        "报告完工", 完工情况="320米全部铺平，试过不积水。"
    )
    for supervisor in project.supervisors.select_related("representative__person"):
        signs(supervisor.representative.person, project)
    at(section.wu).to("desk-project", project.pk).press("作出验收结论").send("作出验收结论").sees("验收结论已公开")
    assert "验收签字" in Message.objects.filter(to=cast.lu, template="proposal.accepted").latest("created_at").body
    Visitor().to("public-project", project.pk).sees(
        "提出建议", "审议通过", "报送上级", "由上级办理", "科室立项", "验收：合格"
    )


def signs(someone: Any, project: Project) -> None:
    at(someone).to("my-project", project.pk).press("验收签字").send(
        "验收签字", {"对照完成标准，您认为": "达到标准"}
    ).sees("您的意见已记录")
    assert projects.today() >= project.deadline
