"""推选议事代表: the seat plan, three ways to stand, publicity with an objection, a vote with a tie."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from tests.journeys.visitor import Visitor
from tests.journeys.year.circle import Circle
from yishiting.instruments.publicity.models import PublicNotice

VOTERS, PRESENT = 40, 36
ROLL = "\n".join(f"居民代表{n:02d} {n % 9 + 1}号楼" for n in range(1, VOTERS + 1))
LINES = (("1至4号楼", "居（村）民", 600, 5), ("5至9号楼", "居（村）民", 400, 4), ("两委一站", "两委一站", 20, 3))
#: Who stands besides 李明, in the order of the votes they get; in the second group the third seat is tied.
NAMES = {
    "1至4号楼": ("张淑珍", "马永福", "徐丽华", "何志强", "高玉兰", "罗建军"),
    "5至9号楼": ("宋文斌", "邓秀梅", "韩春生", "曹美玲", "彭国庆"),
    "两委一站": ("陈秀英", "吕海波", "苏红", "魏东"),
}


def elect(circle: Circle) -> None:
    """From the founding to the first day in office."""
    circle.on(date(2026, 1, 5))
    plan_seats(circle)
    stand(circle)
    nominate(circle)
    publicise(circle)
    vote(circle)


def plan_seats(circle: Circle) -> None:
    """The council is founded; a plan that breaks a rule is refused with its sentence; then the sound one."""
    wang = circle.wang.to("desk-home").press("议事协商会").press("成立议事协商会")
    wang.send("成立议事协商会", 职责="收集民意，协商社区公共事务，监督实事项目。", 成立日期="2020-3-1").sees(
        "议事协商会已登记"
    )
    wang.press("筹备新一届").send("筹备新一届", 届次=3).sees("请写席位方案")
    liu = circle.liu.to("desk-council", circle.code).press("写席位方案")
    filled = {}
    for n, (name, sector, households, _seats) in enumerate(LINES, start=1):
        filled |= {f"第{n}行推选单位": name, f"第{n}行方面": sector, f"第{n}行户数": households}
    liu.send("保存方案", {**filled, "总席位": 40}, expects=422).sees("15")
    assert liu.kept("第1行推选单位") == "1至4号楼"
    liu.send("计算，先不保存", 总席位=12).sees("计算结果（还没有保存）")
    by_hand = {f"第{n}行席位": line[3] for n, line in enumerate(LINES, start=1)}
    liu.send("保存方案", {**by_hand, "总席位": ""}).sees("合计12席")
    circle.wang.to("desk-council", circle.code).press("通过席位方案").send("通过席位方案").sees("现在可以登记候选人")


def stand(circle: Circle) -> None:
    """李明 comes forward himself."""
    circle.anyone.to("council", circle.code).sees("正在提名推荐议事代表")
    liming = circle.liming.to("council", circle.code).press("我要自荐")
    liming.send(
        "报名",
        {
            "您在哪个推选单位参选": "1至4号楼",
            "您的姓名": "李明",
            "出生年份": 1975,
            "住在哪个楼院，或在哪个单位": "3号楼",
        },
        expects=422,
    ).sees("不同意公示就不能报名")
    liming.send("报名", 我同意在候选人名单上公示姓名=True).sees("报名已收到")


def nominate(circle: Circle) -> None:
    """The others by the other two routes, each reviewed."""
    liu, phones = circle.liu, {one.name: phone for phone, one in circle.others.items()}
    for group, names in NAMES.items():
        for n, name in enumerate(names):
            route = ("党组织或居（村）委会提名", "居（村）民推荐")[n % 2]
            liu.to("desk-council", circle.code).press("候选人").press("登记候选人", group)
            liu.send(
                "登记候选人",
                产生方式=route,
                由谁提名或推荐="社区党委" if n % 2 == 0 else "王桂兰等12名居民",
                姓名=name,
                出生年份=1950 + n,
                单位或楼院="2号楼",
                电话=phones.get(name, ""),
                本人同意公示姓名=True,
            ).sees("候选人已登记", name)
            liu.press("资格审查通过").send("资格审查通过", 审查意见="户口簿已核对。").sees("资格审查已通过")
    liu.to("desk-council", circle.code).press("候选人").press("李明").press("资格审查通过").send("资格审查通过")
    circle.liming.to("my-home").press("枣营北里社区", "1至4号楼").sees("我的参选", "资格通过")


def publicise(circle: Circle) -> None:
    """The list is public; somebody objects, is answered, and the vote may begin."""
    wang = circle.wang.to("desk-council", circle.code).press("公示候选人")
    wang.send("公示候选人", 依据="社区党委1月4日会议决定", 异议联系方式="社区居委会，010-65001234").sees(
        "候选人名单已公示"
    )
    notice = PublicNotice.objects.get(kind="candidates")
    object_to(circle.anyone, notice)
    circle.wang.to("desk-home").sees("异议")
    asleep = circle.wang.to("desk-council", circle.code).press("选举")
    assert any(words.startswith("开始选举") for words in asleep.paper.sleeping)
    circle.liu.to("desk-notice", notice.pk).press("答复").send(
        "答复", 处理结果="异议不成立", 理由="已核对房本，本人在本社区居住满三年。"
    ).sees("处理结果已公开")
    circle.anyone.to("notice", notice.pk).sees("已核对房本", "异议不成立").sees_not("赵先生")
    circle.notice_runs_out("candidates")


def object_to(stranger: Visitor, notice: PublicNotice) -> None:
    """Without an account; who it was stays between the desk and them."""
    stranger.to("notice", notice.pk)
    stranger.send("提交异议", {"您对哪一点有异议，理由是什么": "何志强不在本社区居住。", "您的电话": "138 0013 8000"})
    stranger.sees("登记号")


def vote(circle: Circle) -> None:
    """The assembly meets; paper ballots, two keyings, a tie, a second vote between the tied, and office."""
    circle.wang.to("desk-council", circle.code).press("选举").press("开始选举")
    circle.wang.send("开始选举", 投票方式="无记名投票（纸质）").sees("选票已准备好")
    day = timezone.localdate() + timedelta(days=1)
    liu = circle.liu.to("desk-council", circle.code).press("选举").press("召集居民代表会议")
    liu.send("召集居民代表会议", 会议日期=day.isoformat(), 地点="社区活动室", 主持人="王建国", 应到名册=ROLL)
    circle.on(day, 14)
    gather(circle)
    count(circle, "1至4号楼", 5, ["李明", *NAMES["1至4号楼"]], careless=True)
    count(circle, "5至9号楼", 4, NAMES["5至9号楼"], tied=2)
    circle.liu.sees("得票相等", "票数相等再次投票")
    count(circle, "5至9号楼", 1, NAMES["5至9号楼"][3:])
    count(circle, "两委一站", 3, NAMES["两委一站"])
    circle.wang.to("desk-council", circle.code).press("选举").press("公布结果，新一届就任")
    circle.wang.send("公布结果，新一届就任").sees("新一届代表就任")
    circle.anyone.to("council", circle.code).sees("现任议事代表", "李明", "曹美玲").sees_not("罗建军")


def gather(circle: Circle) -> None:
    """Who has come, and who counts."""
    liu = circle.liu.to("desk-council", circle.code).press("选举").press("登记到会")
    liu.send("登记到会", pick=[str(n) for n in range(1, PRESENT + 1)]).sees(f"实到{PRESENT}人")
    liu.press("推定监票计票人员").send("推定监票计票人员", 监票人="范师傅、石大姐", 计票人="廖会计", 唱票人="邹老师")


def count(
    circle: Circle, group: str, seats: int, names: Sequence[str], *, tied: int = 0, careless: bool = False
) -> None:
    """Open the vote of a group, key the sheet in twice, declare; the last two may be tied."""
    circle.liu.to("desk-council", circle.code).press("选举").press("开始一轮投票", group).sees("投票已开始")
    sheet = tally(names, seats, tied)
    keyings = [(circle.liu, sheet), (circle.zhou, sheet)]
    if careless:
        slip = {**sheet, f"{names[0]} 赞成": sheet[f"{names[0]} 赞成"] - 1, f"{names[0]} 弃权": 1}
        keyings = [(circle.liu, sheet), (circle.zhou, slip), (circle.zhou, sheet)]
    for n, (someone, numbers) in enumerate(keyings):
        someone.to("desk-council", circle.code).press("选举").press("录入计票", group).send("录入", numbers)
        someone.sees(("第一遍已录入", "两遍不一致" if careless else "两遍一致", "两遍一致")[n])
    circle.liu.to("desk-council", circle.code).press("选举").press("宣布选举结果", group).sees("结果已宣布")


def tally(names: Sequence[str], seats: int, tied: int) -> dict[str, int]:
    """A sheet that adds up: one vote less for each next name within the seats, few for the others; the last may tie."""
    sheet = {"发出票数": PRESENT, "收回票数": PRESENT, "有效票": PRESENT, "无效票（含空白）": 0}
    for n, name in enumerate(names):
        in_favour = 20 if n >= len(names) - tied else 34 - n if n < seats else 2
        sheet |= {f"{name} 赞成": in_favour, f"{name} 反对": PRESENT - in_favour, f"{name} 弃权": 0}
    return sheet
