"""问政季，征集和初审: words by every channel, read by somebody, put together, taken apart, refused and looked at again."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cast import OPERATOR
from tests.journeys.visitor import Visitor
from tests.journeys.year.circle import LAMP, Circle
from yishiting.year.suggestions.actions import load_categories
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.receipts import slip_token

DARK = "三号楼二单元楼道灯不亮，下夜班摸黑上楼，请换个灯。"
TWO = "单元门关不严，野猫总进来；另外楼下的自行车棚漏雨，车座都是湿的。"
PENSION = "希望居委会帮我问问退休金什么时候涨。"
NOISY = "希望把小区旁边的饭馆关掉。"
STEPS = "1号楼门口三级台阶，轮椅上不去，想装个坡道。"
HEADINGS = "工单编号,受理时间,来电人,来电号码,诉求标题,诉求内容,问题地址"
ROWS = (
    "HX2026020001,2026/2/3 9:12,赵女士,13900000001,路灯不亮,来电人反映3号楼2单元楼道灯不亮，要求尽快维修。,3号楼",
    "HX2026020002,2026/2/4 18:40,,,停车,来电人建议在西门设临时停车位，方便就医。,西门",
    "HX2026020003,2026/2/30 10:00,,,井盖,来电人反映南门井盖松动。,南门",
    "HX2026020004,2026/2/5 10:00,孙先生,13900000002,,,小广场",
    "HX2026020002,2026/2/4 18:40,,,停车,来电人建议在西门设临时停车位，方便就医。,西门",
)
MARKS = ("factual", "public_interest", "legality", "feasibility")


def listen(circle: Circle) -> None:
    """From the first words to the bank of valid suggestions."""
    load_categories(circle.cast.district, by=OPERATOR)
    circle.on(date(2026, 2, 9))
    say_it_oneself(circle)
    take_down(circle)
    bring_in(circle)
    circle.on(date(2026, 2, 10))
    screen(circle)
    take_apart(circle)
    look_again(circle)
    put_together(circle)


def say_it_oneself(circle: Circle) -> None:
    """陆阿姨 from her phone; a stranger without an account, who follows by the number alone."""
    circle.lu.to("home").press("提建议").send("下一步", {"这件事在哪个社区（村）": "枣营北里"})
    circle.lu.send("提交建议", {"您想说什么": LAMP, "在哪里": "3号楼2单元"}).sees("建议已受理", LAMP)
    stranger = circle.anyone.to("suggest-here", circle.code)
    stranger.send("提交建议", {"您想说什么": "", "怎么联系您": "139 0000 0009"}, expects=422).sees("请写下您想说的事")
    assert stranger.kept("怎么联系您") == "139 0000 0009"
    stranger.send("提交建议", 您想说什么=NOISY)
    number = stranger.reads(r"(26 \d{4} \d{4})")
    Visitor().to("follow").send("查询", 受理号或登记号=number, 手机号后四位="0009").sees(NOISY)


def take_down(circle: Circle) -> None:
    """A session is recorded; slips are typed in one after the other, channel and session staying."""
    liu = circle.liu.to("desk-sessions", circle.code).press("登记征集场次")
    held = {"名称": "3号楼楼门座谈会", "方式": "座谈会", "日期": "2月8日", "居（村）民": 31}
    liu.send("登记征集场次", held).sees("已登记，31 人参加")
    liu.to("desk-slips", circle.code)
    filled = {"渠道": "座谈会", "收到日期": "2月8日", "征集场次": "3号楼楼门座谈会"}
    liu.send("保存，录下一条", {**filled, "原话": DARK, "地点": "3号楼", "电话": "13900000003"}).sees("已录入")
    for words, where in ((TWO, "4号楼"), (PENSION, ""), (STEPS, "1号楼")):
        liu.send("保存，录下一条", 原话=words, 地点=where, 电话="13900000004", 提出人="周大爷").sees("已录入")
    session = Suggestion.objects.get(text=STEPS).session
    assert session is not None
    assert session.title == "3号楼楼门座谈会"


def bring_in(circle: Circle) -> None:
    """An export of the hotline as it comes: looked through, brought in, the reasons taken home; twice brings nothing."""
    content = "\n".join(("12345工单导出", HEADINGS, *ROWS)).encode("gb18030")
    for taken, doubles in ((2, 1), (0, 3)):
        liu = circle.liu.to("desk-imports", circle.code).press("交来导入文件")
        liu.send("检查这个文件", 文件=SimpleUploadedFile("工单.csv", content)).sees("文件里的行数")
        if not taken:
            liu.sees_not("收入这")
            break
        liu.send(f"收入这 {taken} 条").sees(f"已收入 {taken} 条", "2026/2/30")
        assert doubles == 1
    assert Suggestion.objects.filter(channel="hotline").count() == 2


def screen(circle: Circle) -> None:
    """What is plain at once in one go; the others one by one: one is the asker's own affair, one is asked for more."""
    liu = circle.liu.to("desk-screening", circle.code).press("逐批初审")
    plain = [each.token for each in map(one, (LAMP, DARK, STEPS))]
    liu.send("四项都符合，作为有效建议", pick=plain).sees(LAMP.rstrip("。"))
    liu.send("四项都符合，作为有效建议").sees("3条已办")
    for words in (LAMP, STEPS):
        liu.to("desk-suggestion", one(words).pk).press("分类分级")
        liu.send("分类分级", 类别="环境/设施维修", 责任层级="社区（村）").sees("已保存")
    decide(liu, PENSION, "不予受理", "公共性", 常用理由="这是个人事务，不属于社区公共事务或部分居民的共同需求。")
    decide(liu, NOISY, "待补充", "客观性", 理由="请说明饭馆影响了您什么：油烟、噪声，还是占道？")
    circle.anyone.go(slip(NOISY)).sees("油烟、噪声，还是占道").press("补充材料")
    circle.anyone.send("补充材料", 补充什么="后厨的油烟对着三层的窗户，夏天开不了窗。", 手机号后四位="0009").sees(
        "补充已收到"
    )
    decide(liu, NOISY, "有效建议", 类别="噪声油烟", 责任层级="街乡")


