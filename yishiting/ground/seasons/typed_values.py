"""The value of a rule as somebody typed it."""

import json
import re
from fractions import Fraction
from typing import Any

from yishiting.ground.common.numbers import whole_number
from yishiting.ground.seasons.rule_kinds import RuleKind

NOT_YES_OR_NO, NO_NUMBER, NO_SHARE = "请填“是”或“否”。", "请填一个整数，例如 5。", "请填一个比例，例如 1/2 或 95%。"


def read_value(kind: RuleKind, typed: str) -> Any:
    """The value that was typed for a rule, of the sort its usual value has. Raises ValueError with the sentence."""
    text = typed.strip()
    if isinstance(kind.value, bool):
        return _yes_or_no(text)
    if isinstance(kind.value, int):
        return _whole(text)
    if isinstance(kind.value, str) and is_share(kind.value):
        return _share(text)
    if isinstance(kind.value, list) and all(isinstance(item, str) for item in kind.value):
        return [line.strip() for line in text.splitlines() if line.strip()]
    if isinstance(kind.value, str):
        return text
    return _table(kind, text)


def _yes_or_no(text: str) -> bool:
    if text not in {"是", "否", "true", "false"}:
        raise ValueError(NOT_YES_OR_NO)
    return text in {"是", "true"}


def _whole(text: str) -> int:
    if (number := whole_number(text)) is None:
        raise ValueError(NO_NUMBER)
    return number


def is_share(text: str) -> bool:
    """Whether a text is written like a share: 1/2."""
    return re.fullmatch(r"\d+/\d+", text) is not None


def _share(text: str) -> str:
    percent = re.fullmatch(r"(\d+(?:\.\d+)?)[%％]", text)
    try:
        share = Fraction(percent[1]) / 100 if percent else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(NO_SHARE) from None
    if not 0 <= share <= 1:
        raise ValueError("比例应在 0 与 1 之间，例如 1/2 或 95%。")
    return str(share)


def _table(kind: RuleKind, text: str) -> Any:
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        raise ValueError("这条规则是一张表，请按原来的格式填写。") from None
    if type(value) is not type(kind.value):
        raise ValueError("这条规则是一张表，请按原来的格式填写。")
    return value
