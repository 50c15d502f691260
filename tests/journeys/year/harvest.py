"""收获季: the review meeting, each work judged by secret ballot, the result for everyone to read."""

from datetime import date

from tests.journeys.year.circle import LAMP, Circle
from yishiting.year.meetings.models import Meeting
from yishiting.year.suggestions.models import Suggestion

MEETING = "枣营北里社区2026年问效会"


def harvest(circle: Circle) -> None:
    """Call, hold, count, declare, publish."""
    circle.on(date(2026, 11, 20))
    call(circle)
    circle.on(date(2026, 12, 4), 14)
    hold(circle)
    circle.on(date(2026, 12, 7))
    circle.wang.to("desk-meeting", Meeting.objects.get(title=MEETING).pk).press("核定纪要").press("公布纪要").send(
        "公布纪要"
    )
    answer(circle)


def call(circle: Circle) -> None:
    """The meeting the season asks for, with every accepted work on its agenda."""
    liu = circle.liu.to("desk-home").press("会议").press("筹备", "问效会")
    liu.send("筹备会议", 会议名称=MEETING, 开会时间="12月4日 14:00", 地点="社区二层议事厅").sees("已列入筹备")
    liu.press("逐项评议").press("列入评议").send("列入评议").sees("已列入评议")
    circle.wang.to("desk-meeting", Meeting.objects.get(title=MEETING).pk).press("发出会议通知").sees("已通知")


def hold(circle: Circle) -> None:
    """Twelve ballots; more returned than issued voids the vote, which is then taken again."""
    meeting = Meeting.objects.get(title=MEETING)
    circle.liu.to("desk-meeting", meeting.pk).press("登记签到").send("其余的都到会，保存")
    circle.wang.to("desk-meeting", meeting.pk).press("开会")
    ballots(circle, meeting, issued=12, returned=13)
    circle.wang.to("desk-reviews", meeting.pk)
    ballots(circle, meeting, issued=12, returned=12)
    wang = circle.wang.to("desk-reviews", meeting.pk).press("宣布评议结果").sees("结果已宣布")
    wang.press("公示评议结果").sees("马上公开").send("公示评议结果").sees("已公示")
    circle.wang.to("desk-meeting", meeting.pk).press("散会").send("散会").sees("纪要草稿已经写好")


def ballots(circle: Circle, meeting: Meeting, *, issued: int, returned: int) -> None:
    """One vote on the one work, keyed in twice."""
    circle.wang.to("desk-reviews", meeting.pk).press("开始测评").send("开始测评").sees("测评开始")
    sheet = {"发出票数": issued, "收回票数": returned, "有效票": returned, "无效票（含空白）": 0}
    sheet |= {"满意": returned - 2, "基本满意": 1, "不满意": 1}
    for someone, words in ((circle.liu, "第一遍已录入"), (circle.wang, "两遍一致")):
        someone.to("desk-reviews", meeting.pk).press("录入计票").send("录入", sheet).sees(words)


def answer(circle: Circle) -> None:
    """陆阿姨 and the neighbour whose slip was put together with hers are both answered."""
    circle.liu.to("desk-suggestion", Suggestion.objects.get(text=LAMP).pk).press("答复")
    circle.liu.send("答复", 答复类别="已解决或采纳", 答复内容="七盏灯都装好了，代表和居民评议满意率91.67%。")
    circle.lu.to("my-home").press("3号楼2单元的楼道灯").sees("七盏灯都装好了")
