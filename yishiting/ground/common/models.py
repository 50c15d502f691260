"""What every row that people act on has."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.changes import Binding, at_work, bound_fields, is_watched

M = TypeVar("M", bound=models.Model)


def moment() -> datetime:
    """Now, asked for at the moment of writing, so that a replay can tell the time."""
    return timezone.now()


class RecordQuerySet(models.QuerySet[M]):
    """Rows the ledger answers for: Django says nothing when many are changed at once, so it is noted here."""

    def update(self, **values: Any) -> int:
        """Django's update; which rows it meets is noted for the ledger."""
        if not is_watched(self.model) or not {name.removesuffix("_id") for name in values} & {
            *bound_fields(self.model)
        }:
            return super().update(**values)
        keys = list(self.order_by().values_list("pk", flat=True))
        at_work().altered(self.model, keys)
        return super().update(**values)

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        """Django's bulk_create; the rows are noted for the ledger."""
        rows = super().bulk_create(objs, *args, **options)
        if is_watched(self.model):
            for row in rows:
                at_work().saved(row, None, created=True)
        return rows


class BoundRow(models.Model):
    """A row the ledger answers for; `LEDGER` says how."""

    LEDGER: ClassVar[Binding] = Binding()

    # Its type is made for each model; a model with a manager of its own writes `objects: ClassVar = …`.
    if not TYPE_CHECKING:
        objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True


class BaseRecord(BoundRow):
    """A thing people act on: a public identifier that says nothing, and a revision that tells stale pages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.PositiveIntegerField(_("版次"), default=0, editable=False)
    created_at = models.DateTimeField(_("登记时间"), default=moment, editable=False)

    #: The way to the whole this is a part of: a verb locks that first, so that parts of one whole are changed in turn.
    LOCKED_AFTER: ClassVar[str] = ""
    #: The fields that name the person whose own this is: joined accounts take it along (`account.join`).
    MOVES_WITH_ACCOUNT: ClassVar[tuple[str, ...]] = ()
    #: Set by a verb: the row is one revision on, and the next save of some fields saves that as well.
    revision_unsaved = False

    class Meta:
        abstract = True

    @property
    def token(self) -> str:
        """What a page sends back to say which thing, in which revision, the person had before them."""
        return f"{self._meta.model_name}:{self.pk}:{self.revision}"

    def save(self, **options: Any) -> None:
        """Django's save; the revision a verb has set is part of it."""
        fields = options.get("update_fields")
        if self.revision_unsaved and fields is not None:
            options["update_fields"] = {*fields, "revision"}
        super().save(**options)
        self.revision_unsaved = False


class CacheEntry(models.Model):
    """One value of Django's cache, for all processes; see `shared_cache`."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField()
    expires = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = _("暂存")


class Version(models.Model):
    """Which version of facts of a kind is the newest; see `process_cache`."""

    kind = models.CharField(max_length=40, primary_key=True)
    token = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("版本")
