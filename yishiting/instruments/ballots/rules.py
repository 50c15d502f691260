"""What a result sheet asks for, when its numbers contradict each other, and how two keyings are compared."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from yishiting.ground.common.names import clean_name, name_key, same_name
from yishiting.ground.common.numbers import whole_number
from yishiting.methods.errors import Unusable

Counts = dict[str, int]

BALLOTS = (("issued", "发出票数"), ("returned", "收回票数"), ("valid", "有效票"), ("invalid", "无效票（含空白）"))
OPINIONS = (("for", "赞成"), ("against", "反对"), ("abstain", "弃权"))
LEVELS = (("satisfied", "满意"), ("mostly", "基本满意"), ("unsatisfied", "不满意"))
WRITTEN_IN = "other:"
NAME_AND_VOTES = re.compile(r"(.*\D)[\s,，、:：]\s*(\d+)\s*票?")


class Kind(StrEnum):
    """What is asked, in the words of the poll."""

    DECISION = "decision"
    ELECTION = "election"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True, slots=True)
class Voter:
    """One person entitled to vote: whether present, and why they stand aside if they do (回避)."""

    key: str
    name: str
    present: bool = True
    recused: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Ready for the list that is frozen when the vote opens."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Option:
    """One name on the ballot paper; the label is unique on it, the key says whom it means."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is counted, and of whom: everything the judging needs to know of a poll."""

    kind: str
    on_paper: bool
    options: tuple[Option, ...]
    seats: int
    rule: Mapping[str, Any]
    entitled: int
    present: int
    recused_present: int = 0
    recused_absent: int = 0

    @property
    def able(self) -> int:
        """Those present who may vote on this."""
        return self.present - self.recused_present


@dataclass(frozen=True, slots=True)
class Field:
    """One number of the sheet. `about` is the name it belongs to, empty for the numbers of ballots."""

    key: str
    label: str
    about: str = ""


def fields(sheet: Sheet) -> tuple[Field, ...]:
    """The numbers to key in, in the order of the paper sheet. By show of hands there are no ballots to count."""
    ballots = tuple(Field(key, label) for key, label in BALLOTS) if sheet.on_paper else ()
    if sheet.kind == Kind.ELECTION:
        opinions = OPINIONS if sheet.on_paper else OPINIONS[:2]
        named = (
            Field(f"{n}:{key}", label, one.label) for n, one in enumerate(sheet.options) for key, label in opinions
        )
        return (*ballots, *named)
    answers = OPINIONS if sheet.kind == Kind.DECISION else LEVELS
    return (*ballots, *(Field(key, label) for key, label in answers))


def whole(sheet: Sheet, counts: Mapping[str, int]) -> Counts:
    """Every number of the sheet, none missing and none besides; other names written in are kept."""
    wanted = {field.key: field for field in fields(sheet)}
    missing = [_named(field) for key, field in wanted.items() if counts.get(key) is None]
    strange = [key for key in counts if key not in wanted and not key.startswith(WRITTEN_IN)]
    below = [_named(wanted[key]) for key in wanted if (counts.get(key) or 0) < 0]
    wrong = [f"还没有填{'、'.join(missing)}"] if missing else []
    wrong += [f"计票表上没有{'、'.join(strange)}"] if strange else []
    wrong += [f"{'、'.join(below)}不能是负数"] if below else []
    written = _written_in(counts)
    listed = [
        one.label for one in sheet.options if any(same_name(one.label, key.removeprefix(WRITTEN_IN)) for key in written)
    ]
    wrong += [f"{'、'.join(listed)}本来就在选票上，票数请填在他名下，不写进另选他人"] if listed else []
    if wrong:
        raise Unusable("；".join(wrong) + "。请对照计票表再填。", "The sheet is not whole.")
    return {**{key: counts[key] for key in wanted}, **written}


def contradictions(sheet: Sheet, counts: Counts) -> list[str]:
    """What cannot be right about the ballots; more returned than issued is not among it: that voids the vote."""
    if not sheet.on_paper:
        return _too_many_hands(sheet, counts)
    wrong = list(filter(None, [issued_too_many(sheet, counts)]))
    if counts["valid"] + counts["invalid"] != counts["returned"]:
        wrong.append(
            f"有效票{counts['valid']}加无效票{counts['invalid']}等于{counts['valid'] + counts['invalid']}，"
            f"与收回的{counts['returned']}张对不上"
        )
    return wrong + _answers_off(sheet, counts)


