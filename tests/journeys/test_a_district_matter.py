"""A matter of the district on its pages: what a community cannot solve goes up, is decided, done, rated, done again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import matters, proposals
from tests.factories.matters import District
from tests.journeys.visitor import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.year.matters.models import Matter
from yishiting.year.matters.queries import classes_here
from yishiting.year.meetings.actions import convene_meeting, decide_item, open_meeting, put_to_vote, take_attendance
from yishiting.year.meetings.models import Attendance
from yishiting.year.meetings.queries import members
from yishiting.year.proposals.actions import forward, report_up
from yishiting.year.proposals.models import Proposal

TITLE = "枣营路拓宽"
SITUATION = "枣营路东段只有一车道，救护车进不来。陆桂芳阿姨（13800000001）家门口天天堵。"
PRIVATE = ("陆桂芳", "13800000001")
OPINION = "符合规划，权限在区。"
HEADS, COMMITTEE = "朝政会纪〔2026〕12号", "朝常会纪〔2026〕8号"
DONE, AGAIN = "道路已经拓宽通车。", "四盏路灯已经移好。"
MOST_QUERIES = 15


def at(someone: Person) -> Visitor:
    return Visitor(type(someone).objects.get(pk=someone.pk))


def the_matter() -> Matter:
    return Matter.objects.get()


def desk(someone: Person) -> Visitor:
    """The page of the matter at the desk; it asks the database little and, of a department, keeps people's data back."""
    visitor, matter = at(someone), the_matter()
    with CaptureQueriesContext(connection) as asked:
        visitor.to("desk-matter", matter.pk).sees(TITLE, matter.number)
    assert len(asked) <= MOST_QUERIES, [one["sql"][:160] for one in asked.captured_queries]
    return visitor


def public() -> Visitor:
    """The page everybody may read: it names nobody, whatever the state."""
    visitor, matter = Visitor(), the_matter()
    with CaptureQueriesContext(connection) as asked:
        visitor.to("public-district-matter", matter.pk).sees(TITLE, matter.number).sees_not(*PRIVATE)
    assert len(asked) <= MOST_QUERIES, [one["sql"][:160] for one in asked.captured_queries]
    return visitor


def home(someone: Person, verb: str) -> Visitor:
    """The home says that it waits, and leads to where it is done."""
    return at(someone).to("desk-home").sees(TITLE).press(verb)


def waits_not(someone: Person, verb: str) -> None:
    """The home asks for no such thing."""
    assert verb not in [words for words, _address in at(someone).to("desk-home").paper.links]


@pytest.fixture
def district(cast: Cast) -> District:
    return matters.a_district(cast)


@pytest.fixture
def reported(cast: Cast, clock: Clock, district: District) -> Proposal:
    """What 陆阿姨 said and the community's council adopted; the subdistrict sent it on to the district."""
    draft = proposals.drafted(
        cast,
        suggestions=[proposals.valid(cast, by=cast.lu)],
        title=TITLE,
        situation=SITUATION,
        responsible_level=ResponsibleLevel.SUBDISTRICT,
    )
    sent = report_up(proposals.decided(cast, clock, draft), by=cast.wang, reason="道路归街道管")
    return forward(sent, by=cast.zhao, reason="道路归区里管")


def test_a_matter_of_the_district(cast: Cast, clock: Clock, district: District, reported: Proposal) -> None:
    taken_in(cast, district)
    advised(cast, district)
    proposed(cast, district)
    reviewed(cast)
    consulted(cast, clock, district)
    decided(cast)
    publicised(cast, clock)
    dispatched(cast, district)
    ruled_on(cast, district)
    planned(cast, district)
    answered(cast, district)
    not_satisfied(cast, district)
    closed(cast, district)


