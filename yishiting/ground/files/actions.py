"""Hanging a file on a thing, and taking it down again."""

import hashlib
import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.predicates import place_of
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import MAY
from yishiting.ground.files.pictures import BrokenPicture, HugePicture, drawn_anew
from yishiting.ground.files.queries import subject_of, unnamed_files
from yishiting.ground.files.rules import Kind, Trouble, examine, safe_name
from yishiting.ground.ledger.actions import write_entry

VISITORS_PURPOSE = "suggestion"
MEGABYTE = 1_000_000
#: An upload that takes longer than this has failed: what it left behind may go.
SWEPT_AFTER = timedelta(days=1)
SENTENCES: dict[Trouble, Promise] = {
    Trouble.EMPTY: _("“%(name)s”是空的，请重新选择文件。"),
    Trouble.WRONG_KIND: _(
        "“%(name)s”不是可以上传的文件。可以上传照片（JPG、PNG、WebP）、PDF、OFD、Word、Excel、PPT、WPS、TXT 和 CSV。"
    ),
    Trouble.APPLE_PHOTO: _(
        "“%(name)s”是苹果手机的 HEIC 照片，多数电脑打不开。请在手机“设置→相机→格式”里选“兼容性最佳”再拍，或截图后上传。"
    ),
    Trouble.DIFFERS: _("“%(name)s”的文件名和实际内容不一致。请用原来的软件打开，另存一次再上传。"),
    Trouble.BROKEN: _("“%(name)s”打不开，可能没有传完整。请在自己的电脑上确认能打开，再上传一次。"),
    Trouble.LOCKED: _("“%(name)s”设了密码，别人打不开。请去掉密码后再上传。"),
    Trouble.MACROS: _("“%(name)s”里有宏，为了安全不能上传。请另存为不带宏的文件，或导出 PDF 后再上传。"),
    Trouble.TOO_LARGE_UNPACKED: _("“%(name)s”解开以后太大，请压缩里面的图片或拆成几个文件。"),
}


@verb("file.attach", "上传附件", MAY)
def attach(
    thing: BaseRecord, upload: "UploadedFile[Any]", *, by: Actor, purpose: str, public: bool = False, caption: str = ""
) -> Attachment:
    """Hang a file on a thing: recognised by its content, pictures cleaned of hidden data, kept under a safe name."""
    if by.actor_kind == "visitor" and purpose != VISITORS_PURPOSE:
        raise Refused(_("请先登录，再上传附件。"))
    kind, content = _cleaned(upload)
    attachment = Attachment(
        subject_kind=labelled(thing),
        subject_id=str(thing.pk),
        place_code=getattr(place_of(thing), "code", ""),
        purpose=purpose,
        name=safe_name(str(upload.name or ""), kind),
        media_type=kind.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        public=public,
        caption=caption,
        uploaded_by=by if isinstance(by, Person) else None,
    )
    attachment.stored.save(f"{uuid.uuid4().hex}.{kind.endings[0]}", ContentFile(content), save=False)
    attachment.save(force_insert=True)
    write_entry(thing, private={"name": attachment.name}, **_facts(attachment))
    return attachment


@verb("file.withdraw", "撤下附件", MAY)
def withdraw_attachment(attachment: Attachment, *, by: Actor, reason: str) -> Attachment:
    """Take a file down with a reason: it is kept, but no longer shown."""
    if attachment.withdrawn_at is not None:
        raise WrongState(_("这个附件已经撤下，不必再撤。"))
    if not reason.strip():
        raise Refused(_("请写明为什么撤下这个附件。"), field="reason")
    attachment.withdrawn_at, attachment.withdrawn_why = timezone.now(), reason.strip()
    attachment.save(update_fields=["withdrawn_at", "withdrawn_why"])
    write_entry(subject_of(attachment) or attachment, private={"reason": reason.strip()}, attachment=str(attachment.pk))
    return attachment


@verb("file.sweep", "清除没有登记的文件", MAY)
def sweep(day: date, *, by: Actor) -> int:
    """Remove stored files that no attachment names, left behind by uploads that were undone; part of the daily command."""
    left = unnamed_files(before=timezone.now() - SWEPT_AFTER)
    for name in left:
        default_storage.delete(name)
    write_entry(None, day=day.isoformat(), removed=len(left))
    return len(left)


def _cleaned(upload: "UploadedFile[Any]") -> tuple[Kind, bytes]:
    """The kind and the content to keep, or the sentence why the file is not taken."""
    name = str(upload.name or _("文件"))
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // MEGABYTE
        raise Refused(_("“%(name)s”太大了，每个文件不超过 %(most)s MB。") % {"name": name, "most": most}, field="file")
    upload.seek(0)
    content = upload.read()
    kind = examine(name, content)
    if isinstance(kind, Trouble):
        raise _refusal(kind, name)
    try:
        return kind, drawn_anew(content, kind) if kind.picture else content
    except BrokenPicture:
        raise _refusal(Trouble.BROKEN, name) from None
    except HugePicture:
        raise _refusal(Trouble.TOO_LARGE_UNPACKED, name) from None


def _refusal(trouble: Trouble, name: str) -> Refused:
    return Refused(str(SENTENCES[trouble]) % {"name": name}, field="file")


def _facts(attachment: Attachment) -> dict[str, Any]:
    return {
        "attachment": str(attachment.pk),
        "purpose": attachment.purpose,
        "type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "public": attachment.public,
    }
