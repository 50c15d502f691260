"""What the values of rules are called, as an official reads them and as they are written."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from yishiting.ground.common.days import said as in_words
from yishiting.ground.common.marked import marked as _

#: A share in hundredths is said as a percentage; one half stays one half.
PERCENT = re.compile(r"(\d+)/100")
#: A year that has every day a rule can name.
LEAP = 2000
#: What named values are called.
VALUE_NAMES: Mapping[str, str] = {
    "largest_remainder": _("最大余数法"),
    "dhondt": _("最高均数法（汉狄法）"),
    "sainte_lague": _("最高均数法（圣拉格法）"),
    "adams": _("亚当斯法"),
    "returned": _("收回的选票"),
    "valid": _("有效票"),
    "over_half_of_present": _("超过实到的半数"),
    "over_half_of_all": _("超过应到的半数"),
    "two_thirds_of_present": _("达到实到的三分之二"),
    "two_thirds_of_all": _("达到应到的三分之二"),
    "over_half_of_signed": _("超过签字人数的一半"),
    "two_thirds_of_signed": _("达到签字人数的三分之二"),
    "all_signed": _("全部签字的人"),
    "area": _("本地区全部有效建议"),
    "reported": _("报送上来的，和不属于下级职责的"),
    "mean": _("平均分"),
    "median": _("中位数"),
    "adjusted": _("去掉评委松紧影响后的平均分"),
    "majority": _("多数评级"),
    "rank": _("平均名次"),
    "greedy-no-skip": _("按得票从多到少依次列入，钱不够就停"),
    "greedy-threshold": _("按得票从多到少依次列入，须达到最低得票"),
    "phragmen": _("弗拉格门法"),
    "add1": _("每票逐步增加份额"),
    "add1-exhaustive": _("每票逐步增加份额，直到钱用完"),
    "issued": _("发出的选票"),
    "share_of_valid": _("（满意＋基本满意）÷有效票"),
    "over_half_of_cast": _("超过赞成票和反对票总数的半数"),
    "two_thirds_of_cast": _("达到赞成票和反对票总数的三分之二"),
    "party_delegate": _("党代表"),
    "peoples_deputy": _("人大代表"),
    "cppcc_member": _("政协委员"),
    "owners_committee": _("业主委员会"),
    "resident_unit": _("驻区单位"),
    "social_organisation": _("社会组织"),
    "migrant_resident": _("流动人员"),
    "invited_member": _("特邀人士"),
    "trimmed": _("去掉一个最高分和一个最低分后平均"),
    "greedy": _("按得票从多到少依次列入，钱不够的跳过"),
    "mes": _("均等份额法"),
    "none": _("不补足"),
    "cost": _("按费用"),
    "cardinality": _("按件数"),
    "satisfied_and_mostly_of_valid": _("（满意＋基本满意）÷有效票"),
    "over_half_of_all_members": _("超过应到半数评定"),
    "weighted": _("加权平均"),
    "factual": _("客观性"),
    "public_interest": _("公共性"),
    "legality": _("合法性"),
    "feasibility": _("可行性"),
    "two_committees_one_station": _("两委一站"),
    "resident": _("居（村）民"),
    "community": _("社区（村）"),
    "subdistrict": _("街乡"),
    "district": _("区"),
    "deliberation": _("审议会"),
    "midyear": _("评估会"),
    "review": _("评审会"),
}


def said(value: Any) -> str:
    """A value as an official reads it: named values by their names, yes and no, lists one after the other."""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        items = [said(item) for item in value]
        return ("" if all(item.endswith("。") for item in items) else gettext("、")).join(items)
    if isinstance(value, dict):
        return _table_said(value)
    if isinstance(value, str) and (share := PERCENT.fullmatch(value)):
        return f"{share[1]}%"
    return named(value) if isinstance(value, str) else written(value)


def named(value: str) -> str:
    """A named value by its name; any other as it is."""
    return gettext(VALUE_NAMES[value]) if value in VALUE_NAMES else value


def measured(value: Any, unit: str) -> str:
    """A value with its measure: 10人, 10 people."""
    between, measure = " " if unit and (get_language() or "").startswith("en") else "", gettext(unit) if unit else ""
    return f"{said(value)}{between}{measure}"


def _table_said(table: Mapping[str, Any]) -> str:
    if {"kind", "from", "to"} <= table.keys():
        days = {"since": _day_said(table["from"]), "until": _day_said(table["to"])}
        between = gettext("（%(since)s至%(until)s）") % days
        return f"{said(table['kind'])}{between}"
    if {"name", "weight", "full"} <= table.keys():
        return gettext("%(name)s（权重%(weight)s，满分%(full)s）") % table
    colon = gettext("：")
    return gettext("；").join(f"{said(key)}{colon}{said(value)}" for key, value in table.items())


def _day_said(day: str) -> str:
    month, number = map(int, day.split("-"))
    return in_words(date(LEAP, month, number), "short")


def written(value: Any) -> str:
    """A value as a person writes it: 5, 1/2, a name, a list line by line; tables as JSON."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
