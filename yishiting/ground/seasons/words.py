"""What the values of rules are called, as an official reads them and as they are written."""

import json
import re
from collections.abc import Mapping
from typing import Any

#: A share in hundredths is said as a percentage; one half stays one half.
PERCENT = re.compile(r"(\d+)/100")
#: What named values are called.
VALUE_NAMES: Mapping[str, str] = {
    "largest_remainder": "最大余数法",
    "dhondt": "最高均数法（汉狄法）",
    "sainte_lague": "最高均数法（圣拉格法）",
    "adams": "亚当斯法",
    "returned": "收回的选票",
    "valid": "有效票",
    "over_half_of_present": "超过实到的半数",
    "over_half_of_all": "超过应到的半数",
    "two_thirds_of_present": "达到实到的三分之二",
    "two_thirds_of_all": "达到应到的三分之二",
    "over_half_of_signed": "超过签字人数的一半",
    "two_thirds_of_signed": "达到签字人数的三分之二",
    "all_signed": "全部签字的人",
    "area": "本地区全部有效建议",
    "reported": "报送上来的，和不属于下级职责的",
    "mean": "平均分",
    "median": "中位数",
    "adjusted": "去掉评委松紧影响后的平均分",
    "majority": "多数评级",
    "rank": "平均名次",
    "greedy-no-skip": "按得票从多到少依次列入，钱不够就停",
    "greedy-threshold": "按得票从多到少依次列入，须达到最低得票",
    "phragmen": "弗拉格门法",
    "add1": "每票逐步增加份额",
    "add1-exhaustive": "每票逐步增加份额，直到钱用完",
    "issued": "发出的选票",
    "share_of_valid": "（满意＋基本满意）÷有效票",
    "over_half_of_cast": "超过赞成票和反对票总数的半数",
    "two_thirds_of_cast": "达到赞成票和反对票总数的三分之二",
    "party_delegate": "党代表",
    "peoples_deputy": "人大代表",
    "cppcc_member": "政协委员",
    "owners_committee": "业主委员会",
    "resident_unit": "驻区单位",
    "social_organisation": "社会组织",
    "migrant_resident": "流动人员",
    "invited_member": "特邀人士",
    "trimmed": "去掉一个最高分和一个最低分后平均",
    "greedy": "按得票从多到少依次列入，钱不够的跳过",
    "mes": "均等份额法",
    "none": "不补足",
    "cost": "按费用",
    "cardinality": "按件数",
    "satisfied_and_mostly_of_valid": "（满意＋基本满意）÷有效票",
    "over_half_of_all_members": "超过应到半数评定",
    "weighted": "加权平均",
    "factual": "客观性",
    "public_interest": "公共性",
    "legality": "合法性",
    "feasibility": "可行性",
    "two_committees_one_station": "两委一站",
    "resident": "居（村）民",
    "community": "社区（村）",
    "subdistrict": "街乡",
    "district": "区",
    "deliberation": "审议会",
    "midyear": "评估会",
    "review": "评审会",
}


def said(value: Any) -> str:
    """A value as an official reads it: named values by their names, yes and no, lists one after the other."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        items = [said(item) for item in value]
        return ("" if all(item.endswith("。") for item in items) else "、").join(items)
    if isinstance(value, dict):
        return _table_said(value)
    if isinstance(value, str) and (share := PERCENT.fullmatch(value)):
        return f"{share[1]}%"
    return VALUE_NAMES.get(value, value) if isinstance(value, str) else written(value)


def _table_said(table: Mapping[str, Any]) -> str:
    if {"kind", "from", "to"} <= table.keys():
        return f"{said(table['kind'])}（{_day_said(table['from'])}至{_day_said(table['to'])}）"
    if {"name", "weight", "full"} <= table.keys():
        return f"{table['name']}（权重{table['weight']}，满分{table['full']}）"
    return "；".join(f"{said(key)}：{said(value)}" for key, value in table.items())


def _day_said(day: str) -> str:
    month, number = day.split("-")
    return f"{int(month)}月{int(number)}日"


def written(value: Any) -> str:
    """A value as a person writes it: 5, 1/2, a name, a list line by line; tables as JSON."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
