"""Score sheets as clerks keep them: one row per judge and project, or a table of totals with a column per judge."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from errno import ENOENT
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

from yishiting.methods.commands.main import BadFile
from yishiting.methods.commands.rows import progress
from yishiting.methods.errors import Unusable
from yishiting.methods.exact import share
from yishiting.methods.numbers import number
from yishiting.methods.score_sheets import Criterion, Sheet
from yishiting.methods.tables import Garbled, decoded, delimiter_of, records

JUDGE, PROJECT, RECUSED = ("评委", "judge"), ("项目", "project"), ("回避", "recused")
NOT_RECUSED = {"", "否", "不", "0", "no", "false"}
TOTAL = Criterion("总分", Fraction(1))

#: 受益人群×0.4/10: a name, a weight after × * or x, full marks after /, in either order and in wide letters too.
_PART = r"(?:[×*xX:：]\s*(?P<weight{0}>[\d.]+\s*%?)|/\s*(?P<full{0}>[\d.]+)|[(（]\s*(?P<share{0}>[\d.]+\s*%)\s*[)）])"
_HEADER = re.compile(rf"^(?P<name>.*?[^\s×*xX:：/(（])\s*(?:{_PART.format(1)}\s*)?(?:{_PART.format(2)})?$")
#: What looks like a figure that was not understood.
_LEFT_OVER = re.compile(r"[×*xX:：/(（\-−]\s*[-−]?\s*[\d.,，]+\s*[%％]?\s*[)）]?$")


class Row(NamedTuple):
    """A line of the file and its cells as text."""

    line: int
    cells: list[str]


def read_sheets(path: str) -> tuple[tuple[Criterion, ...], list[Sheet]]:
    """Criteria and sheets of a CSV or XLSX file; `BadFile` names the line and what is wrong with it."""
    rows = [row for row in _rows(Path(path)) if any(row.cells)]
    if not rows:
        raise BadFile("第 1 行：文件是空的。")
    header = rows[0].cells
    _check_header(header, rows[0].line)
    judge, project = _column(header, JUDGE), _column(header, PROJECT)
    if project is None:
        raise BadFile(f"第 {rows[0].line} 行：表头缺少“项目”一列。")
    body = rows[1:]
    if not body:
        raise BadFile(f"第 {rows[0].line} 行：表头之后没有评分。")
    for row in body:
        _nothing_beyond(header, row)
    return _table(header, project, body) if judge is None else _long(header, judge, project, body)


def _nothing_beyond(header: Sequence[str], row: Row) -> None:
    """A cell without a heading belongs to nothing."""
    if any(row.cells[len(header) :]):
        raise BadFile(f"第 {row.line} 行：表头只有 {len(header)} 列，这一行有 {len(row.cells)} 列。")


def _long(
    header: Sequence[str], judge: int, project: int, rows: Sequence[Row]
) -> tuple[tuple[Criterion, ...], list[Sheet]]:
    recused = _column(header, RECUSED)
    columns = [k for k in range(len(header)) if k not in (judge, project, recused) and header[k]]
    if not columns:
        raise BadFile("第 1 行：表头没有评分标准。")
    criteria = tuple(_criterion(header[k]) for k in columns)
    sheets = []
    for row in rows:
        names = [_named(row, k, header[k]) for k in (judge, project)]
        cells = [_cell(row, k) for k in columns]
        out = (recused is not None and _cell(row, recused).lower() not in NOT_RECUSED) or any(map(_is_recusal, cells))
        numbers = [_number(row, header[k], "" if _is_recusal(_cell(row, k)) else _cell(row, k)) for k in columns]
        sheets.append(Sheet(names[0], names[1], tuple(numbers), recused=out, line=row.line))
    return criteria, sheets


def _table(header: Sequence[str], project: int, rows: Sequence[Row]) -> tuple[tuple[Criterion, ...], list[Sheet]]:
    sheets = []
    for row in rows:
        name = _named(row, project, header[project])
        for k, judge in enumerate(header):
            if k == project or not judge or not (cell := _cell(row, k)):
                continue
            if _is_recusal(cell):
                sheets.append(Sheet(judge, name, recused=True, line=row.line))
            else:
                sheets.append(Sheet(judge, name, (_number(row, judge, cell),), line=row.line))
    return (TOTAL,), sheets


def _is_recusal(cell: str) -> bool:
    return cell.lower() in RECUSED


def _check_header(header: Sequence[str], line: int) -> None:
    named = [name for name in header if name]
    if doubled := [name for name in dict.fromkeys(named) if named.count(name) > 1]:
        raise BadFile(f"第 {line} 行：表头“{doubled[0]}”出现两次。")


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((k for k, name in enumerate(header) if name.lower() in names), None)


def _criterion(header: str) -> Criterion:
    found = _HEADER.match(unicodedata.normalize("NFKC", header).replace("＊", "*"))
    said = {name.rstrip("12"): words for name, words in found.groupdict().items() if words} if found else {}
    if found is None or _LEFT_OVER.search(said["name"]) or ("weight" in said and "share" in said):
        raise BadFile(f"第 1 行：看不懂表头“{header}”里的数，权重和满分请写成“受益人群×0.4/10”。")
    try:
        weight = share((said.get("weight") or said.get("share") or "1").replace(" ", ""))
        return Criterion(said["name"].strip(), weight, share(said["full"]) if "full" in said else None)
    except Unusable as problem:
        raise BadFile(f"第 1 行：表头“{header}”：{problem.chinese}") from None


def _named(row: Row, k: int, header: str) -> str:
    if not (name := _cell(row, k)):
        raise BadFile(f"第 {row.line} 行：“{header}”一栏是空的。")
    return name


def _cell(row: Row, k: int) -> str:
    return row.cells[k] if k < len(row.cells) else ""


def _number(row: Row, header: str, cell: str) -> Fraction | None:
    if not cell:
        return None
    try:
        return number(cell)
    except Unusable:
        raise BadFile(f"第 {row.line} 行：“{header}”一栏应为数字，现为“{cell}”。") from None


def _rows(path: Path) -> Iterator[Row]:
    return _xlsx_rows(path) if path.suffix.lower() in {".xlsx", ".xlsm"} else _csv_rows(path)


def _csv_rows(path: Path) -> Iterator[Row]:
    try:
        text = decoded(path.read_bytes())
        for line, cells in records(text, delimiter_of(text, lambda cell: cell.strip().lower() in {*JUDGE, *PROJECT})):
            yield Row(line, [cell.strip() for cell in cells])
    except Garbled as problem:
        raise BadFile(problem.chinese) from None


def _xlsx_rows(path: Path) -> Iterator[Row]:
    """The first sheet of a workbook; formulas by the value they last had."""
    from openpyxl import load_workbook

    if not path.exists():
        raise FileNotFoundError(ENOENT, "", str(path))
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        book.worksheets[0].reset_dimensions()  # WPS writes a size that is not the file's
    except (BadZipFile, KeyError, ValueError):
        raise BadFile("第 1 行：不是有效的 XLSX 文件。") from None
    try:
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield Row(line, ["" if cell is None else str(cell).strip() for cell in cells])
        for page in book.worksheets[1:]:
            page.reset_dimensions()
            if any(any(cells) for cells in page.iter_rows(values_only=True)):
                progress(f"只读第一张工作表；“{page.title}”里的内容没有读。")
    finally:
        book.close()
