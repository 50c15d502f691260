"""Uploaded files: checked by content, cleaned of hidden data, kept under a safe name, never lost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord

#: The folder of the store in which uploads are kept; nothing else is in it.
FOLDER = "files"


class Attachment(BaseRecord):
    """One file hung on a thing, which is named by kind and identifier."""

    MOVES_WITH_ACCOUNT = ("uploaded_by",)

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    place_code = models.CharField(max_length=12, blank=True, default="")
    purpose = models.CharField(_("用途"), max_length=30, blank=True, default="")
    name = models.CharField(_("文件名"), max_length=120)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("大小"))
    sha256 = models.CharField(_("指纹"), max_length=64)
    stored = models.FileField(upload_to=f"{FOLDER}/%Y/%m/", max_length=160)
    public = models.BooleanField(_("公开"), default=False)
    caption = models.CharField(_("说明"), max_length=160, blank=True, default="")
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    withdrawn_why = models.CharField(_("撤下原因"), max_length=400, blank=True, default="")

    class Meta:
        verbose_name = _("附件")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="attachment_subject")]

    def __str__(self) -> str:
        return self.name
