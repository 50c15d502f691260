"""The list as offices expect a sheet: title row, unit and date, repeated headings, A4 across."""

import io
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.words import NOT_TEXT

WIDTHS = (14, 12, 12, 40, 60, 20, 16)
HEAD_ROWS = 3


def as_xlsx(place: Place, suggestions: Iterable[Suggestion], filled_in_by: str, today: date) -> bytes:
    """Receipt, day, channel, title, words, place, state; nobody's name or telephone number."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    page = book.worksheets[0]
    page.title = _("建议")
    headings = [_("受理号"), _("收到日期"), _("渠道"), _("标题"), _("建议内容"), _("地点"), _("状态")]
    page.append([_("%(place)s建议登记表") % {"place": place.name}])
    page.append(
        [_("单位：%(u)s　填报人：%(p)s　日期：%(d)s") % {"u": place.name, "p": filled_in_by, "d": today.isoformat()}]
    )
    page.append(headings)
    for one in suggestions:
        page.append(_cells(one))
        for cell in page[page.max_row]:
            cell.data_type = "s"  # words that begin with = stay words
    for row in (1, 2):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(headings))
    page["A1"].font = Font(bold=True, size=16)
    page["A1"].alignment = Alignment(horizontal="center")
    for at, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
        page.cell(HEAD_ROWS, at).font = Font(bold=True)
    page.freeze_panes = f"A{HEAD_ROWS + 1}"
    page.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(one: Suggestion) -> list[str]:
    words = (one.title, one.text, one.where)
    title, text, where = (NOT_TEXT.sub("", part) for part in words)
    channel, state = str(one.get_channel_display()), str(one.get_state_display())
    return [one.receipt, one.received_on.isoformat(), channel, title, text, where, state]
