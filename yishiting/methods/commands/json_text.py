"""JSON as text: read strictly, and the line on which each value begins."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from yishiting.methods.commands.main import BadFile

Step = str | int
_BLANK = re.compile(r"[ \t\n\r]*")
#: A text that names a field, another text, or a bracket.
TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}\[\]]')
#: Half of a character written as two.
HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}|[\ud800-\udfff]")
#: No count of people or money has more digits; no file is nested deeper.
MOST_DIGITS, DEEP = 30, 500


def text_of(raw: bytes) -> str:
    """A file as text; the line where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise BadFile(f"第 {line} 行：不是 UTF-8 文字。") from None


def parsed(text: str) -> Any:
    """The value a JSON text holds. Refused with the line: no JSON, a field twice, numbers nobody means."""
    try:
        value = json.loads(text, parse_int=_whole_number, parse_float=_Decimal, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as problem:
        raise BadFile(f"第 {problem.lineno} 行第 {problem.colno} 列：不是有效的 JSON（{problem.msg}）。") from None
    except _Odd as odd:
        raise BadFile(f"第 {_line_at(text, text.find(odd.written))} 行：{odd.why}。") from None
    except RecursionError:
        raise BadFile(f"第 {_deepest_line(text)} 行：括号一层套一层，太深了。") from None
    except UnicodeEncodeError:
        found = HALF_PAIR.search(text)
        raise BadFile(f"第 {_line_at(text, found.start() if found else 0)} 行：有不成字的编码。") from None
    for place, name in _fields_written_twice(text):
        raise BadFile(f"第 {_line_at(text, place)} 行：字段“{name}”在同一处出现两次。")
    return value


class _Odd(Exception):
    """A value JSON allows and nobody means."""

    def __init__(self, written: str, why: str) -> None:
        super().__init__(why)
        self.written = written
        self.why = why


class _Decimal(float):
    """A decimal that remembers how it was written: 0.1 is a tenth."""

    def __new__(cls, written: str) -> "_Decimal":
        made = super().__new__(cls, written)
        made.written = written
        return made

    written: str

    def __str__(self) -> str:
        return self.written


def _whole_number(written: str) -> int:
    if len(written) > MOST_DIGITS:
        raise _Odd(written, f"{written[:20]}… 有 {len(written)} 位，太长了")
    return int(written)


def _no_constant(written: str) -> None:
    raise _Odd(written, f"{written} 不是数")


def _fields_written_twice(text: str) -> Iterator[tuple[int, str]]:
    """Where the second of two fields of one name in one object stands; the text is known to be JSON."""
    open_: list[set[str] | None] = []
    for token in TOKEN.finditer(text):
        if token[0] in "{[":
            open_.append(set() if token[0] == "{" else None)
        elif token[0] in "}]":
            open_.pop()
        elif token[1] and open_ and (seen := open_[-1]) is not None:
            name = json.loads(token[1])
            if name in seen:
                yield token.start(), name
            seen.add(name)


def _deepest_line(text: str) -> int:
    """The line of the first bracket that is one too many."""
    depth = 0
    for token in TOKEN.finditer(text):
        depth += (token[0] in "{[") - (token[0] in "}]")
        if depth > DEEP:
            return _line_at(text, token.start())
    return 1


def _line_at(text: str, place: int) -> int:
    return text.count("\n", 0, max(place, 0)) + 1


def line_of(text: str, path: Sequence[Step]) -> int:
    """The line on which the value at `path` begins."""
    decoder = json.JSONDecoder()
    here = _skip(text, 0)
    for step in path:
        here = _into(decoder, text, here, step)
    return _line_at(text, here)


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
