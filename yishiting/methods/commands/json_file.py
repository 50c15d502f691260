"""Reading a JSON file field by field, so that a mistake is named with its line."""

import json
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from yishiting.methods.commands.main import BadFile
from yishiting.methods.errors import Unusable
from yishiting.methods.exact import share

Choice = TypeVar("Choice", bound=StrEnum)
Step = str | int
_MISSING = object()
_BLANK = re.compile(r"[ \t\n\r]*")


def read_json(path: str) -> "Record":
    """The object in a JSON file; `BadFile` names the line where the file is no JSON, or holds no object."""
    raw = Path(path).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise BadFile(f"第 {line} 行：不是 UTF-8 文字。") from None
    try:
        value = json.loads(text, object_pairs_hook=_no_doubles)
    except json.JSONDecodeError as problem:
        raise BadFile(f"第 {problem.lineno} 行第 {problem.colno} 列：不是有效的 JSON（{problem.msg}）。") from None
    except _DoubleKey as problem:
        raise BadFile(f"字段“{problem}”在同一处出现两次。") from None
    return Record(value, text).object()


class _DoubleKey(Exception):
    """The same field twice in one object."""


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DoubleKey(key)
        found[key] = value
    return found


class Record:
    """A value in the file and the way to it; every question either gives the right kind or names line and field."""

    def __init__(self, value: Any, text: str, path: tuple[Step, ...] = ()) -> None:
        self.value = value
        self._text = text
        self._path = path

    def bad(self, what: str) -> BadFile:
        """The error for this place."""
        name = ".".join(f"第{step + 1}项" if isinstance(step, int) else step for step in self._path)
        return BadFile(f"第 {_line_of(self._text, self._path)} 行：{name + '：' if name else ''}{what}。")

    def has(self, key: str) -> bool:
        """Whether the field is there and not null."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def get(self, key: str) -> "Record":
        """The record of a field that must be there."""
        value = self.object().value.get(key, _MISSING)
        if value is _MISSING or value is None:
            raise self.bad(f"缺少“{key}”")
        return Record(value, self._text, (*self._path, key))

    def only(self, *keys: str) -> "Record":
        """Refuse fields nobody reads: a misspelt name must not be passed over."""
        if unknown := [key for key in self.object().value if key not in keys]:
            raise self.get(unknown[0]).bad(f"不认识这个字段；可用的有：{'、'.join(keys)}")
        return self

    def object(self) -> "Record":
        """Itself, if it is an object."""
        if not isinstance(self.value, dict):
            raise self.bad("应为 { } 对象")
        return self

    def items(self) -> Iterator["Record"]:
        """The records of a list."""
        if not isinstance(self.value, list):
            raise self.bad("应为 [ ] 列表")
        for k, value in enumerate(self.value):
            yield Record(value, self._text, (*self._path, k))

    def each(self, key: str) -> list["Record"]:
        """The records of a list field; nothing where the field is missing."""
        return list(self.get(key).items()) if self.has(key) else []

    def as_text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.bad("应为文字")
        return self.value.strip()

    def as_whole(self) -> int:
        """A whole number."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.bad(f"应为整数，现为 {json.dumps(self.value, ensure_ascii=False)}")
        return self.value

    def text(self, key: str, default: str | None = None) -> str:
        """A text field."""
        return default if default is not None and not self.has(key) else self.get(key).as_text()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the field is missing."""
        return tuple(one.as_text() for one in self.each(key))

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole-number field."""
        return default if default is not None and not self.has(key) else self.get(key).as_whole()

    def whole_or_none(self, key: str) -> int | None:
        """A whole number, or None where the field is missing."""
        return self.get(key).as_whole() if self.has(key) else None

    def yes(self, key: str, default: bool) -> bool:
        """A yes-or-no field."""
        if not self.has(key):
            return default
        if not isinstance(value := self.get(key).value, bool):
            raise self.get(key).bad("应为 true 或 false")
        return value

    def share(self, key: str) -> Fraction:
        """A share such as "1/2" or "95%"."""
        one = self.get(key)
        try:
            return share(one.value)
        except Unusable as problem:
            raise one.bad(problem.chinese.rstrip("。")) from None

    def choice(self, key: str, kinds: type[Choice], default: Choice | None = None) -> Choice:
        """One of the named words."""
        if default is not None and not self.has(key):
            return default
        one = self.get(key)
        try:
            return kinds(one.value)
        except ValueError:
            raise one.bad(f"“{one.value}”不在可选范围内：{'、'.join(kinds)}") from None


def _line_of(text: str, path: Sequence[Step]) -> int:
    """The line on which the value at `path` begins."""
    decoder = json.JSONDecoder()
    here = _skip(text, 0)
    for step in path:
        here = _into(decoder, text, here, step)
    return text.count("\n", 0, here) + 1


def _into(decoder: json.JSONDecoder, text: str, here: int, step: Step) -> int:
    """Where the value of a field, or of the k-th item, begins inside the object or list that begins `here`."""
    here, k = _skip(text, here + 1), 0
    while True:
        key: Step = k
        if isinstance(step, str):
            key, here = decoder.raw_decode(text, here)
            here = _skip(text, _skip(text, here) + 1)
        if key == step:
            return here
        _, here = decoder.raw_decode(text, here)
        here, k = _skip(text, _skip(text, here) + 1), k + 1


def _skip(text: str, here: int) -> int:
    found = _BLANK.match(text, here)
    return found.end() if found else here
