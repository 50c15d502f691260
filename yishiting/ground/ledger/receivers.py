"""What is saved or removed while a verb is at work is noted, so that its entry can answer for it."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import post_delete, post_save

from yishiting.ground.common.changes import at_work, binding_of, is_watched


def watch() -> None:
    """Listen to the models the ledger answers for, and to no other."""
    for model in apps.get_models():
        if binding_of(model).bound:
            post_save.connect(_saved, sender=model)
            post_delete.connect(_deleted, sender=model)


def _saved(
    sender: type[models.Model], instance: models.Model, created: bool, update_fields: frozenset[str] | None, **_: Any
) -> None:
    if is_watched(sender):
        at_work().saved(instance, update_fields, created=created)


def _deleted(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    if is_watched(sender):
        at_work().deleted(instance)
