"""Reading the files office people have: CSV in any of the usual encodings, Excel. Writing one back with reasons.

Pure: no Django, no clock. Whatever cannot be read raises `Unreadable` with a sentence that says what to do.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from yishiting.year.suggestions.words import NOT_TEXT, one_line

ROWS_MOST = 50_000
UNPACKED_MOST = 400_000_000
CELL_MOST = 32_767
#: Whatever stands further to the right was put there by a slip of the hand.
COLUMNS_MOST = 256
#: What reading a file that is no sound workbook ends in, wherever it breaks.
BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, OSError, RuntimeError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError,
)  # fmt: skip
HEADER_WITHIN = 10
#: More than one zero byte in so many characters, and it is no text.
BINARY_SHARE = 1000
DELIMITERS = (",", "\t", ";", "，")
ENCODINGS = ("utf-8-sig", "gb18030")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
REASON_COLUMN = "未收原因"
WRONG_FILES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "这是旧版 Excel 文件（.xls）。请在 Excel 里另存为“Excel 工作簿（.xlsx）”再交。"),
    (b"%PDF", "这是 PDF，里面没有可以读的表格。请交导出时的 Excel（.xlsx）或 CSV 文件。"),
    (b"\x89PNG", "这是图片。请交 Excel（.xlsx）或 CSV 文件。"),
    (b"\xff\xd8\xff", "这是照片。请交 Excel（.xlsx）或 CSV 文件。"),
)


class Unreadable(ValueError):
    """The file as a whole cannot be taken; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of the file: its number as the spreadsheet shows it, and its cells as text."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the names of its columns and its filled rows."""

    headers: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(content: bytes, is_heading: Callable[[str], bool]) -> Sheet:
    """The table in a file. `is_heading` tells the row of headings from titles above it."""
    if not content.strip():
        raise Unreadable("文件是空的。请检查是不是选错了文件。")
    for mark, sentence in WRONG_FILES:
        if content.startswith(mark):
            raise Unreadable(sentence)
    rows = _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content, is_heading)
    return _table(rows, is_heading)


def _table(rows: Iterable[Sequence[str]], is_heading: Callable[[str], bool]) -> Sheet:
    numbered = enumerate(rows, start=1)
    above: list[str] = []
    for number, row in numbered:
        headers = tuple(one_line(cell) for cell in row)
        if any(map(is_heading, headers)):
            names = _named(headers)
            return Sheet(names, tuple(_lines(numbered, names)))
        above += [cell for cell in headers if cell]
        if number >= HEADER_WITHIN:
            break
    seen = "、".join(above[:6])
    raise Unreadable(
        f"没有找到写着建议内容的列。第一行应有“建议内容”（或“留言详情”“主要内容”等）；文件里看到的是：{seen or '空行'}。"
    )


def _named(headers: Sequence[str]) -> tuple[str, ...]:
    """Every column has a name of its own; one without a heading is called by its place."""
    last = max(at for at, name in enumerate(headers) if name)
    named = [name or f"第{at}列" for at, name in enumerate(headers[: last + 1], start=1)]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise Unreadable(f"有两列都叫“{twice[0]}”，不知道该读哪一列。请改名或删去一列后再交。")
    return tuple(named)


def _lines(numbered: Iterator[tuple[int, Sequence[str]]], names: Sequence[str]) -> Iterator[Line]:
    taken = 0
    for number, row in numbered:
        if not row:
            continue
        cells = {name: row[at] if at < len(row) else "" for at, name in enumerate(names)}
        if not any(cell.strip() for cell in cells.values()):
            continue
        taken += 1
        if taken > ROWS_MOST:
            raise Unreadable(f"一个文件最多 {ROWS_MOST:,} 行。请分成几个文件来交。")
        yield Line(number, cells)


#: A cell of so many characters is a quotation mark that was never closed, not a message.
LONGEST_CELL = 120_000
OPEN_QUOTE = "CSV 文件的格式不对，可能有一格的引号没有闭合。请用 Excel 打开检查后另存再交。"


def _csv_rows(content: bytes, is_heading: Callable[[str], bool]) -> Iterator[list[str]]:
    text = _decoded(content)

    def rows(delimiter: str) -> Iterator[list[str]]:
        return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def knows(delimiter: str) -> bool:
        return any(is_heading(one_line(cell)) for row in islice(rows(delimiter), HEADER_WITHIN) for cell in row)

    try:
        for row in rows(next(filter(knows, DELIMITERS), ",")):
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise Unreadable(OPEN_QUOTE)
            yield row
    except csv.Error as problem:
        raise Unreadable(OPEN_QUOTE) from problem


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(UTF16_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\x00") * BINARY_SHARE <= len(text):
            return text
    raise Unreadable("文件的编码不对，读出来是乱码。请用 Excel 打开，另存为 .xlsx 或“CSV UTF-8”再交。")


def _xlsx_rows(content: bytes) -> Iterator[Sequence[str]]:
    try:
        yield from _read_lazily(content)
    except Unreadable:
        raise
    except BROKEN as problem:
        raise Unreadable("文件打不开，可能不是 Excel 文件或者没有传完整。请用 Excel 打开检查后另存再交。") from problem


def _read_lazily(content: bytes) -> Iterator[Sequence[str]]:
    """The rows of the first sheet; what lies far off at the right, or behind a million empty rows, costs nothing."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED_MOST:
            raise Unreadable("文件太大，打开后放不下。请分成几个文件来交。")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    if not book.worksheets:
        raise Unreadable("这个 Excel 文件里没有工作表。")
    sheet = book.worksheets[0]
    gap: object = None
    for row in sheet.iter_rows(values_only=True, max_col=min(sheet.max_column or COLUMNS_MOST, COLUMNS_MOST)):
        if row is gap or not any(row):
            gap = row  # for rows that are not in the file the same one is given again and again
            yield ()
        else:
            yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def write_back(sheet: Sheet, reasons: Mapping[int, str]) -> bytes:
    """The same table as .xlsx, with a column that says why a row was not taken in; such rows are marked."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    book = Workbook(write_only=True)
    page = book.create_sheet("建议")
    page.freeze_panes = "A2"
    headers = [name for name in sheet.headers if name != REASON_COLUMN]
    bold, marked = Font(bold=True), PatternFill("solid", fgColor="F6E9E6")

    def cell(text: str, font: Font | None = None, fill: PatternFill | None = None) -> Any:
        made = WriteOnlyCell(page, value=NOT_TEXT.sub("", text)[:CELL_MOST])
        made.data_type = "s"  # a text that begins with = must not become a formula
        if font:
            made.font = font
        if fill:
            made.fill = fill
        return made

    page.append([cell(name, bold) for name in [*headers, REASON_COLUMN]])
    for line in sheet.lines:
        reason = reasons.get(line.number, "")
        fill = marked if reason else None
        page.append([cell(line.cells.get(name, ""), fill=fill) for name in headers] + [cell(reason, fill=fill)])
    return _saved(book)


def write_template(headers: Sequence[str], notes: Sequence[str]) -> bytes:
    """An empty table to fill in: the headings, and on a second sheet what each column is for."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.worksheets[0]
    page.title = "建议"
    page.append(list(headers))
    page.freeze_panes = "A2"
    for at, cell in enumerate(page[1], start=1):
        cell.font = Font(bold=True)
        page.column_dimensions[get_column_letter(at)].width = 18
    guide = book.create_sheet("填写说明")
    for name, note in zip(headers, notes, strict=True):
        guide.append([name, note])
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 16, 70
    return _saved(book)


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
