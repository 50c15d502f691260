"""Making a file ready to be kept, before any transaction: examined by its content, pictures drawn anew.

It takes time and memory, and strangers send what they like; nobody may wait for it with the database in hand.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.refused import Refused
from yishiting.ground.files.pictures import BrokenPicture, HugePicture, TooManyAtOnce, drawn_anew
from yishiting.ground.files.rules import Kind, Trouble, examine, safe_name

MEGABYTE = 1_000_000
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
    Trouble.TOO_MANY_PIXELS: _(
        "“%(name)s”太大了：JPEG 照片最多2亿像素，别的图片最多4000万像素。请把尺寸改小，或者截图后再上传。"
    ),
    Trouble.TOO_MANY_AT_ONCE: _("现在上传照片的人多，“%(name)s”还没有处理。请过一分钟再交一次。"),
}


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file as it will be kept: recognised, cleaned of hidden data, under a safe name."""

    name: str
    kind: Kind
    content: bytes = field(repr=False)
    sha256: str

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


def prepare(upload: "UploadedFile[Any] | PreparedFile") -> PreparedFile:
    """The file as it will be kept; Refused with the sentence why it is not taken. One prepared before stays as it is."""
    if isinstance(upload, PreparedFile):
        return upload
    name = str(upload.name or _("文件"))
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // MEGABYTE
        raise Refused(_("“%(name)s”太大了，每个文件不超过 %(most)s MB。") % {"name": name, "most": most}, field="file")
    upload.seek(0)
    kind, content = _cleaned(name, upload.read())
    return PreparedFile(safe_name(name, kind), kind, content, hashlib.sha256(content).hexdigest())


def _cleaned(name: str, content: bytes) -> tuple[Kind, bytes]:
    """The kind and the content to keep, or the sentence why the file is not taken."""
    kind = examine(name, content)
    if isinstance(kind, Trouble):
        raise _refusal(kind, name)
    try:
        return kind, drawn_anew(content, kind) if kind.picture else content
    except BrokenPicture:
        raise _refusal(Trouble.BROKEN, name) from None
    except HugePicture:
        raise _refusal(Trouble.TOO_MANY_PIXELS, name) from None
    except TooManyAtOnce:
        raise _refusal(Trouble.TOO_MANY_AT_ONCE, name) from None


def _refusal(trouble: Trouble, name: str) -> Refused:
    return Refused(str(SENTENCES[trouble]) % {"name": name}, field="file")