def taken_in(cast: Cast, district: District) -> None:
    """It waits with the work committee of the line, and with nobody else; 梅兰 takes it in and screens it."""
    at(cast.sun).to("desk-home").sees_not("列为区级事项")
    at(district.mei).to("desk-to-take-in", cast.district.code).sees(TITLE, "枣营北里社区", "城市（社会工委）").sees_not(
        "functools"
    )
    home(district.mei, "列为区级事项").press("列为区级事项").sees(SITUATION).send("列为区级事项").sees(
        "已列为区级事项", "请接着初审"
    )
    desk(district.mei).sees("待初审", "来自", "看整个案卷").sees_not("提出拟办建议")
    public().sees("待初审").sees_not("谁作了什么决定")
    home(district.mei, "初审归类").send("初审归类", {"类别": str(classes_here()[0].pk), "涉及法律问题": "否"}).sees(
        "初审已登记"
    )


def advised(cast: Cast, district: District) -> None:
    """A department is asked and answers; nobody's name or telephone is on its page, and no link there is a dead end."""
    home(district.mei, "征求部门意见").send(
        "征求部门意见", {"请哪些部门出具意见": [str(district.roads.pk)], "请论证什么": "拓宽是否符合规划。"}
    ).sees("已请部门出具意见")
    at(district.traffic_handler).to("desk-home").sees_not(TITLE)
    page = desk(district.handler).sees("拓宽是否符合规划。", "等部门意见").sees_not(*PRIVATE)
    for words, address in page.paper.links:
        if words in (TITLE, "看整个案卷") or TITLE in words:
            Visitor.go(at(district.handler), address).sees_not(*PRIVATE)
    home(district.handler, "出具论证意见").sees("拓宽是否符合规划。").sees_not(*PRIVATE).send(
        "出具论证意见",
        {
            "意见": "同意",
            "合法合规": OPINION,
            "可行性": "资金可由养护经费解决。",
            "依据": "《城市道路管理条例》第二十一条",
        },
    ).sees("意见已出具")
    desk(district.mei).sees("已出具意见", OPINION)
    public().sees_not(OPINION, "谁来办")


def proposed(cast: Cast, district: District) -> None:
    """梅兰 proposes who does it, with whom and by when."""
    form = home(district.mei, "提出拟办建议")
    words = {
        "主办单位": str(district.roads.pk),
        "协办单位": [str(district.traffic.pk)],
        "责任人": "处长周平",
        "工作方案": "汛期前完成拓宽。",
        "完成标准": "双车道通车，路灯齐备。",
        "完成时限": "8月31日",
    }
    form.send("提出拟办建议", {**words, "协办单位": [str(district.roads.pk)]}, expects=422).sees(
        "主办单位不能同时是协办单位"
    )
    form.send("提出拟办建议", words).sees("拟办建议已报领导小组办公室")


def reviewed(cast: Cast) -> None:
    """The office passes it on, the leading group approves; both read what was prepared, the public reads none of it."""
    desk(cast.sun).sees("拟办建议待审核", "处长周平", "退回区委工委")
    at(cast.sun).to("desk-home").sees(TITLE, "审核通过")
    home(cast.sun, "审核通过，报领导小组").press("审核通过，报领导小组").sees("汛期前完成拓宽。", "市政处：同意").send(
        "审核通过，报领导小组"
    ).sees("已报领导小组审定")
    home(cast.sun, "登记领导小组审定").send("登记领导小组审定", 结果="同意").sees("领导小组的决定已登记")
    desk(cast.sun).sees("谁作了什么决定", "领导小组办公室", "已审定，待民主协商")
    public().sees("已审定，待民主协商").sees_not("谁作了什么决定", "处长周平", "汛期前完成拓宽")


