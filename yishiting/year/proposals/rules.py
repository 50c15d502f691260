"""What the text put to the council says, how two versions differ, when pending has lasted too long."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

TOKEN = re.compile(r"[A-Za-z0-9.]+|\s|.", re.DOTALL)
#: Equal stretches shorter than this between two changes are shown as changed: single characters in common say nothing.
ISLAND = 2

FIELDS = (
    ("title", "案由"),
    ("situation", "情况"),
    ("measures", "办理建议"),
    ("beneficiaries", "受益范围"),
)
LABELS = dict(FIELDS)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed (`same`), was taken out (`removed`) or put in (`added`)."""

    kind: str
    text: str


def whole_text(words: Mapping[str, str]) -> str:
    """The text of a proposal as the council has it before it: what is voted on, word for word."""
    return "\n".join(f"{label}：{words[name]}" for name, label in FIELDS[1:] if words.get(name))


def difference(before: str, after: str) -> list[Piece]:
    """The way from one text to the other; same and removed make the old text, same and added the new one."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    pieces: list[Piece] = []
    taken = put = ""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for n, (kind, i1, i2, j1, j2) in enumerate(blocks):
        inside = 0 < n < len(blocks) - 1
        if kind == "equal" and not (inside and i2 - i1 < ISLAND):
            pieces += [*_changed(taken, put), Piece("same", "".join(old[i1:i2]))]
            taken = put = ""
        else:
            taken += "".join(old[i1:i2])
            put += "".join(new[j1:j2])
    return [*pieces, *_changed(taken, put)]


def _changed(taken: str, put: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("removed", taken), ("added", put)) if text]


def pending_until(decided_on: date, days: int) -> date:
    """The day by which a pending matter should have gone on."""
    return decided_on + timedelta(days=days)


def why_not_outcome(carried: bool, to: str, reason: str) -> tuple[str, str] | None:
    """None when this outcome follows from the vote, otherwise the field at fault and the sentence."""
    if carried:
        return None if to == "adopted" else ("to", "表决已经通过，结果只能是“已通过”。")
    if to not in ("pending", "declined"):
        return "to", "表决没有通过。请选“待定”或“未通过”，并写明理由。"
    if not reason.strip():
        return "reason", "请写明理由：分歧在哪里，或为什么没有通过。理由会告诉提建议的人。"
    return None
