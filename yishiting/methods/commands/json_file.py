"""Reading a JSON file field by field, so that a mistake is named with its line."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize

from yishiting.methods.commands.json_text import Step, line_of, parsed, text_of
from yishiting.methods.commands.main import BadFile
from yishiting.methods.errors import Unusable
from yishiting.methods.exact import share

Choice = TypeVar("Choice", bound=StrEnum)
_MISSING = object()
LONGEST_SHOWN = 60


def read_json(path: str) -> "Record":
    """The object in a JSON file; `BadFile` names the line where the file is no JSON, or holds no object."""
    text = text_of(Path(path).read_bytes())
    return Record(parsed(text), text).object()


class Record:
    """A value in the file and the way to it; every question either gives the right kind or names line and field."""

    def __init__(self, value: Any, text: str, path: tuple[Step, ...] = ()) -> None:
        self.value = value
        self._text = text
        self._path = path

    def bad(self, what: str) -> BadFile:
        """The error for this place."""
        name = ".".join(f"第{step + 1}项" if isinstance(step, int) else step for step in self._path)
        return BadFile(f"第 {line_of(self._text, self._path)} 行：{name + '：' if name else ''}{what}。")

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
            there = Record(None, self._text, (*self._path, unknown[0]))
            raise there.bad(f"不认识这个字段；可用的有：{'、'.join(keys)}")
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

    def as_whole(self, least: int | None = None) -> int:
        """A whole number, at least `least`."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.bad(f"应为整数，现为 {_shown(self.value)}")
        if least is not None and self.value < least:
            raise self.bad(f"不能小于 {least}，现为 {self.value}")
        return self.value

    def as_day(self) -> date:
        """A day written 2026-03-05."""
        try:
            return date.fromisoformat(self.as_text())
        except ValueError:
            raise self.bad(f"应为日期，例如 2026-03-05，现为 {_shown(self.value)}") from None

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """What a method finds wrong with the data of this place is told with its line."""
        try:
            yield
        except Unusable as problem:
            raise self.bad(problem.chinese.rstrip("。")) from None

    def text(self, key: str, default: str | None = None) -> str:
        """A text field."""
        return default if default is not None and not self.has(key) else self.get(key).as_text()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the field is missing."""
        return tuple(one.as_text() for one in self.each(key))

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts of which none stands twice."""
        return tuple(one.as_text() for one in distinct(self.each(key), lambda one: one.as_text()))

    def whole(self, key: str, default: int | None = None, *, least: int | None = 0) -> int:
        """A whole-number field, not negative unless said otherwise."""
        return default if default is not None and not self.has(key) else self.get(key).as_whole(least)

    def whole_or_none(self, key: str) -> int | None:
        """A whole number that is not negative, or None where the field is missing."""
        return self.get(key).as_whole(0) if self.has(key) else None

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
            found = share(one.value)
        except Unusable as problem:
            raise one.bad(problem.chinese.rstrip("。")) from None
        if not 0 <= found <= 1:
            raise one.bad(f"比例应在 0 与 1 之间，现为 {_shown(one.value)}")
        return found

    def choice(self, key: str, kinds: type[Choice], default: Choice | None = None) -> Choice:
        """One of the named words."""
        if default is not None and not self.has(key):
            return default
        one = self.get(key)
        try:
            return kinds(one.value)
        except ValueError:
            raise one.bad(f"{_shown(one.value)} 不在可选范围内：{'、'.join(kinds)}") from None


def distinct(records: list[Record], named: Callable[[Record], str]) -> list[Record]:
    """The records as they are; one whose name was used before is refused with its line."""
    seen: set[str] = set()
    for one in records:
        name = normalize("NFC", named(one))
        if name in seen:
            raise one.bad(f"“{name}”前面已经有了，重名请加以区别")
        seen.add(name)
    return records


def known(file: Record, key: str, names: Sequence[str]) -> tuple[str, ...]:
    """An order of lot: names that are all known, each once. A typing error would change ties unseen."""
    for one in distinct(file.each(key), lambda one: one.as_text()):
        if one.as_text() not in names:
            raise one.bad(f"没有“{one.as_text()}”这个名称，抽签次序里不能有")
    return file.texts(key)


def _shown(value: Any) -> str:
    """A value in a sentence: not longer than one can read."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
