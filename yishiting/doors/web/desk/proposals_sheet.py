"""The list of proposals as offices expect a sheet: title row, unit and date, repeated headings, A4 across."""

import io
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from yishiting.ground.places.models import Place
from yishiting.year.proposals.models import Proposal

WIDTHS = (22, 44, 44, 12, 14, 22, 14, 36)
HEAD_ROWS = 3


def as_xlsx(place: Place, proposals: Iterable[Proposal], filled_in_by: str, today: date) -> bytes:
    """Number, matter, measures, level, state, resolution, day and reason of each proposal; nobody's name."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.worksheets[0]
    page.title = _("建议案")
    headings = [
        _("编号"),
        _("案由"),
        _("办理建议"),
        _("责任层级"),
        _("状态"),
        _("决议编号"),
        _("决定日期"),
        _("理由或条件"),
    ]
    page.append([_("%(place)s建议案登记表") % {"place": place.name}])
    page.append(
        [_("单位：%(u)s　填报人：%(p)s　日期：%(d)s") % {"u": place.name, "p": filled_in_by, "d": today.isoformat()}]
    )
    page.append(headings)
    for one in proposals:
        page.append(_cells(one))
        for cell in page[page.max_row]:
            cell.data_type = "s"  # words that begin with = stay words
    for row in (1, 2):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(headings))
    page["A1"].font, page["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for at, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
        page.cell(HEAD_ROWS, at).font = Font(bold=True)
    page.freeze_panes, page.print_title_rows = f"A{HEAD_ROWS + 1}", f"{HEAD_ROWS}:{HEAD_ROWS}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(one: Proposal) -> list[str]:
    return [
        one.number,
        one.title,
        one.measures,
        str(one.get_responsible_level_display()),
        str(one.get_state_display()),
        one.resolution_number,
        one.decided_on.isoformat() if one.decided_on else "",
        one.conditions or one.decision_reason,
    ]
