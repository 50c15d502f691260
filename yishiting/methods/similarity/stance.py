"""What a message wants done and what it wants left undone: 要装电梯 and 不要装电梯 are not one item."""

import re
from typing import NamedTuple

#: What is done to things. A word that holds a shorter one stands before it.
_ACTIONS = (
    "加装|安装|增装|装|增设|设置|设立|增加|新增|建设|修建|新建|扩建|建|改造|改建|改为|改|拆除|拆|关闭|关停|停办|关|开放|开设|开通|开办|开|取消|撤销|"
    "保留|恢复|延长|延伸|缩短|搬迁|迁走|搬|砍伐|砍|修剪|种植|种|封闭|封堵|封|引进|引入|涨价|涨|降价|收费|收取|收|限行|禁行|停运|"
    "铺设|铺|更换|换|合并|划片|划|出租|更名|移走|移|并入|进|停|养|摆|跳|放"
)
_DENIED = re.compile(
    rf"(?:不要|不用|不想|不愿意?|不同意|不赞成|不支持|反对|拒绝|抵制|无需|不需要?|不必|不该|不应该?|不宜|不许|别|禁止|叫停|阻止|暂缓|停止|不希望)"
    rf"(?:再|在|给|把|将|让|对|随便|擅自|盲目|一律|[\u4e00-\u9fff]{{0,4}}?)({_ACTIONS})"
)
_WANTED = re.compile(
    rf"(?:(?<![不只主重])要(?![求是么不])|(?<!不)希望(?!不)|(?<!不)(?:同意|赞成|支持)|盼望?|申请|建议|要求|恳请|请求?(?!问)|呼吁|需要|应该?|能否|可否|能不能|尽快|早日)"
    rf"(?!不|别|反对|取缔|禁止)([\u4e00-\u9fff]{{0,4}}?)({_ACTIONS})"
)
_NEGATING = re.compile("不|别|反对|禁止|停止|拒绝|无需|叫停|暂缓|抵制")
#: Wanting the one is not wanting the other.
_CONTRARY = {"保留": ("取消", "拆除", "拆", "关闭", "关停", "撤销", "砍伐", "砍"), "恢复": ("取消", "撤销"), "延长": ("缩短",), "涨价": ("降价",), "开放": ("封闭", "关闭", "封堵")}  # fmt: skip
_SAME = {"加装": "装", "安装": "装", "增装": "装", "增设": "设", "设置": "设", "设立": "设", "修建": "建", "新建": "建", "建设": "建", "拆除": "拆", "关停": "关闭", "关": "关闭", "涨": "涨价", "砍伐": "砍", "收取": "收费", "收": "收费", "更换": "换", "改造": "改", "改建": "改", "改为": "改", "种植": "种", "搬迁": "搬", "开通": "开", "开设": "开", "引进": "引入"}  # fmt: skip


class Stance(NamedTuple):
    """The actions wanted, and those not wanted."""

    wanted: frozenset[str]
    denied: frozenset[str]


def stance(text: str) -> Stance:
    """What a title (`written`) wants and does not want."""
    denied = frozenset(_SAME.get(action, action) for action in _DENIED.findall(text))
    wanted = frozenset(
        _SAME.get(action, action) for between, action in _WANTED.findall(text) if not _NEGATING.search(between)
    )
    return Stance(wanted - denied, denied)


def contrary(one: Stance, other: Stance) -> str | None:
    """The action one wants and the other does not, or whose contrary the other wants."""
    if not ((one.wanted and (other.denied or other.wanted)) or (one.denied and other.wanted)):
        return None
    clash = (one.wanted & other.denied) | (one.denied & other.wanted)
    if clash:
        return min(clash)
    for ours, theirs in ((one, other), (other, one)):
        for action in sorted(ours.wanted & _CONTRARY.keys()):
            opposed = {_SAME.get(word, word) for word in _CONTRARY[action]}
            if opposed & theirs.wanted and action not in theirs.wanted and not opposed & ours.wanted:
                return action
    return None
