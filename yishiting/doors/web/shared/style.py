"""What the style page shows: every component in every state, in the words of a real year. Nothing here is stored."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import drawings
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.shapes import (
    Bar,
    Button,
    Fact,
    Link,
    OpenThing,
    Paper,
    Part,
    PathStep,
    Receipt,
    Seal,
    Season,
    Stat,
    Tile,
    TimelineEntry,
    Waiting,
    WorkCard,
)

TODAY = date(2026, 3, 5)
BEIJING = ZoneInfo("Asia/Shanghai")
HERE = "#"

PLACES = (
    ("mzd-zy", _("麦子店街道 枣营北里社区")),
    ("mzd-zn", _("麦子店街道 枣营南里社区")),
    ("sj-jy", _("双井街道 九龙山社区")),
    ("az-wl", _("安贞街道 外馆社区")),
)


def find_places(words: str) -> list[tuple[str, str]]:
    """The places of this page whose name holds the words."""
    return [(key, str(label)) for key, label in PLACES if words in str(label) or words == key]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the example table."""

    number: str
    title: str
    place: str
    households: int
    on: date
    state: str
    tone: str


ROWS = [
    Row("JY-2026-0412", "枣营北里 14 号楼前路灯不亮", "枣营北里社区", 5, date(2026, 3, 2), "等待初审", "waiting"),
    Row(
        "JY-2026-0409",
        "菜市场门口早晚高峰堵车，能不能划个临时停车区",
        "枣营南里社区",
        12,
        date(2026, 3, 1),
        "已过期",
        "late",
    ),
    Row("JY-2026-0398", "给 70 岁以上老人每周安排一次上门理发", "外馆社区", 3, date(2026, 2, 27), "正在协商", "open"),
    Row("JY-2026-0377", "小区东门加装电动自行车充电桩", "九龙山社区", 31, date(2026, 2, 20), "已列入建议案", "done"),
    Row("JY-2026-0371", "邻居空调外机滴水", "外馆社区", 1, date(2026, 2, 18), "转12345办理", "plain"),
    Row("JY-2026-0366", "停止执行法院判决", "外馆社区", 1, date(2026, 2, 17), "不予受理", "refused"),
]


class SuggestionForm(ours.Form):
    """The resident's form: what, where, how to reach you."""

    draft = "style"
    what = forms.CharField(
        label=_("您想说什么"),
        widget=forms.Textarea,
        help_text=_("例如：14 号楼前的路灯坏了两个星期，晚上老人下楼看不清台阶。"),
    )
    where = ours.SearchField(
        label=_("在哪里"),
        find=find_places,
        url=reverse_lazy("place-search"),
        help_text=_("写小区、楼号或社区名，也可以只写拼音首字母，例如 zybl。"),
    )
    phone = ours.PhoneField(
        label=_("怎么联系您"), required=False, help_text=_("只用来告诉您结果，不会公开。不留也可以。")
    )


class EveryField(ours.Form):
    """The other kinds of field."""

    held = ours.DateField(label=_("开会日期"), today=lambda: TODAY, help_text=_("例如：3月12日，或 2026-3-12"))
    amount = ours.MoneyField(label=_("预算金额"), help_text=_("例如：12350，或 1.235万"))
    verdict = forms.ChoiceField(
        label=_("初审结论"),
        choices=[
            ("valid", _("受理")),
            ("detail", _("退回补充")),
            ("hotline", _("转12345办理")),
            ("refused", _("不予受理")),
        ],
        widget=ours.RadioCards(
            {"valid": _("四项标准都符合，进入本社区建议库。"), "refused": _("须写明理由，本人会收到。")}, keys=True
        ),
    )
    channels = forms.MultipleChoiceField(
        label=_("公示渠道"),
        choices=[("board", _("公告栏")), ("web", _("网页")), ("group", _("居民群"))],
        widget=ours.CheckCards,
        required=False,
    )
    season = forms.ChoiceField(label=_("季节"), choices=[("1", _("问政季")), ("2", _("解忧季")), ("3", _("收获季"))])
    photo = forms.FileField(
        label=_("照片或附件"),
        widget=ours.FileInput,
        required=False,
        help_text=_("每个不超过 10 MB。照片里的位置信息会自动删除。"),
    )
    read_back = forms.BooleanField(label=_("已念给本人听，本人认可"))


class FilterForm(ours.Form):
    """Filters keep their place in the address."""

    q = forms.CharField(label=_("内容或编号"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), ("waiting", _("等待初审")), ("late", _("已过期"))], required=False
    )
    since = ours.DateField(label=_("收到日期从"), required=False)


