"""What every row that people act on has."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def moment() -> datetime:
    """Now, asked for at the moment of writing, so that a replay can tell the time."""
    return timezone.now()


class BaseRecord(models.Model):
    """A thing people act on: a public identifier that says nothing, and a revision that tells stale pages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.PositiveIntegerField(_("版次"), default=0, editable=False)
    created_at = models.DateTimeField(_("登记时间"), default=moment, editable=False)

    #: The way to the whole this is a part of: a verb locks that first, so that parts of one whole are changed in turn.
    LOCKED_AFTER: ClassVar[str] = ""

    class Meta:
        abstract = True
