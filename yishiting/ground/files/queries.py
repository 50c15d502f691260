"""Which files hang on a thing, and which thing a file hangs on."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import QuerySet

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.verbs import labelled
from yishiting.ground.files.models import FOLDER, Attachment


def attachments_of(thing: models.Model, *, public_only: bool = False, purpose: str = "") -> QuerySet[Attachment]:
    """The files of a thing that have not been withdrawn, oldest first."""
    rows = Attachment.objects.filter(
        subject_kind=labelled(thing), subject_id=str(thing.pk), withdrawn_at__isnull=True
    ).order_by("created_at")
    rows = rows.filter(public=True) if public_only else rows
    return rows.filter(purpose=purpose) if purpose else rows


def files_of_each(things: Sequence[models.Model], *, public_only: bool = False) -> dict[str, list[Attachment]]:
    """The files of many things of one kind, in one query, by the identifier of the thing."""
    found: dict[str, list[Attachment]] = defaultdict(list)
    if things:
        rows = Attachment.objects.filter(
            subject_kind=labelled(things[0]),
            subject_id__in=[str(one.pk) for one in things],
            withdrawn_at__isnull=True,
            **({"public": True} if public_only else {}),
        )
        for row in rows.order_by("created_at"):
            found[row.subject_id].append(row)
    return found


def subject_of(attachment: Attachment) -> BaseRecord | None:
    """The thing a file hangs on, with its place when it has one; loaded once for each file in hand."""
    if "_subject" not in attachment.__dict__:
        attachment.__dict__["_subject"] = subject_named(attachment.subject_kind, attachment.subject_id)
    found: BaseRecord | None = attachment.__dict__["_subject"]
    return found


def model_named(kind: str) -> type[BaseRecord] | None:
    """The model whose things the ledger names so: things people act on, no tables of the house's own."""
    plain = kind.replace("_", "")
    ours = (model for model in apps.get_models() if issubclass(model, BaseRecord))
    return next((model for model in ours if model._meta.model_name == plain), None)


def subject_named(kind: str, identifier: str) -> BaseRecord | None:
    """The thing so named by its kind and identifier, with its place when it has one."""
    model = model_named(kind)
    if model is None or not _is_identifier(identifier):
        return None
    rows: QuerySet[Any] = model._base_manager.filter(pk=identifier)
    has_place = any(field.name == "place" for field in model._meta.concrete_fields)
    return (rows.select_related("place") if has_place else rows).first()


def _is_identifier(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def unnamed_files(*, before: datetime) -> list[str]:
    """Stored files last written before a moment that no attachment names.

    A database without a single attachment is new, or the wrong one beside another's files: then there are none.
    """
    named = set(Attachment.objects.values_list("stored", flat=True))
    unnamed = (name for name in _kept_in(FOLDER) if named and name not in named)
    return [name for name in unnamed if default_storage.get_modified_time(name) < before]


def _kept_in(folder: str) -> Iterator[str]:
    folders, names = default_storage.listdir(folder) if default_storage.exists(folder) else ([], [])
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _kept_in(f"{folder}/{inner}")
