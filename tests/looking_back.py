"""Imports only look back; reverse relations (`person.appointments`, `filter(seats__…)`) must not look forward either.

The contracts cannot see these, so they are watched while the tests run.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import Model
from django.db.models.fields import related_descriptors as related
from django.db.models.sql.query import Query

from tests.consistency.source import height

DOMAIN = ("yishiting.ground.", "yishiting.instruments.", "yishiting.year.", "yishiting.overview.")


class LooksForward(AssertionError):
    """A package read, by a reverse relation, what stands later in the year."""


def package_of(module: str) -> str:
    """`year.councils` of `yishiting.year.councils.queries`."""
    return ".".join(module.split(".")[1:3])


def reader() -> str:
    """The module of the domain that asks: the innermost one on the way here, or none (a test, a door, Django)."""
    frame = sys._getframe(1)
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("yishiting.doors."):
            return ""
        if module.startswith(DOMAIN) and ".migrations." not in module:
            return module
        frame = frame.f_back
    return ""


def refuse_to_look_forward(owner: type[Model], name: str) -> None:
    """Fail when the domain module that asks stands below the package of the model that is read."""
    if not owner.__module__.startswith("yishiting."):
        return
    module = reader()
    if module and height(package_of(module)) < height(package_of(owner.__module__)):
        raise LooksForward(f"{module} reads {name} of {owner._meta.label}, which stands later in the year")


@contextmanager
def reverse_relations_watched() -> Iterator[None]:
    """Within, reading forward fails."""
    many, one = related.ReverseManyToOneDescriptor.__get__, related.ReverseOneToOneDescriptor.__get__
    path = Query.names_to_path

    def get_many(self: Any, instance: Any, cls: Any = None) -> Any:
        if instance is not None:
            refuse_to_look_forward(self.rel.related_model, self.rel.get_accessor_name())
        return many(self, instance, cls)

    def get_one(self: Any, instance: Any, cls: Any = None) -> Any:
        if instance is not None:
            refuse_to_look_forward(self.related.related_model, self.related.get_accessor_name())
        return one(self, instance, cls)

    def names_to_path(self: Query, names: list[str], *more: Any, **options: Any) -> Any:
        found = path(self, names, *more, **options)
        for step in found[0]:
            if not step.direct:
                refuse_to_look_forward(step.to_opts.model, "__".join(names))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(related.ReverseManyToOneDescriptor, "__get__", get_many)
        patch.setattr(related.ReverseOneToOneDescriptor, "__get__", get_one)
        patch.setattr(Query, "names_to_path", names_to_path)
        yield
