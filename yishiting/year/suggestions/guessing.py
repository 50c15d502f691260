"""Guessing class and responsible level from words, before any clerk has shown how: a proposal, never a decision.

A word counts by its length, in the title twice. The confidence is the share of the best among all that was found,
held down while little was found.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TITLE_TIMES = 2
DOUBT = 3
#: Below this a proposal is shown but not filled in.
SURE = 0.5

#: Path of the class → words that speak for it.
CLASS_WORDS: Mapping[str, tuple[str, ...]] = {
    "出行/道路和出入口": (
        "路面", "道路", "马路", "坑洼", "积水", "人行道", "井盖", "出入口", "大门", "东门", "西门", "南门", "北门",
        "红绿灯", "斑马线", "拥堵", "天桥", "修路", "断头路", "过街",
    ),
    "出行/公交和无障碍": ("公交", "站牌", "地铁", "班车", "坡道", "无障碍", "轮椅", "盲道", "共享单车", "线路"),
    "停车/停车位": ("车位", "停车难", "停车场", "地锁", "充电桩", "车棚", "立体停车", "没地方停"),
    "停车/停车秩序": ("乱停", "违停", "占道停车", "乱停车", "僵尸车", "停车秩序", "堵门", "挡道", "占用消防通道"),
    "养老/助老服务": ("养老", "助餐", "老年餐", "食堂", "驿站", "日间照料", "高龄", "空巢", "独居", "上门护理", "送餐", "老年人"),
    "养老/适老设施": ("扶手", "加装电梯", "加电梯", "座椅", "长椅", "防滑", "适老", "老年活动室", "老人上下楼"),
    "扰民/噪声油烟": (
        "噪音", "噪声", "扰民", "油烟", "广场舞", "夜间施工", "狗叫", "烧烤", "喇叭", "半夜", "太吵", "吵得", "异味",
    ),
    "扰民/违建群租": ("违建", "违章建筑", "私搭", "乱建", "群租", "打隔断", "住改商", "违法建设", "民宿", "侵占绿地"),
    "环境/卫生绿化": (
        "垃圾", "绿化", "树枝", "大树", "草坪", "卫生", "蚊虫", "蚊子", "老鼠", "蟑螂", "粪便", "狗屎", "污水", "厕所",
        "小广告", "堆物", "杂物", "脏乱", "清扫", "花坛",
    ),
    "环境/设施维修": (
        "路灯", "楼道灯", "灯坏", "灯不亮", "漏水", "漏雨", "下水", "管道", "堵塞", "暖气", "供暖", "防水", "健身器材",
        "维修", "坏了", "破损", "墙皮", "水管", "停水", "停电", "电梯故障", "电梯坏", "单元门", "修一修",
    ),
    "管理/物业管理": ("物业", "物业费", "业委会", "保洁", "收费", "公共收益", "维修资金", "快递柜", "装修", "门卫", "养犬"),
    "管理/安全防范": (
        "监控", "摄像头", "被盗", "小偷", "消防", "灭火器", "飞线", "高空抛物", "巡逻", "防盗", "上楼充电", "隐患", "保安",
        "电动车进楼", "燃气", "门禁",
    ),
    "党群工作": ("党员", "党支部", "党组织", "党日", "志愿者", "志愿服务", "双报到", "党建", "工会", "妇联"),
}  # fmt: skip

#: Responsible level → words that speak for it.
LEVEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "municipal": ("地铁", "公交线路", "医保政策", "社保政策", "户籍政策", "落户政策", "全市", "市里", "中考", "高考"),
    "district": (
        "学校", "学位", "医院", "红绿灯", "市政道路", "主干道", "公交站", "河道", "公园", "规划", "拆迁", "供暖", "天桥",
        "自来水", "环评", "幼儿园",
    ),
    "subdistrict": (
        "违建", "违法建设", "群租", "占道经营", "油烟", "街道", "背街小巷", "养老驿站", "老旧小区改造", "垃圾清运",
        "路面", "马路", "夜间施工", "广场舞", "道路", "早市", "菜市场",
    ),
    "community": (
        "楼道", "楼门", "单元门", "座椅", "长椅", "花坛", "活动室", "宣传栏", "车棚", "邻里", "养犬", "遛狗", "小区",
        "院里", "院子", "晾衣", "楼下", "社区", "健身器材", "绿地", "议事",
    ),
    "resident_unit": ("物业", "业委会", "保安", "物业费", "商户", "饭店", "饭馆", "超市", "单位大院", "产权单位", "写字楼", "酒店"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed value, how sure (0 to 1), and what it rests on: words found, or how many earlier decisions."""

    value: str
    confidence: float
    words: tuple[str, ...] = ()
    learned_from: int = 0
    sure: bool = False


def guesses(table: Mapping[str, tuple[str, ...]], title: str, text: str) -> list[Guess]:
    """What the words speak for, the likeliest first; empty when no word of the table was found."""
    found = {value: tuple(word for word in words if word in title or word in text) for value, words in table.items()}
    weight = {value: sum(_weight(word, title) for word in words) for value, words in found.items()}
    total = sum(weight.values())
    return [
        _guess(value, weight[value] / (total + DOUBT), found[value])
        for value in sorted(weight, key=lambda value: (-weight[value], value))
        if weight[value]
    ]


def class_guesses(title: str, text: str) -> list[Guess]:
    """The classes the words speak for."""
    return guesses(CLASS_WORDS, title, text)


def level_guesses(title: str, text: str) -> list[Guess]:
    """The responsible levels the words speak for."""
    return guesses(LEVEL_WORDS, title, text)


def _guess(value: str, confidence: float, words: tuple[str, ...]) -> Guess:
    return Guess(value, round(confidence, 3), words, sure=confidence >= SURE)


def _weight(word: str, title: str) -> int:
    return len(word) * (TITLE_TIMES if word in title else 1)