def seasons() -> list[Season]:
    """A year of three seasons."""
    return [
        Season(_("问政季"), HERE, date(2026, 1, 1), date(2026, 3, 31)),
        Season(_("解忧季"), HERE, date(2026, 4, 1), date(2026, 9, 30)),
        Season(_("收获季"), HERE, date(2026, 10, 1), date(2026, 12, 31)),
    ]


def steps() -> list[PathStep]:
    """A matter halfway along its path."""
    return [
        PathStep(
            "resident",
            _("提出建议"),
            "done",
            _("陆阿姨"),
            date(2026, 2, 12),
            why=_("入户走访时提出，由社区工作者代录并念给本人听。"),
        ),
        PathStep(
            "community",
            _("初审：受理"),
            "done",
            _("枣营北里社区 王书记"),
            date(2026, 2, 16),
            _("规则 2026-1 第 4 条"),
            HERE,
            _("事实清楚，属于公共事项，街道可以办。"),
        ),
        PathStep(
            "community",
            _("与另外 6 条合并为一项"),
            "done",
            _("枣营北里社区 王书记"),
            date(2026, 2, 20),
            why=_("说的都是 12 至 16 号楼之间的照明，7 条建议来自 5 户。"),
        ),
        PathStep(
            "community",
            _("社区协商会审议"),
            "now",
            next=_("3月12日在社区议事厅开会，居民可以旁听"),
            by=date(2026, 3, 12),
            days_left=5,
        ),
        PathStep("subdistrict", _("街道联合论证")),
        PathStep("district", _("区级列入实事项目")),
        PathStep("resident", _("提出人评议")),
    ]


def waiting() -> list[Waiting]:
    """The desk of a section head in the morning."""
    return [
        Waiting(
            _("菜市场门口早晚高峰堵车，能不能划个临时停车区"),
            HERE,
            Button(_("初审"), HERE, "primary", "get"),
            _("枣营南里社区，12 户，2月20日收到"),
            date(2026, 3, 3),
            -2,
        ),
        Waiting(
            _("枣营北里 14 号楼前路灯不亮"),
            HERE,
            Button(_("安排踏勘"), HERE),
            _("枣营北里社区，7 条建议，来自 5 户"),
            date(2026, 3, 6),
            1,
        ),
        Waiting(
            _("第一次社区协商会会议记录"),
            HERE,
            Button(_("公示记录"), HERE, why_not=_("还差监票人签字。")),
            _("3月2日召开，应到 13 人，实到 11 人"),
            date(2026, 3, 16),
            7,
        ),
    ]


