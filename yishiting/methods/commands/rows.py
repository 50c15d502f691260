"""Read a table of messages and say exactly where it is broken."""

import sys
from collections.abc import Iterator
from pathlib import Path

from yishiting.methods.commands.main import BadFile
from yishiting.methods.tables import Garbled, decoded, delimiter_of, records


def read_rows(path: str, columns: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of a CSV file in UTF-8 or GB18030 with the columns named; BadFile says what is wrong where."""
    text = _text(Path(path))
    rows = records(text, delimiter_of(text, lambda cell: cell.strip() in columns))
    try:
        _, first = next(rows, (1, []))
        header = [name.strip() for name in first]
        _check(header, columns)
        for line, cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise BadFile(f"第 {line} 行：应有 {len(header)} 列，实有 {len(cells)} 列")
            yield line, dict(zip(header, cells, strict=True))
    except Garbled as problem:
        raise BadFile(problem.chinese) from problem


def _check(header: list[str], columns: list[str]) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise BadFile(f"第 1 行：没有列“{'”“'.join(missing)}”，文件里有：{'、'.join(header) or '（空）'}")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise BadFile(f"第 1 行：列名重复：{'、'.join(twice)}")


def _text(path: Path) -> str:
    try:
        text = decoded(path.read_bytes())
    except Garbled as problem:
        raise BadFile(problem.chinese) from problem
    if "\0" in text:
        raise BadFile(f"第 {text.count(chr(10), 0, text.index(chr(0))) + 1} 行：有空字符，文件可能不是 CSV")
    return text


def progress(sentence: str) -> None:
    """Say on stderr what is being done."""
    print(sentence, file=sys.stderr, flush=True)
