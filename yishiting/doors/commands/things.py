"""Finding a thing and a person by what one writes on the command line."""

import uuid
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import models

from yishiting.ground.accounts.actors import Actor, Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place

VISITOR = "visitor"
#: The fields by which people call a thing.
NUMBERS = ("receipt", "number", "resolution_number", "code", "login")


def person_called(name: str) -> Actor:
    """A person by login or identifier; `visitor` for somebody without account."""
    if name == VISITOR:
        return Visitor()
    found: Person | None = Person.objects.filter(login=name).first() or _by_key(Person, name)
    if found is None:
        raise CommandError(f"没有这个人：{name}。请写登录名，或写 {VISITOR} 表示访客。")
    return found


def thing_called(name: str, model: type[models.Model] | None = None) -> models.Model:
    """A thing by its identifier, its number or its code; `kind:identifier` where the kind is not known."""
    kind, colon, key = name.rpartition(":")
    kinds = [model] if model is not None else [one for one in _kinds() if not colon or one._meta.model_name == kind]
    for one in kinds:
        found: models.Model | None = _by_key(one, key) or _by_number(one, key)
        if found is not None:
            return found
    raise CommandError(f"没有找到：{name}。请写编号、区划代码，或 种类:标识，例如 project:3f2b…")


def _kinds() -> list[type[models.Model]]:
    ours = [one for one in apps.get_models() if one.__module__.startswith("yishiting.")]
    return [one for one in ours if issubclass(one, BaseRecord | Place)]


def _by_key(model: Any, key: str) -> Any:
    try:
        uuid.UUID(key)
    except ValueError:
        return None
    try:
        return model._default_manager.filter(pk=key).first()
    except (ValueError, ValidationError):
        return None


def _by_number(model: Any, key: str) -> Any:
    names = {one.name for one in model._meta.concrete_fields}
    for name in NUMBERS:
        if name in names and (found := model._default_manager.filter(**{name: key}).first()):
            return found
    return None
