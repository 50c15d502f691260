"""A table as offices expect a sheet: title, unit and day, headings repeated on every page, A4 across; all cells words."""

import io
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
HEAD_ROWS = 3
A4 = 9  # the number of the paper in the file format


def as_sheet(
    title: str, about: str, headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[object]]
) -> bytes:
    """The file; `widths` in characters, one for each heading. Written row by row, whatever the length."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title[:31])
    page.freeze_panes = f"A{HEAD_ROWS + 1}"
    page.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for at, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(at)].width = width

    def cell(value: object, font: Font | None = None) -> Cell:
        made = WriteOnlyCell(page, NOT_TEXT.sub("", str(value)))
        made.data_type = "s"  # words that begin with = stay words
        if font is not None:
            made.font = font
        return made

    page.append([cell(title, Font(bold=True, size=16))])
    page.append([cell(about)])
    page.append([cell(heading, Font(bold=True)) for heading in headings])
    for row in rows:
        page.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_answer(content: bytes, name: str) -> HttpResponse:
    """The answer that saves the file under this name."""
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name)}"
    answer["Cache-Control"] = "private, no-store"
    return answer