def decide(liu: Visitor, words: str, result: str, against: str = "", **more: str) -> None:
    """One screening: what is against it fails, or is still to be checked when the asker is asked for more."""
    liu.to("suggestion-screen", one(words).pk)
    marks = dict.fromkeys(MARKS, "pass")
    names = dict(zip(("客观性", "公共性", "合法性", "可行性"), MARKS, strict=True))
    if against:
        marks[names[against]] = "more_work" if result == "待补充" else "fail"
    liu.send("保存，看下一条", {**marks, "初审结果": result, **more}).sees(result)


def take_apart(circle: Circle) -> None:
    """Two matters in one slip are told apart; each is screened by itself."""
    liu = circle.liu.to("suggestion-screen", one(TWO).pk).press("说了几件事？拆分")
    liu.send("拆分", 第1件事="单元门关不严，野猫总进来。", 第2件事="楼下的自行车棚漏雨，车座都是湿的。").sees(
        "已拆成2条"
    )
    decide(liu, "楼下的自行车棚漏雨，车座都是湿的。", "有效建议", 类别="停车秩序", 责任层级="社区（村）")


def look_again(circle: Circle) -> None:
    """The one who was refused asks again; another person decides."""
    asking = Visitor().go(slip(PENSION)).sees("个人事务").press("申请复核")
    asking.send("申请复核", 为什么不同意="院里有十几位退休的都想问，能不能请人来讲一次？", 手机号后四位="0004").sees(
        "复核申请已收到"
    )
    liu = circle.liu.to("desk-appeals", circle.code).sees("退休金")
    assert "decide_appeal" not in str(liu.paper.links)
    wang = (
        circle.wang.to("desk-home")
        .press("复核")
        .send("复核", 复核结果="维持原来的结果", 理由="政策咨询请拨12333，社区下月请人来讲。")
    )
    wang.sees("复核完成")
    Visitor().go(slip(PENSION)).sees("12333")


def put_together(circle: Circle) -> None:
    """Three say the same: put together; one by mistake, undone with a reason."""
    liu = circle.liu.to("desk-suggestion", one(LAMP).pk).press("同项合并")
    liu.send("放到一起看", {"和另一条比较：受理号": one(STEPS).receipt}).send("合并勾选的", main=str(one(LAMP).pk))
    liu.to("desk-suggestion", one(STEPS).pk).press("撤销合并").send("撤销合并", 理由="台阶和路灯不是一件事。").sees(
        "已撤销合并"
    )
    liu.to("desk-suggestion", one(LAMP).pk).press("同项合并")
    liu.send("放到一起看", {"和另一条比较：受理号": one(DARK).receipt}).send("合并勾选的", main=str(one(LAMP).pk)).sees(
        "已把1条并入"
    )
    Visitor().go(slip(DARK)).sees("合并")


def take_in(circle: Circle, content: bytes, many: int) -> None:
    """A file of messages as they were sent: all are brought in, all let in, page by page; one goes into the proposal."""
    liu = circle.liu.to("desk-imports", circle.code).press("交来导入文件")
    liu.send("检查这个文件", 文件=SimpleUploadedFile("messages.csv", content)).send(f"收入这 {many} 条")
    before = set(Suggestion.objects.filter(state="valid").values_list("pk", flat=True))
    liu.to("desk-screening", circle.code).press("逐批初审")
    while any(button.words.startswith("四项都符合") for form in liu.paper.forms for button in form.buttons):
        shown = [one.value for one in liu.form("四项都符合")[0].controls if one.name == "pick"]
        liu.send("四项都符合，作为有效建议", pick=shown)
        liu.send("四项都符合，作为有效建议").sees(f"{len(shown)}条已办")
    chosen = Suggestion.objects.filter(channel="hotline", state="valid").exclude(pk__in=before).latest("receipt")
    liu.to("desk-suggestion", chosen.pk).press("分类分级").send("分类分级", 类别="环境/设施维修", 责任层级="社区（村）")
    circle.besides.append(str(chosen.pk))


def one(words: str) -> Suggestion:
    """The suggestion with these words."""
    return Suggestion.objects.get(text=words)


def slip(words: str) -> str:
    """The address on the receipt."""
    return reverse("follow-one", args=[slip_token(one(words))])