def consulted(cast: Cast, clock: Clock, district: District) -> None:
    """The consultation meeting of the district votes; what it came to waits to be recorded."""
    day = timezone.localdate() + timedelta(days=10)
    meeting = matters.called(cast, day)
    home(cast.sun, "列入民主协商会").send("列入民主协商会", 列入哪次会议=str(meeting.pk)).sees("已列入议程")
    at(cast.sun).to("desk-home").sees_not("登记协商结果")
    convene_meeting(meeting, by=cast.sun)
    clock.to(day, 14)
    come = {str(one.pk): Attendance.PRESENT for one in members(meeting)}
    take_attendance(meeting, by=cast.sun, attendance=come)
    open_meeting(meeting, by=cast.sun)
    item = the_matter().agenda_item
    assert item is not None
    put_to_vote(item, by=cast.sun)
    for one in (cast.sun, district.clerk):
        enter_tally(item.poll, by=one, counts={"for": len(come) - 2, "against": 1, "abstain": 1})
    decide_item(item, by=cast.sun)
    home(cast.sun, "登记协商结果").send("登记协商结果", 结果="议定").sees("协商结果已登记")
    desk(cast.sun).sees("议定，待区长办公会", "区级民主协商会")
    public().sees_not("谁作了什么决定", "区级民主协商会")


def decided(cast: Cast) -> None:
    """The district head's meeting, then the standing committee; only then the public reads who decided what."""
    form = home(cast.sun, "登记区长办公会决定")
    form.send("登记区长办公会决定", {"结果": "不同意", "会议纪要或文件编号": HEADS}, expects=422).sees("请写明理由")
    form.send("登记区长办公会决定", {"结果": "同意", "会议纪要或文件编号": HEADS}).sees("区长办公会的决定已登记")
    public().sees("待区委常委会").sees_not(HEADS, "谁作了什么决定", "处长周平")
    Visitor().to("place-matters", cast.district.code).sees("还没有公开的区级办理事项").sees_not(TITLE)
    home(cast.sun, "登记区委常委会决定").send(
        "登记区委常委会决定", {"结果": "同意", "会议纪要或文件编号": COMMITTEE}
    ).sees("区委常委会的决定已登记")
    public().sees("已决策，待公示", "谁作了什么决定", HEADS, COMMITTEE, "处长周平")
    Visitor().to("place-matters", cast.district.code).press(TITLE).sees(COMMITTEE)


def publicised(cast: Cast, clock: Clock) -> None:
    """The whole district reads it; when nobody objects, its end leads to the dispatch."""
    home(cast.sun, "向全区公示").press("向全区公示").send("向全区公示").sees("已公示")
    notice = the_matter().notice
    assert notice is not None
    Visitor().to("notice", notice.pk).sees(TITLE, "市政处", "交通处", COMMITTEE).sees_not(*PRIVATE)
    public().press(notice.number).sees(TITLE)
    desk(cast.sun).sees("公示中").sees_not("分派承办单位")
    clock.to(notice.last_day + timedelta(days=1))
    at(cast.sun).to("desk-home").sees("结束公示")
    at(cast.sun).to("desk-notice", notice.pk).press("结束公示").send("结束公示")


def dispatched(cast: Cast, district: District) -> None:
    """The lead and the co-organiser of the proposed handling are filled in; both have it on their homes."""
    home(cast.sun, "分派承办单位").send("分派承办单位").sees("已分派")
    desk(cast.sun).sees("分派和会签", "市政处（主办）", "交通处（协办）")
    public().sees("谁来办", "市政处（主办）", "交通处（协办）")
    for one in (district.handler, district.traffic_handler):
        at(one).to("desk-in-hand").sees(TITLE, "待会签")
        desk(one).sees("会签承办", "退回分派").sees_not(*PRIVATE)


def ruled_on(cast: Cast, district: District) -> None:
    """One unit returns it, the office rules that it stays; both countersign."""
    desk(district.traffic_handler).press("退回分派").send("退回分派", 为什么不承办="路灯归城管委").sees("已退回")
    public().sees_not("路灯归城管委")
    home(cast.sun, "裁定").sees("路灯归城管委").send("裁定", 裁定和依据="仍由交通处协办，依据三定方案。").sees("已裁定")
    for one, name in ((district.traffic_handler, "处长焦明"), (district.handler, "处长周平")):
        home(one, "会签承办").send("会签承办", 会签人=name).sees("已会签")
    desk(cast.sun).sees("处长焦明", "裁定：", "已会签")


