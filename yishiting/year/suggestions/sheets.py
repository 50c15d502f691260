"""Reading the files office people have: CSV in any of the usual encodings, Excel. Writing one back with reasons.

Pure: no Django, no clock. Every page, row and cell of a file is accounted for: it becomes a line, or it is said that
it was not read. Whatever cannot be read raises `Unreadable` with a sentence that says what to do.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yishiting.instruments.documents.rules import page_name
from yishiting.methods.tables import HEADER_WITHIN, Garbled, decoded, delimiter_of, records
from yishiting.year.suggestions import markup, workbooks
from yishiting.year.suggestions.columns import is_heading, names_the_words
from yishiting.year.suggestions.grids import COLUMNS_MOST, DAYS_FROM, ROWS_MOST, Grid, Row, Unreadable, within_limit
from yishiting.year.suggestions.words import NOT_TEXT, one_line

CELL_MOST = 32_767
REASON_COLUMN = "未收原因"
GUIDE = "填写说明"
WRONG_FILES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "这是 PDF，里面没有可以读的表格。请交导出时的 Excel（.xlsx）或 CSV 文件。"),
    (b"\x89PNG", "这是图片。请交 Excel（.xlsx）或 CSV 文件。"),
    (b"\xff\xd8\xff", "这是照片。请交 Excel（.xlsx）或 CSV 文件。"),
    (b"Rar!", "这是压缩包。请先解压，再交里面的 Excel（.xlsx）或 CSV 文件。"),
)
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAVE_AGAIN = "这是旧版 Excel 文件（.xls）。请在 Excel 里另存为“Excel 工作簿（.xlsx）”再交。"
LOCKED = "这个文件加了打开密码，读不了。请在 Excel 里去掉密码，另存为“Excel 工作簿（.xlsx）”再交。"
LONGER = "这一行比表头多出几格，内容里可能有没加引号的分隔符，各列会错位。请用 Excel 打开核对后另存为 .xlsx 再交。"
BROKEN_UP = "这一行不完整，可能是内容里的换行把一行断成了几行。请用 Excel 打开核对后另存为 .xlsx 再交。"
SWALLOWED = "有一格并进了后面的几行，引号没有成对。请用 Excel 打开核对后另存为 .xlsx 再交。"


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of the file: its number as the spreadsheet shows it, and its cells as text.

    `page` is named from the second page on; `fault` says why the row as a whole cannot be trusted.
    """

    number: int
    cells: Mapping[str, str]
    page: str = ""
    days_from: datetime = DAYS_FROM
    fault: str = ""

    @property
    def label(self) -> int | str:
        """What the row is called: its number, on a further page as spreadsheets write it: 2月!5."""
        return f"{self.page}!{self.number}" if self.page else self.number


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the names of its columns, its filled rows, and what is to be said of pages that were not read."""

    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    unread: tuple[str, ...] = ()


def read_sheet(content: bytes) -> Sheet:
    """All tables of a file as one; each line has the columns of its own page."""
    grids = _grids(content)
    tables: list[tuple[tuple[str, ...], list[Line]]] = []
    unread: list[str] = []
    for at, grid in enumerate(grids):
        rows = list(grid.rows)
        begin = _heading(rows)
        if (
            begin is not None
            and grid.name != GUIDE
            and not grid.hidden
            and (names_the_words(_joined(rows, begin)[0]) or len(grids) == 1)
        ):
            tables.append(_table(rows, begin, grid, (grid.name or f"表{at + 1}") if at else ""))
        elif any(map(any, rows)) and grid.name != GUIDE:
            unread.append(_not_read(grid, sum(map(any, rows))))
    if not tables:
        raise Unreadable(_nothing_found(grids))
    lines = tuple(line for _headers, some in tables for line in some)
    if len(lines) > ROWS_MOST:
        raise Unreadable(f"一个文件最多 {ROWS_MOST:,} 行。请分成几个文件来交。")
    return Sheet(tables[0][0], lines, tuple(unread))


def _grids(content: bytes) -> list[Grid]:
    if not content.strip():
        raise Unreadable("文件是空的。请检查是不是选错了文件。")
    for mark, sentence in WRONG_FILES:
        if content.startswith(mark):
            raise Unreadable(sentence)
    if content.startswith(OLD_EXCEL):
        raise Unreadable(LOCKED if ENCRYPTED in content else SAVE_AGAIN)
    if content.startswith(b"PK"):
        return workbooks.pages(content)
    return markup.pages(content) or [_csv(content)]


def _csv(content: bytes) -> Grid:
    try:
        text = decoded(content)
        delimiter = delimiter_of(text, lambda cell: is_heading(one_line(cell)))
        rows = within_limit([] if not any(row) else row for _line, row in records(text, delimiter))
    except Garbled as problem:
        raise Unreadable(problem.chinese) from problem
    return Grid(rows, parted_by=delimiter)


def _heading(rows: Sequence[Row]) -> int | None:
    """Where the headings are: the row that names the words, else the first that names anything."""
    first = list(range(min(HEADER_WITHIN, len(rows))))
    named = [at for at in first if names_the_words(map(one_line, rows[at]))]
    some = [at for at in first if any(is_heading(one_line(cell)) for cell in rows[at])]
    return next(iter(named or some), None)


def _joined(rows: Sequence[Row], begin: int) -> tuple[list[str], int]:
    """The headings, and the row after them; a second line of headings names the columns more closely."""
    headers = [one_line(cell) for cell in rows[begin]]
    end = begin + 1
    while end < len(rows) and end < begin + HEADER_WITHIN and _more_headings(rows[end], headers):
        below = [one_line(cell) for cell in rows[end]]
        width = max(len(headers), len(below))
        headers = [lower or upper for lower, upper in zip(_to(below, width), _to(headers, width), strict=True)]
        end += 1
    return headers, end


def _more_headings(row: Row, names: Sequence[str]) -> bool:
    """Whether a row names columns again or more closely: it names the words and most of the others, or nothing else."""
    filled = [cell for cell in map(one_line, row) if cell]
    known = sum(is_heading(cell) or cell in names for cell in filled)
    return known * 2 >= len(filled) if names_the_words(filled) else known == len(filled) > 1


def _to(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _table(rows: Sequence[Row], begin: int, grid: Grid, page: str) -> tuple[tuple[str, ...], list[Line]]:
    headers, end = _joined(rows, begin)
    names = first = _named(headers, page)
    faults = _broken_up(rows, end, len(names)) if grid.parted_by else {}
    lines = []
    for number, row in enumerate(rows[end:], start=end + 1):
        if not any(cell.strip() for cell in row[:COLUMNS_MOST]):
            continue
        if names_the_words(map(one_line, row)) and _more_headings(
            row, names
        ):  # the table goes on under headings of its own
            names = _named([one_line(cell) for cell in row], page)
        cells = {_name(names, at): cell for at, cell in enumerate(_filled(row, len(names)))}
        fault = faults.get(number) or _fault(row, len(names), grid.parted_by)
        lines.append(Line(number, cells, page, grid.days_from, fault))
    return first, lines


def _filled(row: Row, width: int) -> list[str]:
    """As many cells as there are columns, and what stands further to the right."""
    last = max([at for at, cell in enumerate(row[:COLUMNS_MOST], start=1) if cell.strip()], default=0)
    return _to(list(row[: max(width, last)]), width)


def _name(names: Sequence[str], at: int) -> str:
    return names[at] if at < len(names) else f"第{at + 1}列"


def _named(headers: Sequence[str], page: str) -> tuple[str, ...]:
    """Every column has a name of its own; one without a heading is called by its place."""
    last = max(at for at, name in enumerate(headers) if name)
    named = [name or f"第{at}列" for at, name in enumerate(headers[: last + 1], start=1)]
    twice = {name for name in named if named.count(name) > 1}
    if known := sorted(filter(is_heading, twice)):
        where = f"工作表“{page}”里" if page else ""
        raise Unreadable(f"{where}有两列都叫“{known[0]}”，不知道该读哪一列。请改名或删去一列后再交。")
    return tuple(f"{name}（第{at}列）" if name in twice else name for at, name in enumerate(named, start=1))


def _fault(row: Row, width: int, parted_by: str) -> str:
    if not parted_by:
        return ""
    if any(cell.strip() for cell in row[width:]):
        return LONGER
    few = 3  # with fewer columns a comma in somebody's words would look like a row
    swallowed = any("\n" in cell and cell.count(parted_by) == cell.count("\n") * (width - 1) for cell in row)
    return SWALLOWED if width > few and swallowed else ""


def _broken_up(rows: Sequence[Row], begin: int, width: int) -> dict[int, str]:
    """Rows that are one row torn apart by ends of lines: short ones whose cells together make a whole row."""
    whole = sum(len(row) >= width for row in rows[begin:])
    if whole * 2 < sum(map(any, rows[begin:])):
        return {}  # rows of this file end early as a habit
    found: dict[int, str] = {}
    at = begin
    while at < len(rows):
        end, cells = at, 1
        while end < len(rows) and len(rows[end]) < width and cells < width:
            cells += max(len(rows[end]), 1) - 1
            end += 1
        if cells == width and end > at + 1:
            found |= dict.fromkeys(range(at + 1, end + 1), BROKEN_UP)
        at = max(end, at + 1)
    return found


def _not_read(grid: Grid, rows: int) -> str:
    page = f"工作表“{grid.name}”有 {rows} 行"
    if grid.hidden:
        return f"{page}，是隐藏的，没有读。要收请在 Excel 里取消隐藏后再交。"
    return f"{page}，没有“建议内容”一列，没有读。要收请补上列名后再交。"


def _nothing_found(grids: Sequence[Grid]) -> str:
    cells = [
        one_line(cell) for grid in grids if not grid.hidden for row in list(grid.rows)[:HEADER_WITHIN] for cell in row
    ]
    seen = "、".join([cell[:30] for cell in cells if cell][:6])
    return f"没有找到写着建议内容的列。第一行应有“建议内容”（或“留言详情”“主要内容”等）；文件里看到的是：{seen or '空行'}。"


def write_back(sheet: Sheet, reasons: Mapping[int | str, str]) -> bytes:
    """The same table as .xlsx, with a column that says why a row was not taken in; such rows are marked."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    pages: dict[str, list[Line]] = {"": []} if not sheet.lines else {}
    for line in sheet.lines:
        pages.setdefault(line.page, []).append(line)
    for page, lines in pages.items():
        names = dict.fromkeys([*(() if page else sheet.headers), *(name for line in lines for name in line.cells)])
        _write_page(
            book.create_sheet(page_name(page, "建议")),
            [name for name in names if name != REASON_COLUMN],
            lines,
            reasons,
        )
    return _saved(book)


def _write_page(page: Any, headers: Sequence[str], lines: Sequence[Line], reasons: Mapping[int | str, str]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    page.freeze_panes = "A2"
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
    for line in lines:
        reason = reasons.get(line.label, "")
        fill = marked if reason else None
        page.append([cell(line.cells.get(name, ""), fill=fill) for name in headers] + [cell(reason, fill=fill)])


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
    guide = book.create_sheet(GUIDE)
    for name, note in zip(headers, notes, strict=True):
        guide.append([name, note])
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 16, 70
    return _saved(book)


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
