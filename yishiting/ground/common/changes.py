"""Which rows the verbs at work have changed, and what stands in them now, so that the ledger can answer for it.

What a verb saves is in memory already: it is noted as it is saved, without a query. What was changed in other ways
(many rows at once, an object that was not held when it was read) is read again once, at the end.
"""

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from yishiting.ground.common.secrets import SealedField

Key = tuple[type[models.Model], Any]
#: Plain values by the name of the field; None for a row that is gone.
Values = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Binding:
    """How the ledger answers for the rows of a model.

    `bound`: the rows are compared with their entries. `public`: entries about them are published whole; of others
    (a person's own account) only the fingerprint is. `without`: fields that change outside verbs or can be erased.
    `sealed`: sealed fields that are compared all the same; the others may have to be erased one day.
    """

    bound: bool = True
    public: bool = True
    without: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


@dataclass(slots=True)
class Changes:
    """What was changed since the outermost verb began.

    `held`: the things its verbs hold and have refreshed. `waiting`: what is to be written last of all, in order.
    """

    held: list[object] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    _rows: dict[Key, Values] = field(default_factory=dict)
    _late: set[Key] = field(default_factory=set)

    def saved(self, row: models.Model, fields: Iterable[str] | None, *, created: bool = False) -> None:
        """A row was saved: some of its fields, or (None) all of them."""
        bound, key = bound_fields(type(row)), (type(row), row.pk)
        some = None if fields is None or created else [name for name in fields if name in bound]
        if some == []:
            return
        known = self._rows.get(key)
        held = any(row is one for one in self.held)
        if some is not None and (key in self._late or (known is None and not held)):
            self._late.add(key)
            return
        try:
            self._rows[key] = {**(known or {}), **plain(row, some if some and known else bound)}
            self._late.discard(key)
        except _NotInMemory:
            self._late.add(key)

    def altered(self, model: type[models.Model], keys: Iterable[Any]) -> None:
        """Rows were changed where they lie; they are read again at the end."""
        self._late.update((model, key) for key in keys)

    def deleted(self, row: models.Model) -> None:
        """A row is gone."""
        self._late.discard((type(row), row.pk))
        self._rows[type(row), row.pk] = None

    def rows(self) -> dict[Key, Values]:
        """Every changed row as it is now."""
        for model in {model for model, _key in self._late}:
            keys = [key for kind, key in self._late if kind is model]
            for row in model._base_manager.filter(pk__in=keys):
                self._rows[model, row.pk] = plain(row, bound_fields(model))
        self._late.clear()
        return self._rows

    @contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Within, what a failing verb has noted is forgotten, as the database forgets what it wrote."""
        waiting, rows, late = len(self.waiting), dict(self._rows), set(self._late)
        try:
            yield
        except BaseException:
            del self.waiting[waiting:]
            self._rows, self._late = rows, late
            raise


_changes: ContextVar[Changes | None] = ContextVar("changes", default=None)


@contextmanager
def watched(thing: object) -> Iterator[None]:
    """Within, what is changed is noted; `thing` is held by the verb that begins here."""
    changes = _changes.get() or Changes()
    changes.held.append(thing)
    token = _changes.set(changes)
    try:
        with changes.undone_on_failure():
            yield
    finally:
        _changes.reset(token)


def at_work() -> Changes:
    """What the verbs at work have changed; outside a verb nobody asks, and nothing is kept."""
    return _changes.get() or Changes()


def is_watched(model: type[models.Model]) -> bool:
    """Whether a change of this model has to be noted now."""
    return _changes.get() is not None and binding_of(model).bound


def binding_of(model: type[models.Model]) -> Binding:
    """How the ledger answers for a model; it does not for one that says nothing."""
    binding: Binding = getattr(model, "LEDGER", NOTHING)
    return binding


NOTHING = Binding(bound=False)


@functools.cache
def bound_fields(model: type[models.Model]) -> Mapping[str, "models.Field[Any, Any]"]:
    """The fields that are compared, by name."""
    binding = binding_of(model)
    return {
        one.name: one
        for one in model._meta.concrete_fields
        if one.name not in binding.without
        and one.name != "revision"
        and (not isinstance(one, SealedField) or one.name in binding.sealed)
    }


@functools.cache
def _empty(model: type[models.Model]) -> Mapping[str, Any]:
    """What a field holds of which nothing has been said."""
    fixed = {name: one for name, one in bound_fields(model).items() if one.default in (dict, list) or _is_fixed(one)}
    return {name: _plain(one, one.get_default()) for name, one in fixed.items()}


def _is_fixed(one: "models.Field[Any, Any]") -> bool:
    return not callable(one.default) or one.default is models.NOT_PROVIDED


def what_is_said(model: type[models.Model], values: Values) -> Values:
    """The values without those that say nothing: a field added later leaves the hashes of older rows as they are."""
    empty = _empty(model)
    return values and {name: value for name, value in values.items() if name not in empty or value != empty[name]}


class _NotInMemory(Exception):
    """The value is not loaded, or only the database knows it."""


def plain(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The values of some fields in a form that is the same in memory and from either database."""
    bound = bound_fields(type(row))
    return {name: _plain(bound[name], row.__dict__.get(bound[name].attname, _NotInMemory)) for name in names}


def _plain(one: "models.Field[Any, Any]", value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if value is _NotInMemory or hasattr(value, "resolve_expression"):
        raise _NotInMemory
    if isinstance(one, models.JSONField):
        return json.dumps(json.loads(json.dumps(value, cls=one.encoder)), sort_keys=True, ensure_ascii=False)
    value = one.to_python(value)
    return value if type(value) in (str, int) else _otherwise(value)


def _otherwise(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, int) else str(value)