def planned(cast: Cast, district: District) -> None:
    """Only the lead writes the plan; progress is public, what was said with people is not."""
    desk(district.traffic_handler).sees_not("制定实施方案")
    home(district.handler, "制定实施方案").send(
        "制定实施方案",
        {
            "责任部门": "道路科",
            "责任人": "科长施工",
            "实施方案": "拓宽1.5米，移四盏路灯。",
            "完成标准": "双车道通车。",
            "完成时限": "8月15日",
        },
    ).sees("实施方案已公开")
    desk(district.traffic_handler).press("记录办理进展").send(
        "记录办理进展", {"进度（%）": "40", "做了什么": "东侧路基完成。"}
    ).sees("进展已公开")
    public().sees("办理中", "科长施工", "移四盏路灯", "40%", "东侧路基完成。")
    at(district.handler).to("desk-home").sees_not("统一答复")
    home(district.handler, "记录沟通").send(
        "记录沟通", {"与谁沟通": "提出人", "沟通情况": "到现场和提出人看过。"}
    ).sees("沟通已记录")
    public().sees_not("到现场和提出人看过。")
    page = desk(district.handler).sees("到现场和提出人看过。", "东侧路基完成。").sees_not(*PRIVATE)
    assert page.paper.words.count("东侧路基完成。") == 1


def answered(cast: Cast, district: District) -> None:
    """One answer of all units; the resident finds it under 我的."""
    home(district.handler, "统一答复").send("统一答复", {"办理结果": "已经解决", "答复": DONE}).sees("已答复")
    public().sees("已答复，等提出人评价", DONE).sees_not("评价答复")
    waits_not(cast.sun, "办结")


def rates(cast: Cast) -> Visitor:
    return at(cast.lu).to("my-home").sees("请您评价区里的答复").press(TITLE).sees(TITLE).press("评价答复")


def not_satisfied(cast: Cast, district: District) -> None:
    """She is not, and says why: it is handled again; her words are public without her name or telephone."""
    form = rates(cast).sees(DONE)
    form.send("评价答复", 您满意吗="不满意", expects=422).sees("请写明哪里不满意")
    form.send("评价答复", {"您满意吗": "不满意", "哪里不满意": "陆桂芳阿姨（13800000001）说路灯没有移"}).sees(
        "谢谢您的评价"
    )
    at(cast.lu).to("my-home").sees_not("请您评价区里的答复")
    public().sees("办理中", "不满意", "路灯没有移").sees_not("评价答复")
    desk(cast.sun).sees("第2次办理")
    desk(district.handler).sees("第2次办理", "路灯没有移").sees_not(*PRIVATE)
    home(district.handler, "记录沟通").send("记录沟通", {"与谁沟通": "提出人", "沟通情况": "电话说过。"})
    home(district.handler, "统一答复").send("统一答复", {"办理结果": "已经解决", "答复": AGAIN}).sees("已答复")


def closed(cast: Cast, district: District) -> None:
    """Rated satisfied by everybody it came from, it waits to be closed, at once; then it waits with nobody."""
    waits_not(cast.sun, "办结")
    rates(cast).sees(AGAIN).send("评价答复", 您满意吗="满意").sees("谢谢您的评价")
    home(cast.sun, "办结").press("办结").sees("已办结")
    public().sees("已办结", DONE, AGAIN, "不满意", "满意")
    waits_not(cast.sun, "办结")
    for one in (district.mei, district.handler, district.traffic_handler):
        at(one).to("desk-home").sees_not(TITLE)
        desk(one).sees("已办结")
    desk(district.handler).sees_not(*PRIVATE)
