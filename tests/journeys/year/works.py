"""解忧季: one project, one plan; published, done, watched, put right, accepted."""

from datetime import date

from tests.journeys.year.circle import Circle
from yishiting.year.councils.models import Representative
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal

STANDARD = "天黑自动亮，照到单元门台阶，连续亮六小时以上。"
PLAN = {
    "项目内容": "3号楼门口装一盏太阳能路灯，楼道装六盏感应灯。",
    "责任人": "刘芳",
    "计划开工": "4月20日",
    "完成时限": "6月30日",
    "完成标准": STANDARD,
    "计划费用（元）": "1.235万",
    "经费来源": "社区公益金",
    "后期维护责任人": "安居物业",
    "每年维护费用（元）": "600",
}


def carry_out(circle: Circle) -> None:
    """From the plan to acceptance."""
    circle.on(date(2026, 4, 2))
    plan(circle)
    circle.notice_runs_out("plan")
    work(circle)
    accept(circle)


def plan(circle: Circle) -> None:
    """Opened, planned, with a team and those who watch; a plan without its standard is not published."""
    proposal = Proposal.objects.get()
    circle.wang.to("desk-proposal", proposal.pk).press("立项").sees("已立项")
    liu = circle.liu.to("desk-projects", circle.code).press(proposal.title)
    liu.press("制定方案").send("制定方案", {**PLAN, "完成标准": ""})
    liu.press("组成实施小组").send("组成实施小组", 实施小组="刘芳 总联系\n马师傅 现场监看").sees("实施小组已保存")
    watching = [one for name in ("李明", "张淑珍", "马永福") for one in Representative.objects.filter(name=name)]
    wang = circle.wang.to("desk-project", Project.objects.get().pk)
    wang.press("组成监督小组").send("组成监督小组", 监督小组=[str(one.pk) for one in watching]).sees("监督小组已保存")
    wang.sees("方案还缺：完成标准")
    liu.press("制定方案").send("制定方案", 完成标准=STANDARD).sees("方案已保存")
    circle.wang.to("desk-project", Project.objects.get().pk).press("公示方案").send("公示方案")
    circle.anyone.to("public-project", Project.objects.get().pk).sees(STANDARD, "安居物业")


def work(circle: Circle) -> None:
    """Progress; a finding by 李明 is answered and confirmed; finished."""
    project = Project.objects.get()
    circle.liu.to("desk-project", project.pk).press("开工")
    circle.liu.press("记录进展").send(
        "记录进展", {"进度（%）": 60, "进展": "路灯已立，感应灯到货。", "日期": "今天"}
    ).sees("进展已公开")
    circle.liming.to("representative-home").press("我监督的项目").press(project.title).press("提出监督意见")
    circle.liming.send("提出监督意见", 发现了什么问题="二层的感应灯白天也亮，请调一下。").sees("已记录")
    circle.liu.to("desk-home").press("答复监督意见").press("答复监督意见").send(
        "答复监督意见", 怎样整改的="已调好光感，白天不亮了。"
    ).sees("等监督小组确认")
    circle.liming.to("representative-home").press("我监督的项目").press(project.title).press("确认整改").sees(
        "已确认整改"
    )
    circle.on(date(2026, 6, 20))
    circle.liu.to("desk-project", project.pk).press("报告完工")
    circle.liu.send("报告完工", 完工情况="七盏灯逐一试过，全部达到标准。").sees("已报告完工")


def accept(circle: Circle) -> None:
    """Everyone who watches signs against the standard; only then can the work be accepted."""
    project = Project.objects.get()
    circle.wang.to("desk-project", project.pk).sees("还有3人没有签字")
    for someone in (circle.liming, *circle.neighbours()):
        someone.to("representative-home").press("我监督的项目").press(project.title).press("验收签字")
        someone.sees(STANDARD).send("验收签字", {"对照完成标准，您认为": "达到标准"}).sees("您的意见已记录")
    circle.wang.to("desk-project", project.pk).press("作出验收结论").send("作出验收结论").sees("验收结论已公开")
    circle.anyone.to("public-project", project.pk).sees("验收")
