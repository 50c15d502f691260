"""Rows of many small tables in one query: what one page shows of one thing."""

from typing import Any

from django.db import connection, models
from django.db.models import ExpressionWrapper, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

#: What kinds of columns there are, the special ones before the plain; each takes the values of many fields.
SLOTS: dict[str, tuple[type[models.Field[Any, Any]], type[models.Field[Any, Any]]]] = {
    "key": (models.UUIDField, models.UUIDField),
    "moment": (models.DateTimeField, models.DateTimeField),
    "day": (models.DateField, models.DateField),
    "yes": (models.BooleanField, models.BooleanField),
    "whole": (models.IntegerField, models.BigIntegerField),
    "text": (models.Field, models.TextField),
}
WHICH = "read_as"


def read_together(*asked: "QuerySet[Any]") -> list[list[Any]]:
    """The rows of each of these, in the order of their kind, read by one statement whatever their tables are."""
    laid = [_laid_out(one.model) for one in asked]
    wide = sorted({name for layout in laid for name in layout.values()})
    first, *others = (_as_lines(n, one, layout, wide) for n, (one, layout) in enumerate(zip(asked, laid, strict=True)))
    found: list[list[Any]] = [[] for _one in asked]
    for line in first.union(*others, all=True):
        n, values = line[0], dict(zip(wide, line[1:], strict=True))
        found[n].append(_made(asked[n].model, laid[n], values))
    return [_in_order(rows, one.model) for rows, one in zip(found, asked, strict=True)]


def _laid_out(model: type[models.Model]) -> dict[str, str]:
    """In which column each field of a table goes."""
    counts: dict[str, int] = {}
    layout = {}
    for one in model._meta.concrete_fields:
        kind = _kind_of(one)
        counts[kind] = counts.get(kind, -1) + 1
        layout[one.attname] = f"{kind}_{counts[kind]}"
    return layout


def _kind_of(one: Any) -> str:
    plain = one.target_field if one.is_relation else one
    return next(kind for kind, (meant, _slot) in SLOTS.items() if isinstance(plain, meant))


def _slot(name: str) -> "models.Field[Any, Any]":
    return SLOTS[name.partition("_")[0]][1]()


def _as_lines(n: int, rows: "QuerySet[Any]", layout: dict[str, str], wide: list[str]) -> "QuerySet[Any, Any]":
    columns: dict[str, Combinable] = {name: Cast(Value(None), _slot(name)) for name in wide}
    columns |= {name: ExpressionWrapper(F(field), output_field=_slot(name)) for field, name in layout.items()}
    lines = rows.order_by().annotate(**{WHICH: Value(n, models.BigIntegerField()), **columns})
    laid: QuerySet[Any, Any] = lines.values_list(WHICH, *wide)
    return laid


def _made(model: type[models.Model], layout: dict[str, str], values: dict[str, Any]) -> models.Model:
    fields = model._meta.concrete_fields
    return model.from_db(
        connection.alias, [one.attname for one in fields], [_read(one, values[layout[one.attname]]) for one in fields]
    )


def _read(one: Any, value: Any) -> Any:
    """A field that makes something of what lies in the database does so here too."""
    return one.from_db_value(value, None, connection) if hasattr(one, "from_db_value") else value


def _in_order(rows: list[Any], model: type[models.Model]) -> list[Any]:
    names = [str(name) for name in model._meta.ordering or ()]
    return sorted(rows, key=lambda one: tuple(getattr(one, name) for name in names))
