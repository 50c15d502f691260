"""Hanging a file on a thing, and taking it down again."""

import uuid
from datetime import date, timedelta
from typing import Annotated, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.parameters import Text, YesNo, line
from yishiting.ground.common.predicates import Sentence, place_of
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import MAY
from yishiting.ground.files.preparing import PreparedFile, prepare
from yishiting.ground.files.queries import subject_of, unnamed_files
from yishiting.ground.ledger.actions import write_entry

VISITORS_PURPOSE = "suggestion"
#: An upload that takes longer than this has failed: what it left behind may go.
SWEPT_AFTER = timedelta(days=1)


@verb("file.attach", _("上传附件"), MAY, done=_("附件已上传。"))
def attach(
    thing: BaseRecord,
    upload: "UploadedFile[Any] | PreparedFile",
    *,
    by: Actor,
    purpose: Annotated[str, line(_("用途"), most=30)] = "",
    public: Annotated[bool, YesNo(_("公开"))] = False,
    caption: Annotated[str, line(_("说明"))] = "",
) -> Attachment:
    """Hang a file on a thing: recognised by its content, pictures cleaned of hidden data, kept under a safe name."""
    if by.actor_kind == "visitor" and purpose != VISITORS_PURPOSE:
        raise Refused(_("请先登录，再上传附件。"))
    file = prepare(upload)  # the doors have done it before they opened the transaction
    attachment = Attachment(
        subject_kind=labelled(thing),
        subject_id=str(thing.pk),
        place_code=getattr(place_of(thing), "code", ""),
        purpose=purpose,
        name=file.name,
        media_type=file.kind.media_type,
        size=file.size,
        sha256=file.sha256,
        public=public,
        caption=caption,
        uploaded_by=by if isinstance(by, Person) else None,
    )
    attachment.stored.save(f"{uuid.uuid4().hex}.{file.kind.endings[0]}", ContentFile(file.content), save=False)
    attachment.save(force_insert=True)
    write_entry(thing, private={"name": attachment.name}, **_facts(attachment))
    return attachment


def _still_hangs(attachment: Attachment) -> Sentence | None:
    return None if attachment.withdrawn_at is None else _("这个附件已经撤下，不必再撤。")


WHY = Text(_("撤下原因"), rows=2, most=400, missing=_("请写明为什么撤下这个附件。"))


@verb("file.withdraw", _("撤下附件"), MAY, done=_("附件已撤下。"), kind="danger", conditions=(_still_hangs,))
def withdraw_attachment(attachment: Attachment, *, by: Actor, reason: Annotated[str, WHY]) -> Attachment:
    """Take a file down with a reason: it is kept, but no longer shown."""
    attachment.withdrawn_at, attachment.withdrawn_why = timezone.now(), reason
    attachment.save(update_fields=["withdrawn_at", "withdrawn_why"])
    write_entry(subject_of(attachment) or attachment, private={"reason": reason}, attachment=str(attachment.pk))
    return attachment


@verb("file.sweep", _("清除没有登记的文件"), MAY, internal="由每日办理一并办理")
def sweep(day: date, *, by: Actor) -> int:
    """Remove stored files that no attachment names, left behind by uploads that were undone; part of the daily command."""
    left = unnamed_files(before=timezone.now() - SWEPT_AFTER)
    for name in left:
        default_storage.delete(name)
    write_entry(None, day=day.isoformat(), removed=len(left))
    return len(left)


def _facts(attachment: Attachment) -> dict[str, Any]:
    return {
        "attachment": str(attachment.pk),
        "purpose": attachment.purpose,
        "type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "public": attachment.public,
    }
