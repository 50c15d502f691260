"""What may be published, when a notice may close, and what its outcome says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yishiting.ground.common.days import chinese
from yishiting.ground.common.masking import IDENTITY, private_parts, public_words

#: Which rule of the rulebook gives the length of a notice, by its kind.
WORKDAYS_RULE: Mapping[str, str] = {
    "candidates": "publicity.persons_workdays",
    "plan": "publicity.plan_workdays",
    "works_plan": "publicity.plan_workdays",
    "result": "publicity.result_workdays",
    "resolution": "publicity.result_workdays",
    "review": "publicity.result_workdays",
    "matters": "publicity.matter_workdays",
}
OTHER_WORKDAYS_RULE = "publicity.announcement_workdays"

#: 公示 is posted for opinions, 公告 makes known what is decided.
NUMBER_WORDS: Mapping[str, str] = {"candidates": "公示", "plan": "公示", "works_plan": "公示", "review": "公示"}

NAME_KEPT = 1
PHONE_HEAD, PHONE_TAIL = 3, 4
HOME_NUMBER = re.compile(r"(?:\d+\s*(?:单元|门))?\s*\d+\s*(?:室|户)?$")
#: Receipts of objections are numbered apart from those of suggestions.
OBJECTIONS_FROM = 9_000_000


def mask_name(name: str) -> str:
    """The surname stays, the rest is starred: 王**. A compound surname is not told from a single one."""
    name = name.strip()
    return name[:NAME_KEPT] + "*" * max(len(name) - NAME_KEPT, 1) if name else ""


def mask_phone(phone: str) -> str:
    """138****5678; a number too short for that is starred whole."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) <= PHONE_HEAD + PHONE_TAIL:
        return "*" * len(digits)
    return digits[:PHONE_HEAD] + "*" * (len(digits) - PHONE_HEAD - PHONE_TAIL) + digits[-PHONE_TAIL:]


def mask_address(address: str) -> str:
    """Down to the building: unit and door numbers at the end are left out."""
    return HOME_NUMBER.sub("", address.strip())


MASKS = {"name": mask_name, "phone": mask_phone, "address": mask_address}


def masked_table(table: Mapping[str, Any] | None) -> dict[str, Any]:
    """The table as it is published: columns named in `mask` (label → name, phone, address) are masked for good.

    Other cells are public words. Raises ValueError for ragged rows and for a
    mask that names no column: that is a mistake of the program, not of a person.
    """
    if not table:
        return {}
    columns = [str(column) for column in table["columns"]]
    wanted = {label: MASKS[kind] for label, kind in table.get("mask", {}).items()}
    if unknown := set(wanted) - set(columns):
        raise ValueError(f"the mask names no column: {unknown}")
    hide = [wanted.get(column, public_words) for column in columns]
    rows = [[mask(str(cell)) for mask, cell in zip(hide, row, strict=True)] for row in table["rows"]]
    return {"columns": columns, "rows": rows}


def why_not_publish(*texts: str) -> str | None:
    """None, or why these words may not be made public as they are."""
    if any(part.kind == IDENTITY for text in texts for part in private_parts(text)):
        return "公开的文字里有身份证号码。请删去后再发布；公示不需要身份证号码。"
    return None


def why_not_from(posted_on: date, today: date) -> str | None:
    """A notice cannot begin before today."""
    if posted_on < today:
        return f"公示不能倒签：开始日期不能早于今天（{chinese(today, 'short')}）。请从今天或以后的日期开始公示。"
    return None


def why_no_objection(takes_objections: bool, posted_on: date, last_day: date, today: date) -> str | None:
    """None while the notice takes objections, otherwise the sentence."""
    if not takes_objections:
        return "这是告知性公告，不设异议程序。有意见可以向发布单位反映，或提交一条建议。"
    if today < posted_on:
        return f"公示从{chinese(posted_on, 'short')}开始，到时可以提出异议。"
    if today > last_day:
        return f"公示期已于{chinese(last_day, 'short')}届满，不再受理异议。仍有问题的，请向发布单位反映。"
    return None


def why_not_close(last_day: date, unanswered: int, today: date) -> str | None:
    """A notice runs its days out, and every objection is answered first."""
    if today <= last_day:
        return f"公示期到{chinese(last_day, 'short')}为止，第二天才能结束公示。"
    if unanswered:
        return f"还有{unanswered}件异议没有答复。请先逐件答复，再结束公示。"
    return None


@dataclass(frozen=True, slots=True)
class Answered:
    """One objection as the outcome speaks of it."""

    receipt: str
    upheld: bool
    answer: str


def outcome(objections: Sequence[Answered]) -> str:
    """What is published when a notice closes: how many objections there were and how each was handled."""
    if not objections:
        return "公示期间没有收到异议。"
    lines = [f"公示期间收到异议{len(objections)}件，处理如下："]
    for number, one in enumerate(objections, start=1):
        lines.append(f"{number}. 登记号{one.receipt}：{'异议成立' if one.upheld else '异议不成立'}。{one.answer}")
    return "\n".join(lines)
