"""Read a table of messages and say exactly where it is broken."""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from yishiting.methods.commands.main import BadFile

#: A message of a megabyte is a broken quotation mark, not a message.
LONGEST = 1_000_000


def read_rows(path: str, columns: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of a CSV file in UTF-8 or GB18030 with the columns named; BadFile says what is wrong where."""
    usual = csv.field_size_limit(LONGEST)  # of the whole process, so it is put back
    reader = csv.reader(_lines(Path(path)))
    try:
        header = [name.strip() for name in next(reader, [])]
        _check(header, columns)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise BadFile(f"第 {reader.line_num} 行：应有 {len(header)} 列，实有 {len(cells)} 列")
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as problem:
        raise BadFile(f"第 {reader.line_num} 行：不是完整的 CSV（{problem}）") from problem
    finally:
        csv.field_size_limit(usual)


def _check(header: list[str], columns: list[str]) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise BadFile(f"第 1 行：没有列“{'”“'.join(missing)}”，文件里有：{'、'.join(header) or '（空）'}")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise BadFile(f"第 1 行：列名重复：{'、'.join(twice)}")


def _lines(path: Path) -> io.StringIO:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as utf8:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            line = raw.count(b"\n", 0, utf8.start) + 1
            raise BadFile(f"第 {line} 行：既不是 UTF-8 也不是 GB18030 编码") from utf8
    if "\0" in text:
        raise BadFile(f"第 {text.count(chr(10), 0, text.index(chr(0))) + 1} 行：有空字符，文件可能不是 CSV")
    return io.StringIO(text, newline="")


def progress(sentence: str) -> None:
    """Say on stderr what is being done."""
    print(sentence, file=sys.stderr, flush=True)