def style_context() -> dict[str, Any]:
    """All examples by name."""
    wrong = EveryField({"wrong-held": "下礼拜", "wrong-amount": "很多"}, prefix="wrong")
    several = SuggestionForm({"several-where": "枣营", "several-phone": "123"}, prefix="several")
    qr = drawings.qr("https://yishiting.example/r/JY-2026-0412")
    return {
        "title": _("样式"),
        "crumbs": [Link(_("首页"), "/"), Link(_("麦子店街道"), HERE), Link(_("样式"), "")],
        "today": TODAY,
        "seasons": seasons(),
        "open_now": [Link(_("提一条建议"), HERE), Link(_("报名旁听协商会"), HERE)],
        "steps": steps(),
        "path_summary": _("您的建议和另外 6 条已合并为一项，3月12日由社区协商会审议。"),
        "stopped": [
            *steps()[:1],
            PathStep(
                "community",
                _("初审：不予受理"),
                "stopped",
                _("枣营北里社区 王书记"),
                date(2026, 2, 16),
                _("规则 2026-1 第 5 条"),
                HERE,
                _("这件事正在法院审理，协商会不能代替判决。您可以向法院立案庭询问。"),
            ),
        ],
        "waiting": waiting(),
        "seal": Seal(1024, HERE, datetime(2026, 3, 5, 9, 30, tzinfo=BEIJING), "9f2c41d08b7a55e3", sound=True),
        "broken": Seal(1025, HERE, datetime(2026, 3, 5, 9, 31, tzinfo=BEIJING), "77ab01c9e2d45f60", sound=False),
        "unchecked": Seal(1026, HERE, sound=None),
        "verbs": [
            Button(_("受理"), HERE, "primary", "get", key="a"),
            Button(_("退回补充"), HERE, method="get"),
            Button(_("撤销公示"), HERE, "danger", "get"),
            Button(_("返回列表"), HERE, "quiet", "get"),
        ],
        "asleep": Button(_("提交街道"), HERE, why_not=_("协商会还没有表决，3月12日开会后才能提交。")),
        "rows": ROWS,
        "page": Paginator(range(1, 483), 25).page(3),
        "bulk": [
            Button(_("合并所选"), HERE),
            Button(_("转12345"), HERE),
            Button(_("列入建议案"), HERE, why_not=_("所选各条还没有初审。")),
        ],
        "filters": FilterForm({"q": "路灯", "state": "", "since": ""}),
        "form": SuggestionForm(),
        "several": several,
        "every": EveryField(),
        "wrong": wrong,
        "parts": [
            Part(_("满意"), 52, HERE),
            Part(_("基本满意"), 9, HERE),
            Part(_("不满意"), 2, HERE),
            Part(_("未评价"), 5, HERE),
        ],
        "no_parts": [],
        "timeline": [
            TimelineEntry(
                datetime(2026, 3, 2, 19, 0, tzinfo=BEIJING),
                _("召开社区协商会"),
                _("王书记主持"),
                _("应到 13 人，实到 11 人，列席 4 人。\n表决：同意 10，反对 1。"),
            ),
            TimelineEntry(
                datetime(2026, 2, 25, 10, 0, tzinfo=BEIJING),
                _("实地踏勘"),
                _("赵科、市政处"),
                _("14 号楼前两盏灯线路老化，需换电缆 40 米。"),
            ),
        ],
        "facts": [
            Fact(_("编号"), "JY-2026-0412"),
            Fact(_("承办单位"), _("市政处"), HERE),
            Fact(_("预算"), _("123,500元")),
            Fact(_("完成标准"), _("12 至 16 号楼之间 8 盏路灯夜间全部亮，物业签收。")),
        ],
        "files": [
            Paper(_("协商会会议记录"), HERE, 1_468_006, "PDF"),
            Paper(_("签到表（空白）"), HERE, 34_120, "DOCX", _("打印用")),
        ],
        "tabs": [
            Link(_("等待初审"), HERE, True, 12),
            Link(_("正在协商"), HERE, count=7),
            Link(_("已办结"), HERE, count=163),
        ],
        "stats": [
            Stat(_("收到建议"), "482", HERE, _("来自 317 户")),
            Stat(_("按时答复"), "96.30%", HERE, _("464 / 482")),
            Stat(_("专项经费"), _("12,500,000元"), HERE),
            Stat(_("列入实事"), "38", HERE),
        ],
        "open_box": [
            OpenThing(_("提一条建议，全年都收"), HERE, _("提建议"), primary=True),
            OpenThing(_("社区审议会"), HERE, _("看会议安排"), says=_("今天14:00"), days=0),
            OpenThing(_("12件正在公示，可以提异议"), HERE, _("看公示"), until=date(2026, 3, 27), days=22),
        ],
        "bars": [
            Bar(_("收到的建议"), 482, HERE, "open", [Link(_("已答复464条"), HERE)]),
            Bar(_("有效建议"), 211, HERE),
            Bar(_("评议达标"), 38, HERE, "done"),
        ],
        "tiles": [
            Tile(_("东湖"), HERE, 0, 1, 0, 0),
            Tile(_("麦子店"), HERE, 5, 0, 1, 2),
            Tile(_("首都机场"), HERE, 3, 1, 1, 1),
            Tile(_("双井"), HERE, 9, 2, 1, 4),
            Tile(_("新设的乡"), HERE, 7, -1, -1, 3),
        ],
        "work_cards": [
            WorkCard(
                _("3、5、7号楼门口装太阳能路灯"),
                HERE,
                _("评议达标"),
                "done",
                _("枣营北里社区 · 居民自治完成"),
                [_("计划12,350元")],
                100,
            ),
            WorkCard(
                _("更换4号楼单元门禁"), HERE, _("超期68个工作日"), "late", _("枣营北里社区 · 居民自治完成"), [], 20, 100
            ),
        ],
        "receipt": Receipt(
            "JY-2026-0412",
            _("您的建议已收到：枣营北里 14 号楼前路灯不亮"),
            datetime(2026, 3, 5, 9, 30, tzinfo=BEIJING),
            HERE,
            _("枣营北里社区会在 5 个工作日内告诉您是否受理"),
            date(2026, 3, 12),
            qr,
        ),
        "qr": qr,
        "places": [str(label) for _key, label in PLACES],
    }
