"""A list as offices expect a sheet: title row, unit and date, repeated headings, A4 across."""

import io
from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD_ROWS = 3


def sheet_answer(
    title: str,
    unit: str,
    filled_in_by: str,
    today: date,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str]],
) -> HttpResponse:
    """A workbook to download: `columns` are (heading, width) pairs; every cell stays text, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = title[:31]
    page.append([title])
    page.append([_("单位：%(u)s　填报人：%(p)s　日期：%(d)s") % {"u": unit, "p": filled_in_by, "d": today.isoformat()}])
    page.append([heading for heading, _width in columns])
    for row in rows:
        page.append(list(row))
        for cell in page[page.max_row]:
            cell.data_type = "s"
    for line in (1, 2):
        page.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(columns))
    page["A1"].font, page["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for at, (_heading, width) in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
        page.cell(HEAD_ROWS, at).font = Font(bold=True)
    page.freeze_panes = f"A{HEAD_ROWS + 1}"
    page.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    workbook.save(out)
    answer = HttpResponse(out.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{title}.xlsx") or "attachment"
    return answer
