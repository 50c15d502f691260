"""Rows of different tables as lines of one list: their words, since when, by when, in one query."""

from typing import Any

from django.db.models import DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from yishiting.ground.places.models import Place
from yishiting.overview.cycle.shapes import Wait

Rows = QuerySet[Any, Any]
NEVER = Cast(Value(None), DateField())


def told(place: Place, rows: list[Rows]) -> list[Wait]:
    """The lines of these rows, from however many tables they come."""
    first, *others = rows
    return [
        Wait(verb, says, place, since, due, kind=kind, pk=str(about))
        for verb, kind, about, says, since, due in first.union(*others, all=True)
    ]


def row_of(
    verb: str,
    kind: str,
    rows: "QuerySet[Any]",
    since: str | Combinable,
    due: str | Combinable = NEVER,
    *,
    says: str = "title",
    about: str = "pk",
) -> Rows:
    """The rows of one table as lines: the next verb, what kind of thing has it, which one, and the words."""
    lines: Rows = (
        rows.order_by()
        .annotate(line_verb=Value(verb), line_kind=Value(kind), line_about=F(about), line_says=F(says))
        .annotate(line_since=_day(since), line_due=_day(due))
        .values_list("line_verb", "line_kind", "line_about", "line_says", "line_since", "line_due")
    )
    return lines


def _day(of: str | Combinable) -> Combinable:
    return F(of) if isinstance(of, str) else of
