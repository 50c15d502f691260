"""A table as offices expect a sheet: title, lines about it, headings repeated on every page, A4 across.

Written row by row, whatever the length. Days and numbers stay what they are, so that they can be sorted and added up;
texts stay texts: nothing is taken for a formula, now or when somebody edits the cell.
"""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from yishiting.instruments.documents.rules import page_name

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
A4 = 9  # the number of the paper in the file format
LONGEST_CELL = 32_767


def as_sheet(
    title: str,
    about: str | Sequence[str],
    headings: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[object]],
    *,
    formats: Sequence[str] = (),
) -> bytes:
    """The file. `widths` in characters, one for each heading; `formats` say how Excel shows what is no text."""
    lines = (about,) if isinstance(about, str) else about
    paper = _Paper(title, widths, head=len(lines) + 2)
    paper.line(title, size=16)
    for line in lines:
        paper.line(line)
    paper.page.append([paper.words(heading, bold=True) for heading in headings])
    for row in rows:
        shown = formats or [""] * len(row)
        paper.page.append([paper.cell(value, how) for value, how in zip(row, shown, strict=True)])
    out, book = io.BytesIO(), paper.book
    book.save(out)
    return out.getvalue()


class _Paper:
    """One page of a workbook; the library is heavy and is loaded when the first sheet is asked for."""

    def __init__(self, title: str, widths: Sequence[int], head: int) -> None:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        self.book = Workbook(write_only=True)
        self.page: Any = self.book.create_sheet(page_name(title))
        self.page.freeze_panes = f"A{head + 1}"
        self.page.print_title_rows = f"{head}:{head}"
        self.page.page_setup.orientation, self.page.page_setup.paperSize = "landscape", A4
        self.page.page_setup.fitToHeight = 0
        self.page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for at, width in enumerate(widths, start=1):
            self.page.column_dimensions[get_column_letter(at)].width = width
        self.top = Alignment(wrap_text=True, vertical="top")

    def line(self, words: str, *, size: int = 11) -> None:
        """A row of its own above the table."""
        self.page.append([self.words(words, bold=size > 11, size=size)])  # noqa: PLR2004 - the usual size

    def words(self, text: object, *, bold: bool = False, size: int = 11) -> Any:
        """A cell of words."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        made = WriteOnlyCell(self.page, NOT_TEXT.sub("", str(text))[:LONGEST_CELL])
        made.data_type = "s"
        made.quotePrefix = str(text).startswith(FORMULA)
        if bold:
            made.font = Font(bold=True, size=size)
        return made

    def cell(self, value: object, shown: str) -> Any:
        """A cell of the table."""
        from openpyxl.cell import WriteOnlyCell

        if value is None or value == "":
            return None
        if isinstance(value, int | float | date):
            made = WriteOnlyCell(self.page, value)  # type: ignore[arg-type]  # a date too
            made.number_format = shown or made.number_format
        else:
            made = self.words(value)
        made.alignment = self.top
        return made
