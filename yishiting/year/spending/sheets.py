"""Tables of money as offices send them (.xlsx): the rows under the headings that are wanted, and the sum they state."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yishiting.ground.common.money import amount
from yishiting.ground.common.reading import NotAnAmount, PartOfAFen, plain, read_money
from yishiting.year.suggestions import workbooks
from yishiting.year.suggestions.grids import Grid, Row, Unreadable

TOTAL = ("合计", "总计", "小计")
AMOUNT = "金额（元）"
RESULT = "办理结果"
MOST_ROWS = 2000
NOT_EXCEL = "这不是 Excel 工作簿。请在 Excel 里另存为“Excel 工作簿（.xlsx）”再交。"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its number as Excel shows it, and its cells by heading."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings, the rows, and what the file itself says they come to, if it does."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    total: str = ""


def read_table(content: bytes, wanted: Sequence[str]) -> Table:
    """The first page that has these headings. Raises Unreadable with the sentence what to do."""
    if not content.startswith(b"PK"):
        raise Unreadable(NOT_EXCEL)
    for grid in workbooks.pages(content):
        if not grid.hidden and (found := _table(grid, wanted)) is not None:
            return found
    raise Unreadable(f"没有找到表头。表格里要有这几列：{'、'.join(wanted)}。")


def _table(grid: Grid, wanted: Sequence[str]) -> Table | None:
    rows = list(grid.rows)
    names = {_key(one) for one in wanted}
    begin = next((n for n, row in enumerate(rows) if names <= {_key(cell) for cell in row}), None)
    if begin is None:
        return None
    known = {_key(one): one for one in wanted}
    headings = [known.get(_key(cell), cell.strip()) for cell in rows[begin]]
    lines, total = list[Line](), ""
    for n, row in enumerate(rows[begin + 1 :], start=begin + 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = _cells(headings, row)
        if any(cell.strip() in TOTAL for cell in row):
            total = cells.get(AMOUNT, "")
        else:
            lines.append(Line(n, cells))
    if len(lines) > MOST_ROWS:
        raise Unreadable(f"一个文件最多{MOST_ROWS}行。请分成几个文件来交。")
    return Table(tuple(headings), tuple(lines), total)


def _key(cell: str) -> str:
    return plain(cell).replace(" ", "").replace("（", "(").replace("）", ")")


def _cells(headings: Sequence[str], row: Row) -> dict[str, str]:
    return {name: (row[n].strip() if n < len(row) else "") for n, name in enumerate(headings) if name}


def fen_of(text: str) -> int:
    """The amount of a cell. Raises Unreadable with the sentence what is wrong."""
    try:
        fen = read_money(text)
    except NotAnAmount:
        raise Unreadable(f"“{text}”看不出是多少钱。") from None
    except PartOfAFen:
        raise Unreadable(f"“{text}”多于两位小数，最多写到分。") from None
    if fen <= 0:
        raise Unreadable("金额要大于0。")
    return fen


def off_by(table: Table, together: int) -> str:
    """The sentence where the rows do not come to what the file says; empty where they do, or it says nothing."""
    if not table.total:
        return ""
    stated = fen_of(table.total)
    if stated == together:
        return ""
    return f"各行加起来是{amount(together)}，合计写的是{amount(stated)}，相差{amount(abs(stated - together))}。请核对后再交。"


def with_results(headings: Sequence[str], lines: Sequence[Mapping[str, object]]) -> bytes:
    """The same table as .xlsx, with a column that says what became of each row."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    page = book.create_sheet("办理结果")
    page.append([*headings, RESULT])
    for line in lines:
        cells: object = line["cells"]
        words = [str(cells.get(name, "")) if isinstance(cells, Mapping) else "" for name in headings]
        row = [WriteOnlyCell(page, value=word) for word in (*words, str(line["says"]))]
        for one in row:
            one.data_type = "s"  # a text that begins with = must not become a formula
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
