"""Workbooks (.xlsx) as they come: every page, whatever the file says of its own size; merged cells; what Excel has lost.

Formulas are read by the value they last had; one that was never computed is said to be so and not left empty.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from yishiting.year.suggestions.grids import (
    BROKEN,
    COLUMNS_MOST,
    DAYS_FROM,
    UNPACKED_MOST,
    Grid,
    Merge,
    Row,
    Unreadable,
    filled_down,
    within_limit,
)

#: What reading a file that is no sound workbook ends in, wherever it breaks.
BREAKS = (
    zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, OSError, RuntimeError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError,
)  # fmt: skip
#: Spreadsheets keep so many digits of a number; the others became zeros.
DIGITS_KEPT = 15
NOT_COMPUTED = "#公式没有算出结果"
PIECE = 1 << 20
#: No element that is looked for is longer.
OVERLAP = 1 << 14
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
OTHER_PACKAGES = {
    "mimetype": "这不是 Excel 工作簿（可能是 .ods）。请在表格软件里另存为“Excel 工作簿（.xlsx）”再交。",
    "word/document.xml": "这是 Word 文件。请把表格粘贴到 Excel 里，另存为“Excel 工作簿（.xlsx）”再交。",
    "xl/workbook.bin": "这是二进制的 Excel 文件（.xlsb）。请在 Excel 里另存为“Excel 工作簿（.xlsx）”再交。",
}


def pages(content: bytes) -> list[Grid]:
    """Every page of a workbook, hidden ones marked. Unreadable when it cannot be opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not know of a file's looks is nothing to us
            return _pages(content)
    except Unreadable:
        raise
    except BREAKS as problem:
        raise Unreadable(BROKEN) from problem


def _pages(content: bytes) -> list[Grid]:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import MAC_EPOCH

    _look_inside(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    if not book.worksheets:
        raise Unreadable("这个 Excel 文件里没有工作表。")
    counted = MAC_EPOCH if book.epoch == MAC_EPOCH else DAYS_FROM
    return [
        Grid(_rows(sheet), sheet.title, hidden=sheet.sheet_state != "visible", days_from=counted)
        for sheet in book.worksheets
    ]


def _look_inside(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = set(packed.namelist())
        if sum(part.file_size for part in packed.infolist()) > UNPACKED_MOST:
            raise Unreadable("文件太大，打开后放不下。请分成几个文件来交。")
    for name, sentence in OTHER_PACKAGES.items():
        if name in names:
            raise Unreadable(sentence)


def _rows(sheet: Any) -> list[Row]:
    """All rows; what lies far off at the right, or behind a million empty rows, costs nothing."""
    merges, uncomputed = _marks(sheet)
    return within_limit(filled_down(_cells(sheet, uncomputed), merges))


def _cells(sheet: Any, uncomputed: dict[int, list[int]]) -> Iterator[Row]:
    sheet.reset_dimensions()  # WPS and others write a size that is not the file's
    gap: object = None
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=COLUMNS_MOST), start=1):
        if row is gap or not (any(row) or number in uncomputed or 0 in row):
            gap = row  # for rows that are not in the file the same one is given again and again
            yield ()
        else:
            yield _texts(row, uncomputed.get(number, ()))


def _texts(row: Any, uncomputed: Any) -> Row:
    last = len(row)
    while last and row[last - 1] is None:
        last -= 1
    texts = [_text(value) for value in row[: max([last, *uncomputed])]]
    for column in uncomputed:
        texts[column - 1] = texts[column - 1] or NOT_COMPUTED
    return texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return _number(value) if isinstance(value, int | float) else str(value)


def _number(value: float) -> str:
    """As people see it; where digits were lost, in the form that shows it: 1.10105E+17."""
    if isinstance(value, int) or value.is_integer():
        digits = str(int(value))
        if len(digits) <= DIGITS_KEPT or (isinstance(value, int) and digits[DIGITS_KEPT:].strip("0")):
            return digits
        return f"{value:.5E}"
    return f"{value:.{DIGITS_KEPT}g}"


def _marks(sheet: Any) -> tuple[list[Merge], dict[int, list[int]]]:
    """Cells merged downwards, and by row the columns of formulas that have no value."""
    from openpyxl.utils import column_index_from_string

    merges: set[Merge] = set()
    uncomputed: dict[int, list[int]] = {}
    for piece in _pieces(sheet):
        for column, top, bottom in MERGED.findall(piece):
            if top != bottom:
                merges.add(Merge(int(top), int(bottom), column_index_from_string(column.decode())))
        for column, row in UNCOMPUTED.findall(piece):
            at = column_index_from_string(column.decode())
            if at <= COLUMNS_MOST and at not in uncomputed.setdefault(int(row), []):
                uncomputed[int(row)].append(at)
    return [merge for merge in merges if merge.column <= COLUMNS_MOST], uncomputed


def _pieces(sheet: Any) -> Iterator[bytes]:
    """The page as it is packed, in overlapping pieces, so that nothing is cut in half."""
    kept = b""
    with sheet._get_source() as source:
        while fresh := source.read(PIECE):
            yield kept + fresh
            kept = (kept + fresh)[-OVERLAP:]
