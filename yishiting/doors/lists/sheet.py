"""A list as a sheet: what it is, whose, by which filters, who filled it in and when; then the same columns."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yishiting.doors.lists.columns import FORMATS, width_of
from yishiting.doors.lists.declared import Selection
from yishiting.doors.lists.xlsx import as_sheet
from yishiting.ground.places.models import Place

EXPORTED_MOST = 50_000
AT_ONCE = 2_000


def unit_of(selection: Selection) -> str:
    """Whose list it is: the place's, or that of the office that runs the installation."""
    if selection.whole.unit is not None:
        return selection.whole.unit(selection)
    place = selection.subject if isinstance(selection.subject, Place) else getattr(selection.subject, "place", None)
    return str(place.name if place is not None else settings.SITE["owner"])


def title_of(selection: Selection, unit: str) -> str:
    """What the sheet and its file are called."""
    return _("%(unit)s%(list)s") % {"unit": unit, "list": selection.whole.label}


def header_block(selection: Selection, unit: str, who: str, today: date) -> list[str]:
    """Unit, who filled it in and when; below, the filters in words."""
    about = _("单位：%(u)s　填报人：%(p)s　日期：%(d)s") % {"u": unit, "p": who, "d": today.isoformat()}
    asked = [_("%(label)s：%(value)s") % {"label": label, "value": value} for label, value in selection.in_words()]
    lines = [about, _("筛选：%(asked)s") % {"asked": _("；").join(asked) or _("全部")}]
    if any(True for _row in selection.rows[EXPORTED_MOST : EXPORTED_MOST + 1]):
        lines.append(_("这里只有前%(n)s行。请加上筛选，分几次导出。") % {"n": EXPORTED_MOST})
    return lines


def sheet_of(selection: Selection, unit: str, lines: list[str], *, in_full: bool = False) -> bytes:
    """The file, the same rows in the same order; names, numbers of telephones and cards masked unless `in_full`."""
    columns = selection.whole.columns
    return as_sheet(
        title_of(selection, unit),
        lines,
        [str(column.label) for column in columns],
        [width_of(column) for column in columns],
        ([column.in_a_sheet(row, in_full=in_full) for column in columns] for row in _every(selection)),
        formats=[FORMATS.get(column.kind, "") for column in columns],
    )


def _every(selection: Selection) -> Iterator[Any]:
    """All rows, up to what a sheet should hold, prepared some at a time."""
    rows = selection.whole_rows()[:EXPORTED_MOST]
    source = iter(rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else rows)
    while some := list(islice(source, AT_ONCE)):
        yield from selection.whole.prepared(some)
