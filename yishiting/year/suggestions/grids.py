"""What every kind of table file is read into: pages of rows, before anybody knows which row names the columns.

Pure: no Django, no clock. Whatever cannot be read raises `Unreadable` with a sentence that says what to do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

#: Spreadsheets count days from here, without a zone; those of old Macs from 1904.
DAYS_FROM = datetime(1899, 12, 30)  # noqa: DTZ001
#: Whatever stands further to the right was put there by a slip of the hand.
COLUMNS_MOST = 256
ROWS_MOST = 50_000
#: Titles, headings and totals come on top of the rows.
ROWS_BESIDE = 1000
UNPACKED_MOST = 400_000_000
BROKEN = "文件打不开，可能不是 Excel 文件或者没有传完整。请用 Excel 打开检查后另存再交。"

Row = Sequence[str]


class Unreadable(ValueError):
    """The file as a whole cannot be taken; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One page of a file: its rows as text, numbered by their place; an empty name where a file has no pages.

    `parted_by` is the character between the cells of a text file.
    """

    rows: Iterable[Row]
    name: str = ""
    hidden: bool = False
    days_from: datetime = DAYS_FROM
    parted_by: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells merged downwards: what the first of them holds is meant for all (rows and columns from 1)."""

    top: int
    bottom: int
    column: int


def within_limit(rows: Iterable[Row]) -> list[Row]:
    """All rows; no more is read of a file that is too long."""
    kept: list[Row] = []
    filled = 0
    for row in rows:
        kept.append(row)
        filled += bool(row)
        if filled > ROWS_MOST + ROWS_BESIDE:
            raise Unreadable(f"一个文件最多 {ROWS_MOST:,} 行。请分成几个文件来交。")
    return kept


def filled_down(rows: Iterable[Row], merges: Iterable[Merge]) -> Iterator[Row]:
    """The rows, with the words of merged cells in each row they stand for; a row of nothing else stays empty."""
    begins: dict[int, list[Merge]] = {}
    for merge in merges:
        begins.setdefault(merge.top, []).append(merge)
    holding: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, start=1):
        if holding and any(row):
            row = _with_held(row, number, holding)  # noqa: PLW2901 - the same row, filled
        for merge in begins.get(number, ()):
            value = row[merge.column - 1] if merge.column <= len(row) else ""
            holding[merge.column] = (merge.bottom, value)
        yield row


def _with_held(row: Row, number: int, holding: dict[int, tuple[int, str]]) -> Row:
    filled = list(row)
    for column, (bottom, value) in list(holding.items()):
        if number > bottom:
            del holding[column]
            continue
        filled += [""] * (column - len(filled))
        filled[column - 1] = filled[column - 1] or value
    return filled
