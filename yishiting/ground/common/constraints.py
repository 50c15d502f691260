"""What the database refuses is said in the sentence that stands at the constraint."""

import functools
import re

from django.apps import apps
from django.db import IntegrityError, models
from django.utils.functional import Promise

CHECK = re.compile(r"CHECK constraint failed: (\w+)")
INDEX = re.compile(r"UNIQUE constraint failed: index '(\w+)'")
COLUMNS = re.compile(r"UNIQUE constraint failed: (.+)")
Words = str | Promise


def sentence_of(error: IntegrityError) -> Words | None:
    """The sentence of the constraint this error speaks of; None where it speaks of none of ours."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or _name_on_sqlite(str(error))
    return _by_name().get(name or "")


def _name_on_sqlite(text: str) -> str | None:
    match = CHECK.search(text) or INDEX.search(text)
    if match:
        return match[1]
    columns = COLUMNS.search(text)
    return _by_columns().get(frozenset(columns[1].split(", "))) if columns else None


@functools.cache
def _ours() -> tuple[tuple[type[models.Model], models.BaseConstraint], ...]:
    return tuple((model, one) for model in apps.get_models() for one in model._meta.constraints)


@functools.cache
def _by_name() -> dict[str, Words]:
    return {one.name: one.violation_error_message or one.default_violation_error_message for _model, one in _ours()}


@functools.cache
def _by_columns() -> dict[frozenset[str], str]:
    """SQLite names the columns of a unique index, not the index."""
    found: dict[frozenset[str], str] = {}
    for model, one in _ours():
        if isinstance(one, models.UniqueConstraint) and one.fields:
            fields = [field for field in model._meta.concrete_fields if field.name in one.fields]
            found.setdefault(frozenset(f"{model._meta.db_table}.{field.column}" for field in fields), one.name)
    return found
