"""Whether the values of a rulebook mean something: names that exist, numbers that make sense, a minimum below its maximum."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from yishiting.ground.seasons.by_level import ENTRIES, LEVELS, entry_key, entry_label
from yishiting.ground.seasons.rule_kinds import RuleKind
from yishiting.ground.seasons.typed_values import NO_NUMBER, NO_SHARE, NOT_YES_OR_NO, is_share
from yishiting.ground.seasons.words import said

MOST = 100_000
MEETINGS = ("deliberation", "midyear", "review")
#: What may not exceed what.
IN_ORDER = (("council.seats_min", "council.seats_max"),)


def why_not(changed: Mapping[str, Any], whole: Mapping[str, Any]) -> str | None:
    """What is wrong with the entries that are to change, of the first that is; `whole` are all as they will be."""
    for name, value in changed.items():
        if sentence := why_not_value(ENTRIES[name][0], value):
            return f"“{entry_label(name)}”：{sentence}"
    for low, high in ((entry_key(a, level), entry_key(b, level)) for a, b in IN_ORDER for level in LEVELS):
        if whole[low] > whole[high]:
            return f"“{entry_label(low)}”是{whole[low]}，比“{entry_label(high)}”{whole[high]}还多。请改其中一个。"
    return None


def why_not_value(kind: RuleKind, value: Any) -> str | None:
    """What is wrong with one value."""
    if kind.among:
        return _why_no_name(kind, value if isinstance(kind.value, list) else [value])
    return _check_of(kind)(kind, value)


def _check_of(kind: RuleKind) -> Callable[[RuleKind, Any], str | None]:
    usual = kind.value
    if kind.key in TABLES:
        return TABLES[kind.key]
    if isinstance(usual, bool):
        return _why_not_yes_or_no
    if isinstance(usual, int):
        return _why_no_number
    if isinstance(usual, str) and is_share(usual):
        return _why_no_share
    return _why_another_sort


def _why_not_yes_or_no(_kind: RuleKind, value: Any) -> str | None:
    return None if isinstance(value, bool) else NOT_YES_OR_NO


def _why_no_number(kind: RuleKind, value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return NO_NUMBER
    return None if kind.least <= value <= MOST else f"请填{kind.least}至{MOST}之间的整数。"


def _why_no_share(_kind: RuleKind, value: Any) -> str | None:
    share = _fraction(value)
    return None if share is not None and 0 <= share <= 1 else NO_SHARE


def _why_no_name(kind: RuleKind, values: Iterable[Any]) -> str | None:
    names = list(values)
    offered = "、".join(said(name) for name in kind.among)
    if not names or any(name not in kind.among for name in names):
        return f"可以选的是：{offered}。"
    return "有一项写了两遍。" if len(set(names)) < len(names) else None


def _why_another_sort(kind: RuleKind, value: Any) -> str | None:
    if type(value) is not type(kind.value) or not value:
        return "这条规则的格式不对，请按原来的格式填写。"
    if isinstance(value, dict) and set(value) != set(kind.value):
        return f"请分别写明{'、'.join(said(key) for key in kind.value)}。"
    return None


def _why_no_weights(_kind: RuleKind, value: Any) -> str | None:
    weights = [_fraction(one) for one in value] if isinstance(value, list) else []
    right = len(weights) == 3 and all(one is not None and 0 <= one <= 1 for one in weights)  # noqa: PLR2004  # 满意、基本满意、不满意
    return None if right else "请写满意、基本满意、不满意三档的权重，每档在 0 与 1 之间。"


def _why_no_criteria(_kind: RuleKind, value: Any) -> str | None:
    lines = value if isinstance(value, list) and value and all(isinstance(one, dict) for one in value) else []
    names = [str(line.get("name", "")).strip() for line in lines]
    sums = [_fraction(line.get(part)) for line in lines for part in ("weight", "full")]
    if not lines or not all(names) or any(one is None or one <= 0 for one in sums):
        return "每项评分标准要写明名称、权重和满分，权重和满分大于 0。"
    return "有两项评分标准同名。" if len(set(names)) < len(names) else None


def _why_no_due(_kind: RuleKind, value: Any) -> str | None:
    lines = value if isinstance(value, list) and value and all(isinstance(one, dict) for one in value) else []
    right = lines and all(one.get("kind") in MEETINGS and _is_span(one.get("from"), one.get("to")) for one in lines)
    return None if right else "每行写明会议类别和起止日期（月-日），例如审议会 01-01 至 03-31。"


def _is_span(first: Any, last: Any) -> bool:
    try:
        return date.fromisoformat(f"2025-{first}") <= date.fromisoformat(f"2025-{last}")
    except ValueError:
        return False


def _fraction(value: Any) -> Fraction | None:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


#: Values with a shape of their own.
TABLES: Mapping[str, Callable[[RuleKind, Any], str | None]] = {
    "review.weights": _why_no_weights,
    "scoring.criteria": _why_no_criteria,
    "meeting.due": _why_no_due,
}
