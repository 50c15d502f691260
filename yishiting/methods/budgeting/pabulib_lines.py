"""The lines of a `.pb` file: decoding, quotes, sections, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from yishiting.methods.errors import Unusable
from yishiting.methods.numbers import number

SECTIONS = ("META", "PROJECTS", "VOTES")
#: A quoted cell may run over several lines; past this many an unclosed quote is only a character.
LONGEST_CELL = 60
#: A decimal number of a size money can have; longer ones could keep a reader busy for hours.
#: A quoted cell; one whose quote is not closed yet; a cell that runs to the next semicolon.
CLOSED = re.compile(r'"((?:[^"]|"")*)"[ \t]*(?=;|\Z)')
OPEN = re.compile(r'"(?:[^"]|"")*\Z')
BARE = re.compile(r"[^;\n]*(?=;|\Z)")


class BadLine(Unusable):
    """A line of the file cannot be read; `line` counts from 1."""

    def __init__(self, line: int, chinese: str) -> None:
        super().__init__(f"第 {line} 行：{chinese}", f"line {line}: {chinese}")
        self.line = line


class Row(NamedTuple):
    """One record: the line it begins on and its cells."""

    line: int
    cells: list[str]


@dataclass(slots=True)
class Sections:
    """The three parts of a file; the votes are read as they are asked for."""

    meta: list[Row]
    projects: list[Row]
    votes_header: list[str]
    votes: Iterator[Row]
    last_line: int


def decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and a remark where it is not UTF-8 (Excel writes GBK or UTF-16)."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace"), ("文件编码为 UTF-16",)
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030"), ("文件编码不是 UTF-8，按 GB 18030 读",)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), ("文件编码不是 UTF-8，按西文编码读，名称可能有误",)


def sections(text: str) -> Sections:
    """META, PROJECTS and VOTES of a file. Raises `BadLine` where a part is missing."""
    every = re.split(r"\r\n|\n|\r", text)
    starts = {name: _start(every, name) for name in SECTIONS}
    missing = next((name for name in SECTIONS if starts[name] is None), None)
    if missing:
        raise BadLine(len(every), f"文件没有 {missing} 部分")
    bounds = sorted(start for start in starts.values() if start is not None)
    ends = dict(zip(bounds, [*bounds[1:], len(every)], strict=True))

    def rows(name: str) -> Iterator[Row]:
        start = starts[name] or 0
        return records(every, start + 1, ends[start])

    votes = rows("VOTES")
    header = next(votes, Row(0, []))
    return Sections(
        list(rows("META")), list(rows("PROJECTS")), [c.strip().lower() for c in header.cells], votes, len(every)
    )


def records(every: list[str], start: int, end: int) -> Iterator[Row]:
    """The records between two lines, blank ones left out."""
    at = start
    while at < end:
        line = every[at]
        if '"' in line:
            cells, used = quoted(every, at, end)
            yield Row(at + 1, cells)
            at += used
            continue
        if line.strip(" ;\t\ufeff"):
            yield Row(at + 1, line.split(";"))
        at += 1


def quoted(every: list[str], at: int, end: int) -> tuple[list[str], int]:
    """The cells of a record with quotes and the number of lines it takes.

    A quote opens a cell only at its beginning and closes it only before a semicolon or the end of a line; one that is
    never closed within reason is taken literally, so one stray quote cannot swallow the file.
    """
    joined = every[at]
    for used in range(1, min(LONGEST_CELL, end - at) + 1):
        if (cells := _cells(joined)) is not None:
            return cells, used
        if at + used < end:
            joined += "\n" + every[at + used]
    return every[at].split(";"), 1


def _cells(text: str) -> list[str] | None:
    """The cells of a text, or None where a quoted cell is still open."""
    cells: list[str] = []
    at = 0
    while at <= len(text):
        if closed := CLOSED.match(text, at):
            cells.append(closed[1].replace('""', '"'))
        else:
            closed = None if OPEN.match(text, at) else BARE.match(text, at)
            if closed is None:
                return None
            cells.append(closed[0])
        at = closed.end() + 1
    return cells


def aligned(row: Row, header: list[str]) -> list[str]:
    """The cells beside their heading; missing ones at the end are empty, a stray semicolon in the name is healed."""
    cells = row.cells
    extra = len(cells) - len(header)
    if extra > 0 and any(cell.strip() for cell in cells[len(header) :]) and "name" in header:
        at = header.index("name")
        cells = [*cells[:at], ";".join(cells[at : at + extra + 1]), *cells[at + extra + 1 :]]
    return [*cells, *[""] * (len(header) - len(cells))]


def amount(text: str, line: int, what: str, *, negative: bool = False) -> Fraction:
    """A number as people write it: 1200, 1200.50, "1200,50", "1 200 000". `BadLine` where it is none, or below zero."""
    try:
        read = number(text)
    except Unusable as problem:
        said = f"{what} {problem.chinese}" if "逗号" in problem.chinese else f"{what} 不是数：“{text.strip()[:40]}”"
        raise BadLine(line, said) from None
    if read < 0 and not negative:
        raise BadLine(line, f"{what} 是负数：“{text.strip()}”")
    return read


def _start(every: list[str], name: str) -> int | None:
    """The line of a section's title: the word alone, whatever its case and trailing semicolons."""
    for at, line in enumerate(every):
        if len(line) < LONGEST_CELL and line.strip('\ufeff \t;,"').upper() == name:
            return at
    return None
