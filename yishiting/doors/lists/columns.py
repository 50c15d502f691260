"""The columns of a list: one description, from which the page's cell, the sheet's and the API's value are made."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from yishiting.ground.common.masking import public_words
from yishiting.instruments.documents.rules import spoken

Words = str | Promise
#: A field, several of them, or (where the rows are a sequence) functions of the row.
Sort = str | tuple[str | Callable[[Any], Any], ...]
#: What a cell of a sheet holds: offices sort and count dates and numbers, so these stay what they are.
Cell = str | int | float | date | datetime | None
FEN = 100


class Kind(StrEnum):
    """How a value is written."""

    TEXT = "text"
    RECEIPT = "receipt"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    DUE = "due"
    CHOICE = "choice"
    STATE = "state"
    YES = "yes"


#: Usual widths in a sheet, in characters.
WIDTHS = {Kind.TEXT: 20, Kind.MOMENT: 18, Kind.RECEIPT: 14, Kind.NUMBER: 8, Kind.PERCENT: 8, Kind.YES: 6}
CODED = (Kind.CHOICE, Kind.STATE)
#: How Excel shows what is no text.
FORMATS = {
    Kind.DAY: "yyyy-mm-dd",
    Kind.DUE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.MONEY: "#,##0.00",
    Kind.PERCENT: '0"%"',
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `value` is the way to it from the row (`place.name`), or a function of the row; without it, the name.
    `sort` names what the database sorts by; a column without it cannot be sorted by.
    `words` says a code in words, where the model does not; `tones` give a state its colour and shape.
    `under` is a line of small words below the value, on the page alone. `link` is the address the value leads to.
    `mask` hides what is personal wherever the list leaves the desk. `page=False`: only in the sheet and the API.
    """

    name: str
    label: Words
    value: str | Callable[[Any], Any] = ""
    kind: Kind = Kind.TEXT
    _: KW_ONLY
    sort: "Sort" = ()
    words: Callable[[Any], Words] | None = None
    tones: Mapping[str, str] = field(default_factory=dict)
    under: str | Callable[[Any], Any] = ""
    link: Callable[[Any], str] | None = None
    mask: Callable[[str], str] | None = None
    head: bool = False
    page: bool = True
    width: int = 0

    def of(self, row: Any) -> Any:
        """The value itself."""
        return reached(row, self.value or self.name)

    def said(self, row: Any) -> str:
        """A code in words: the column's own, or the model's; any other value as it is."""
        value = self.of(row)
        if self.words is not None:
            return str(self.words(row))
        if self.kind in CODED and value not in ("", None):
            at, _dot, last = str(self.value or self.name).rpartition(".")
            return str(getattr(reached(row, at) if at else row, f"get_{last}_display")())
        return "" if value is None else str(value)

    def in_a_sheet(self, row: Any, *, in_full: bool = False) -> Cell:
        """The value as a cell: days and numbers as such, codes in words, what is personal masked unless `in_full`."""
        value = self.of(row)
        if value is None or value == "":
            return None
        match self.kind:
            case Kind.NUMBER | Kind.PERCENT | Kind.DAY | Kind.DUE:
                told: Cell = value
                return told
            case Kind.MONEY:
                return float(value) / FEN
            case Kind.MOMENT:
                return timezone.localtime(value).replace(tzinfo=None)
            case Kind.RECEIPT:
                return spoken(str(value))
            case Kind.YES:
                return _("是") if value else _("否")
        words = self.said(row)
        return words if in_full or self.mask is None else self.mask(words)

    def in_the_api(self, row: Any) -> Any:
        """The value as programs want it: codes, numbers, days; texts masked as in a sheet."""
        value = self.of(row)
        if value is None or self.kind in (Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DAY, Kind.DUE, Kind.MOMENT):
            return value
        if self.kind is Kind.YES:
            return bool(value)
        text = str(value)
        return text if self.mask is None else self.mask(text)


def private(name: str, label: Words, value: str | Callable[[Any], Any] = "", **more: Any) -> Column:
    """A column of words people have typed, in which numbers of telephones and cards may stand."""
    return Column(name, label, value, mask=public_words, **more)


def reached(row: Any, way: str | Callable[[Any], Any]) -> Any:
    """What lies at the end of a way such as `agenda_item.meeting.title`; None where it breaks off; `get_…_display` is asked."""
    if callable(way):
        return way(row)
    for name in way.split("."):
        if row is None:
            return None
        row = row[name] if isinstance(row, Mapping) else getattr(row, name)
        row = row() if name.startswith("get_") and callable(row) else row
    return row


def width_of(column: Column) -> int:
    """How wide a column of a sheet is, in characters: at least its heading."""
    return max(column.width or WIDTHS.get(column.kind, 12), 2 * len(str(column.label)))
