"""A table as offices expect a sheet: title, unit and day, headings repeated on every page, A4 across; all cells words.

The library (25 MiB, half a second) is loaded by the first sheet, not by every web worker.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import HttpResponse

from yishiting.ground.common.masking import public_words

if TYPE_CHECKING:
    from openpyxl.cell import Cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
HEAD_ROWS = 3
A4 = 9  # the number of the paper in the file format


def as_sheet(
    title: str, about: str, headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[object]]
) -> bytes:
    """The file; `widths` in characters, one for each heading. Written row by row, whatever the length.

    A file travels: what reaches a person is hidden in it.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet(title[:31])
    _lay_out(page, widths)
    page.append([_cell(page, title, bold=True, size=16)])
    page.append([_cell(page, about)])
    page.append([_cell(page, heading, bold=True) for heading in headings])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lay_out(page: Any, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    page.freeze_panes = f"A{HEAD_ROWS + 1}"
    page.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for at, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(at)].width = width


def _cell(page: Any, value: object, **font: Any) -> "Cell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made = WriteOnlyCell(page, public_words(NOT_TEXT.sub("", str(value))))
    made.data_type = "s"  # words that begin with = stay words
    if font:
        made.font = Font(**font)
    return made


def sheet_answer(content: bytes, name: str) -> HttpResponse:
    """The answer that saves the file under this name."""
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(public_words(name))}"
    answer["Cache-Control"] = "private, no-store"
    return answer
