"""Intake as plain decisions: where private matters belong, which telephone number is one, which words are the same."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yishiting.ground.common import phones

#: Files read numbers as all doors do.
phone_digits = phones.phone_digits

TAIL = 4


@dataclass(frozen=True, slots=True)
class OtherDoor:
    """Where a matter that is not a common one is better taken, and the words by which it is guessed."""

    signs: tuple[str, ...]
    says: str


#: Guesses that help and never block: a person reads every suggestion.
OTHER_DOORS = (
    OtherDoor(
        ("着火", "起火", "煤气泄漏", "燃气泄漏", "救命", "触电", "正在打人"),
        "如果有人正处在危险中，请马上拨打 110、119 或 120。",
    ),
    OtherDoor(
        ("拖欠工资", "欠薪", "讨薪", "劳动仲裁", "解除劳动合同", "辞退"),
        "工资和劳动合同的事，可以拨打劳动保障热线 12333，办得更快。",
    ),
    OtherDoor(
        ("离婚", "遗产", "继承", "抚养费", "赡养费", "民间借贷", "欠我钱", "借钱不还"),
        "家事和钱款纠纷，可以找社区人民调解委员会，或拨打法律服务热线 12348。",
    ),
    OtherDoor(
        ("受贿", "贪污", "行贿", "公款吃喝"),
        "反映公职人员违纪违法，请拨打纪检监察举报电话 12388，会有人保密受理。",
    ),
    OtherDoor(
        ("网贷", "刷单", "诈骗", "被骗"),
        "遇到诈骗，请尽快拨打 96110 或 110，越早越有机会止付。",
    ),
    OtherDoor(
        ("社保断缴", "医保报销", "公积金提取", "落户", "积分落户", "居住证"),
        "个人的社保、户口、证件办理，可以到街乡政务服务中心，或拨打 12345。",
    ),
)


def other_doors(text: str) -> list[str]:
    """The sentences that point to the right door, for words that sound like a private matter or an emergency."""
    return [door.says for door in OTHER_DOORS if any(sign in text for sign in door.signs)]


def words_as_said(title: str, text: str, where: str) -> str:
    """The words of a suggestion as one text, for the hash that shows they were never changed."""
    return json.dumps([title, text, where], ensure_ascii=False)


def words_and_speaker(words: str, said: datetime | None, name: str, phone: str) -> str:
    """The same with when and by whom: two rows equal in all of this, without a number of their own, are one."""
    return json.dumps([words, said.isoformat() if said else "", name, phone], ensure_ascii=False)


def household(place_code: str, door: str) -> str:
    """A home in one spelling: 3号楼2单元501, 3-2-501 and 3 号楼 2 单元 501 室 are the same door."""
    numbers = re.findall(r"[0-9]+|[a-z甲乙丙丁]", door.lower())
    return f"{place_code}:{'-'.join(numbers)}" if numbers else ""


def longest_named(where: str, names: Iterable[str]) -> str:
    """The longest of these names that a place description contains; empty when it contains none."""
    return max((name for name in names if name in where), key=len, default="")
