"""What the database refuses is said in the sentence that stands at the constraint or the unique field."""

import functools
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

CHECK = re.compile(r"CHECK constraint failed: (\w+)")
INDEX = re.compile(r"UNIQUE constraint failed: index '(\w+)'")
COLUMNS = re.compile(r"UNIQUE constraint failed: (.+)")
FOREIGN_KEY = "FOREIGN KEY constraint failed"
KEY = re.compile(r"Key \((.+?)\)=")
#: PostgreSQL: a key that is not there, a value that is there already, a check.
NO_SUCH_KEY, TWICE, CHECKED = "23503", "23505", "23514"
GONE = _("您用到的一项刚刚被别人改动或删除。请刷新页面，看过最新情况再办。")
#: A field for whole numbers from nought has a check without a name of ours.
NEGATIVE = _("数字不能小于0。请改正后再提交。")


def sentence_of(error: IntegrityError) -> Words | None:
    """The sentence of the constraint this error speaks of; None where it speaks of none of ours."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return _on_sqlite(str(error)) if diagnosis is None else _on_postgresql(diagnosis)


def _on_postgresql(diagnosis: Any) -> Words | None:
    name, state = diagnosis.constraint_name or "", diagnosis.sqlstate
    if name in _by_name():
        return _by_name()[name]
    if state == NO_SUCH_KEY:
        return GONE
    if state == CHECKED and name.endswith("_check"):
        return NEGATIVE
    columns = KEY.search(diagnosis.message_detail or "")
    if state != TWICE or columns is None:
        return None
    return _by_columns().get(frozenset(f"{diagnosis.table_name}.{column}" for column in columns[1].split(", ")))


def _on_sqlite(text: str) -> Words | None:
    if check := CHECK.search(text):
        return _by_name().get(check[1], NEGATIVE)
    if index := INDEX.search(text):
        return _by_name().get(index[1])
    if columns := COLUMNS.search(text):
        return _by_columns().get(frozenset(columns[1].split(", ")))
    return GONE if FOREIGN_KEY in text else None


@functools.cache
def _by_name() -> dict[str, Words]:
    return {
        one.name: one.violation_error_message or one.default_violation_error_message
        for model in apps.get_models()
        for one in model._meta.constraints
    }


@functools.cache
def _by_columns() -> dict[frozenset[str], Words]:
    """SQLite names the columns of a unique index, not the index; PostgreSQL gives a unique field's index its own name."""
    return {
        frozenset(f"{model._meta.db_table}.{column}" for column in columns): words
        for model in apps.get_models()
        for columns, words in _unique(model)
    }


def _unique(model: type[models.Model]) -> Iterator[tuple[list[str], Words]]:
    for field in model._meta.local_concrete_fields:
        if field.unique and not field.primary_key and field.column:
            yield [field.column], field.error_messages["unique"]
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint):
            columns = {field.name: field.column for field in model._meta.concrete_fields}
            yield [str(columns[name]) for name in one.fields], _by_name()[one.name]
