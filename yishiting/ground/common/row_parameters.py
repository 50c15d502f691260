"""Rows of a table that a verb asks for: each column read by a parameter of its own, each fault named at its row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.parameters import OneOf, Parameter, Text, parted
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused

#: What is wrong, by the row, counted from nought, and the column.
Faults = dict[tuple[int, str], Sentence]
Row = Mapping[str, Any]


def _sound(_row: Row) -> tuple[str, Sentence] | None:
    return None


@dataclass(frozen=True, slots=True)
class Rows(Parameter):
    """Several rows of named columns: a table on a page, a list of objects for programs, lines for a command.

    `fixed` columns are what a row of the page is about and are not typed there; `optional` ones may be empty.
    `spare` rows stand empty below those a page offers. `sound` looks at a whole row: the column at fault and why.
    """

    columns: Mapping[str, Parameter]
    _: KW_ONLY
    most: int = 60
    spare: int = 0
    fixed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    sound: Callable[[Row], tuple[str, Sentence] | None] = _sound

    def clean(self, value: Any, thing: Any) -> list[dict[str, Any]]:
        """Every row with all its columns; empty rows are left out. Raises Refused with the first fault and its row."""
        rows = [self._by_name(one) for one in value]
        if len(rows) > self.most:
            raise Refused(_("最多%(most)s行，现在有%(n)s行。") % {"most": self.most, "n": len(rows)})
        return self._without_fault(*self.looked_at(rows, thing, written=False))

    def read(self, text: str, thing: Any) -> list[dict[str, Any]]:
        """A line for each row, columns parted by blanks or commas; the last takes the rest of the line."""
        lines = [one for one in text.replace("；", "\n").replace(";", "\n").splitlines() if one.strip()]
        rows = [dict(zip(self.columns, parted(one, len(self.columns)), strict=False)) for one in lines]
        return self._without_fault(*self.looked_at(rows, thing, written=True))

    def looked_at(self, rows: Sequence[Row], thing: Any, *, written: bool) -> tuple[list[dict[str, Any]], Faults]:
        """The rows that are not empty, and everything that is wrong; `written` is what somebody typed."""
        found, faults = list[dict[str, Any]](), Faults()
        for n, row in enumerate(rows):
            if any(str(value if value is not None else "").strip() for value in row.values()):
                found.append(self._row(n, row, thing, faults, written=written))
        return found, faults

    def _row(self, n: int, row: Row, thing: Any, faults: Faults, *, written: bool) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for name, column in self.columns.items():
            try:
                told[name] = self._cell(name, column, row.get(name), thing, written=written)
            except Refused as refusal:
                faults[n, name] = refusal.sentence
        if len(told) == len(self.columns) and (fault := self.sound(told)) is not None:
            faults[n, fault[0]] = fault[1]
        return told

    def _cell(self, name: str, column: Parameter, value: Any, thing: Any, *, written: bool) -> Any:
        if value is None or not str(value).strip():
            if name not in self.optional:
                raise Refused(column.missing)
            return "" if isinstance(column, Text) else None
        if not written:
            return column.clean(value, thing)
        return (
            column.clean(_value(column, value, thing), thing)
            if isinstance(column, OneOf)
            else column.read(value, thing)
        )

    def _by_name(self, row: Any) -> Row:
        return row if isinstance(row, Mapping) else dict(zip(self.columns, row, strict=False))

    def _without_fault(self, found: list[dict[str, Any]], faults: Faults) -> list[dict[str, Any]]:
        for (n, name), sentence in faults.items():
            told = {"n": n + 1, "label": self.columns[name].label, "sentence": sentence}
            raise Refused(_("第%(n)s行，%(label)s：%(sentence)s") % told)
        return found


def _value(column: OneOf, words: str, thing: Any) -> Any:
    """The choice of this value or label, or the only one whose label has the words in it."""
    choices = column.choices(thing)
    exact = [one for one in choices if words.strip() in (str(one.value), str(one.label))]
    near = [one for one in choices if words.strip() in str(one.label)]
    return next(iter(exact or (near if len(near) == 1 else [])), words)
