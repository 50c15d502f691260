"""A community that joins in mid-term enters its sitting council and two running works, and works the same afternoon."""

import pytest

from tests.cast import Cast
from tests.factories.projects import UNDER_WAY
from tests.journeys.visitor import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.year.councils.models import Representative
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State

ROSTER = (
    "推选单位\t方面\t姓名\t手机号\t单位或楼院\t其他身份\n"
    "一号楼群\t居民\t李明\t13800000002\t2号楼\t党代表、人大代表\n"
    "一号楼群\t居民\t王芳\t\t3号楼\t\n"
    "一号楼群\t居民\t周兰\t\t5号楼\t\n"
    "两委一站\t两委一站\t刘强\n"
)


def at(someone: Person) -> Visitor:
    return Visitor(type(someone).objects.get(pk=someone.pk))


@pytest.mark.slow
def test_what_is_entered_after_noon_works_before_evening(cast: Cast) -> None:
    the_council(cast)
    the_works(cast)
    at_work(cast)


def the_council(cast: Cast) -> None:
    """Founded, its roster pasted, confirmed by the subdistrict from its home, marked on the public page."""
    at(cast.wang).to("desk-council", cast.zaobei.code).press("成立议事协商会").send(
        "成立议事协商会", 职责="协商社区公共事务。", 成立日期="2020年3月1日"
    )
    at(cast.wang).to("desk-council", cast.zaobei.code).press("登记在任的一届").send(
        "登记在任的一届",
        {
            "届次": "3",
            "任期开始": "2024年4月1日",
            "任期届满": "2027年3月31日",
            "怎样产生的": "2024年3月28日居民代表会议选举产生。",
            "代表名册": ROSTER,
            "名册上的代表都同意公开姓名": True,
        },
    )
    at(cast.zhao).to("desk-home").press("确认在任的一届").press("确认在任的一届").send("确认在任的一届")
    Visitor().to("council", cast.zaobei.code).sees("李明", "非本系统选举产生")


def the_works(cast: Cast) -> None:
    """Both are typed in from the papers there are, and confirmed above."""
    for title in ("加装楼道扶手", "修缮自行车棚"):
        at(cast.wang).to("desk-projects", cast.zaobei.code).press("登记在办项目").send(
            "登记在办项目",
            {
                "项目名称": title,
                "项目内容": UNDER_WAY["content"],
                "属于哪一级的职责": "社区（村）",
                "立项依据": UNDER_WAY["basis"],
                "责任人": "刘芳",
                "开工日期": "2026年1月10日",
                "完成时限": "6月30日",
                "完成标准": UNDER_WAY["completion_standard"],
                "后期维护责任人": "安居物业",
                "每年维护费用（元）": "0",
                "计划费用（元）": "3万",
                "现在的进度（%）": "40",
            },
        )
        at(cast.zhao).to("desk-home").press("确认在办项目", title).press("确认在办项目").send("确认在办项目")
    assert {one.state for one in Project.objects.all()} == {State.UNDERWAY}
    Visitor().to("place", cast.zaobei.code).sees("加装楼道扶手")


def at_work(cast: Cast) -> None:
    """The same afternoon: progress on both, one watched by its representatives, the council called, words handed in."""
    for project in Project.objects.all():
        at(cast.liu).to("desk-project", project.pk).press("记录进展").send(
            "记录进展", {"进度（%）": "60", "进展": "装到四层。"}
        )
        Visitor().to("public-project", project.pk).sees("非本系统立项", "60%")
    seats = [str(one.pk) for one in Representative.objects.exclude(name="刘强")]
    watched = Project.objects.get(title="加装楼道扶手")
    at(cast.wang).to("desk-project", watched.pk).press("组成监督小组").send("组成监督小组", 监督小组=seats)
    at(cast.liming).to("my-project", watched.pk).press("提出监督意见").send(
        "提出监督意见", 发现了什么问题="二单元的扶手松动。"
    )
    at(cast.liu).to("desk-home").sees("二单元的扶手松动。")
    at(cast.liu).to("desk-meetings", cast.zaobei.code).press("筹备会议").send(
        "筹备会议",
        {
            "类别": "审议会（年初）",
            "会议名称": "2026年第一次审议会",
            "开会时间": "3月20日下午2点",
            "地点": "社区二层",
            "主持人": "王建国",
            "记录人": "刘芳",
        },
    )
    at(cast.lu).to("suggest-here", cast.zaobei.code).send("提交建议", 您想说什么="3号楼门口的路灯不亮。").sees(
        "建议已受理"
    )
    Visitor().to("public-project", watched.pk).sees("二单元的扶手松动。")
