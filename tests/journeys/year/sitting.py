"""问政季，审议: from the bank to a proposal, a meeting called in time, a vote that carries, minutes that are published."""

from datetime import date

from tests.journeys.year.circle import LAMP, Circle
from yishiting.year.meetings.models import Attendance, Invitation, Meeting
from yishiting.year.suggestions.models import Suggestion

TITLE = "在3号楼门口和楼道装感应灯"
MEETING = "枣营北里社区2026年审议会"
DAY = date(2026, 3, 26)


def deliberate(circle: Circle) -> None:
    """Draft, table, call, sign in, vote, minute, publish."""
    circle.on(date(2026, 3, 16))
    draft(circle)
    call(circle)
    circle.on(DAY, 14)
    come_in(circle)
    decide(circle)
    circle.on(date(2026, 3, 27))
    publish(circle)


def draft(circle: Circle) -> None:
    """From the valid suggestions; the drafting is told to those who proposed."""
    lamp = Suggestion.objects.get(text=LAMP)
    liu = circle.liu.to("desk-suggestion", lamp.pk).press("草拟建议案")
    filled = {
        "案由": TITLE,
        "情况": "3号楼夜间没有照明，有老人摔倒，涉及48户。",
        "办理建议": "门口装一盏太阳能灯，楼道装六盏感应灯，物业负责更换。",
        "受益范围": "3号楼48户",
        "责任层级": "社区（村）",
    }
    assert liu.kept("情况") == LAMP
    liu.send("保存草案", {**filled, "根据哪些建议": []}, expects=422).sees("建议案要从")
    assert liu.kept("办理建议").startswith("门口装一盏太阳能灯")
    liu.send("保存草案", 根据哪些建议=[str(lamp.pk), *circle.besides]).sees("已草拟")
    circle.lu.to("my-home").sees(TITLE)


def call(circle: Circle) -> None:
    """A meeting tomorrow would be too soon: the sentence says from which day on; then notice goes out in time."""
    liu = circle.liu.to("desk-meetings", circle.code).press("筹备会议")
    filled = {"类别": "审议会", "会议名称": MEETING, "地点": "社区二层议事厅", "主持人": "王建国", "记录人": "刘芳"}
    liu.send("筹备会议", {**filled, "开会时间": "3月17日下午2点"})
    liu.to("desk-proposals", circle.code).press(TITLE).press("提请审议").send("提请审议", 列入哪次会议=MEETING).sees(
        "已列入议程"
    )
    meeting = Meeting.objects.get(title=MEETING)
    circle.wang.to("desk-meeting", meeting.pk).sees("会议通知至少提前")
    circle.wang.press("修改会议安排").send("修改会议安排", 开会时间="3月26日 14:00").sees("已保存")
    circle.wang.press("发出会议通知").sees("已通知")
    circle.anyone.to("meeting", meeting.pk).sees(TITLE, "社区二层议事厅")


def come_in(circle: Circle) -> None:
    """李明 signs in on his phone, the others on paper; before that nobody can open the meeting."""
    meeting = Meeting.objects.get(title=MEETING)
    circle.liming.to("representative-home").press("我到了，签到", MEETING).sees("您已签到")
    circle.wang.to("desk-meeting", meeting.pk).sees("还差")
    others = Invitation.objects.filter(meeting=meeting).exclude(person=circle.cast.liming)
    liu = circle.liu.to("desk-meeting", meeting.pk).press("登记签到")
    liu.send("保存签到", {one.name: "到会" for one in others})
    assert meeting.invitations.filter(attendance=Attendance.PRESENT).count() == 12
    circle.wang.to("desk-meeting", meeting.pk).sees("可以开会和表决").press("开会")


def decide(circle: Circle) -> None:
    """Notes, a vote by show of hands keyed in twice, the result announced, the proposal adopted; a task is taken on."""
    meeting = Meeting.objects.get(title=MEETING)
    liu = circle.liu.to("desk-meeting", meeting.pk).press("记录发言要点")
    liu.send("记录发言要点", 发言要点="李明：灯要朝向台阶。马永福：物业同意负责更换。").sees("已保存")
    circle.wang.to("desk-meeting", meeting.pk).press("提请表决").send("开始表决").sees("表决开始")
    key_in(circle, meeting, {"赞成": 11, "反对": 0, "弃权": 1})
    circle.wang.to("desk-meeting", meeting.pk).press("宣布结果").sees("决议编号")
    circle.wang.press("打开建议案").sees("审议通过")
    liu.to("desk-meeting", meeting.pk).press("记录任务")
    liu.send("记录任务", 任务="两周内拿出实施方案", 责任人="刘芳", 期限="4月10日").sees("任务已记录")
    circle.wang.to("desk-meeting", meeting.pk).press("散会").send("散会").sees("纪要草稿已经写好")


def key_in(circle: Circle, meeting: Meeting, numbers: dict[str, int]) -> None:
    """小刘 from the page of the meeting; 周老师, who watches, comes by what waits for her."""
    circle.liu.to("desk-meeting", meeting.pk).press("录入计票").send("录入", numbers).sees("第一遍已录入")
    circle.zhou.to("desk-home").press("录入计票").send("录入", numbers).sees("两遍一致")


def publish(circle: Circle) -> None:
    """The minutes are drafted from what happened; approved; then everybody may read them."""
    meeting = Meeting.objects.get(title=MEETING)
    circle.anyone.to("meeting", meeting.pk).sees_not("两周内拿出实施方案")
    wang = circle.wang.to("desk-meeting", meeting.pk).sees("李明：灯要朝向台阶")
    wang.press("核定纪要").press("公布纪要").send("公布纪要").sees("纪要已公布")
    circle.anyone.to("meeting", meeting.pk).sees("两周内拿出实施方案", "赞成 11")