def issued_too_many(sheet: Sheet, counts: Counts) -> str:
    """What is wrong where more ballots were handed out than there are people who may have one; nothing otherwise.

    Asked before anything else: a sheet with more ballots than people decides nothing, not even that the vote is void.
    """
    if not sheet.on_paper:
        return ""
    if sheet.kind != Kind.ELECTION:
        too_many = 0 < sheet.able < counts["issued"]
        return f"发出{counts['issued']}张，多于实到有表决权的{sheet.able}人" if too_many else ""
    most = min(sheet.entitled, sheet.present) if sheet.present else sheet.entitled
    return f"发出{counts['issued']}张，多于实到的{most}人" if 0 < most < counts["issued"] else ""


def returned_too_many(sheet: Sheet, counts: Counts) -> str:
    """The sentence that voids the whole vote, or nothing."""
    if not sheet.on_paper or counts["returned"] <= counts["issued"]:
        return ""
    return f"收回{counts['returned']}张，多于发出的{counts['issued']}张，按规定本次投票整次无效，须重新投票。"


def differences(sheet: Sheet, first: Counts, second: Counts) -> list[dict[str, Any]]:
    """Every number in which two keyings differ, by name, in the order of the sheet; empty when they agree."""
    known = {field.key: field for field in fields(sheet)}
    written = [key for key in (*first, *second) if key.startswith(WRITTEN_IN)]
    named = {**known, **{key: Field(key, OPINIONS[0][1], key.removeprefix(WRITTEN_IN)) for key in written}}
    return [
        {"key": key, "label": _named(field), "first": first.get(key, 0), "second": second.get(key, 0)}
        for key, field in named.items()
        if first.get(key, 0) != second.get(key, 0)
    ]


def read_written_in(text: str) -> Counts:
    """Other names written on ballots, one a line: a name, a blank, a number."""
    found: Counts = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = NAME_AND_VOTES.fullmatch(line)
        name, count = (clean_name(match[1]), whole_number(match[2])) if match else ("", None)
        if not name or count is None:
            raise Unusable(f"“{line}”看不懂。请一行写一个人：姓名、空格、票数，例如：张三 2。", "Name, blank, number.")
        key = WRITTEN_IN + name
        if any(same_name(name, other.removeprefix(WRITTEN_IN)) for other in found):
            raise Unusable(f"{name}写了两行，请合成一行。", "A name stands twice.")
        found[key] = count
    return found


def doubled(options: Sequence[Option]) -> list[str]:
    """Labels that stand on the paper more than once."""
    labels = [one.label for one in options]
    times = Counter(map(name_key, labels))
    return [label for label in dict.fromkeys(labels) if times[name_key(label)] > 1]


def _too_many_hands(sheet: Sheet, counts: Counts) -> list[str]:
    keys = [[f"{n}:for", f"{n}:against"] for n in range(len(sheet.options))]
    groups = keys if sheet.kind == Kind.ELECTION else [list(counts)]
    most = max((sum(counts[key] for key in group) for group in groups), default=0)
    return [f"举手合计{most}人，多于实到有表决权的{sheet.able}人"] if most > sheet.able else []


def _answers_off(sheet: Sheet, counts: Counts) -> list[str]:
    if sheet.kind == Kind.ELECTION:
        return []
    answers = OPINIONS if sheet.kind == Kind.DECISION else LEVELS
    total = sum(counts[key] for key, _ in answers)
    words = "、".join(label for _, label in answers)
    return [] if total == counts["valid"] else [f"{words}合计{total}，与有效票{counts['valid']}张对不上"]


def _written_in(counts: Mapping[str, int]) -> Counts:
    """Names the voters wrote, each in one spelling, with all its votes."""
    found: Counter[str] = Counter()
    for key, count in counts.items():
        if key.startswith(WRITTEN_IN):
            found[WRITTEN_IN + clean_name(key.removeprefix(WRITTEN_IN))] += count
    return {key: found[key] for key in sorted(found) if found[key]}


def _named(field: Field) -> str:
    return f"{field.about}的{field.label}票" if field.about else field.label
