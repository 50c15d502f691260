"""The ledger: one row for each verb, never changed, never removed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.secrets import SealedField
from yishiting.ground.ledger.sealing import records_hash


class Entry(models.Model):
    """Who did what to which thing, when, in what office, under which rules. No personal data.

    Beside the event stand, never published: the account that acted, the salt, and the hashes of the rows it changed.
    """

    seq = models.BigIntegerField(_("存证号"), primary_key=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    verb = models.CharField(_("事项"), max_length=60)
    subject_kind = models.CharField(_("对象类别"), max_length=40)
    subject_id = models.CharField(_("对象编号"), max_length=40)
    place_code = models.CharField(_("区划代码"), max_length=12, blank=True)
    actor_kind = models.CharField(_("经办人类别"), max_length=10)
    office = models.CharField(_("经办职务"), max_length=60, blank=True)
    pseudonym = models.CharField(_("经办人代号"), max_length=64, blank=True)
    rules = models.CharField(_("规则版本"), max_length=40, blank=True)
    facts = models.JSONField(_("内容"), default=dict)
    leaf = models.CharField(_("指纹"), max_length=64)
    actor_id = models.CharField(_("经办人编号"), max_length=40, blank=True)
    salt = models.CharField(max_length=32)
    records = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("留痕")
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "seq"], name="entry_subject"),
            models.Index(fields=["place_code", "seq"], name="entry_place"),
            models.Index(fields=["actor_id", "seq"], name="entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"

    def event(self) -> dict[str, object]:
        """The event as it is hashed: exactly what a witness recomputes."""
        return {
            "seq": self.seq,
            "at": self.at.isoformat(timespec="microseconds"),
            "verb": self.verb,
            "subject": [self.subject_kind, self.subject_id],
            "place": self.place_code,
            "actor": [self.actor_kind, self.office, self.pseudonym],
            "rules": self.rules,
            "facts": self.facts,
            "records": records_hash(self.records),
        }


class Head(models.Model):
    """How many rows there are: the one row that whoever numbers rows takes last and holds until the end."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(_("条数"))

    class Meta:
        verbose_name = _("留痕编号")
        constraints = [
            models.CheckConstraint(
                name="ledger_head_stands_alone",
                condition=models.Q(id=1),
                violation_error_message=_("留痕只有一个编号。"),
            ),
        ]


class Sealed(models.Model):
    """Words that may hold personal data: kept apart and sealed, salted hash in the entry, erasable without breaking the tree."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="sealed")
    name = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    text = SealedField()

    class Meta:
        verbose_name = _("留痕原文")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "name"],
                name="sealed_once_per_name",
                violation_error_message=_("这条留痕的这段原文已经存过，不能再存一份。请刷新页面查看。"),
            )
        ]


class Checkpoint(models.Model):
    """The signed state of the tree at the end of a day; printed on the notice board it makes a witness of anyone."""

    day = models.DateField(_("日期"), unique=True, error_messages={"unique": _("这一天已经存证，不用再存。")})
    size = models.BigIntegerField(_("条数"))
    root = models.CharField(_("树根"), max_length=64)
    frontier = models.JSONField(default=list)
    signature = models.CharField(_("签名"), max_length=128)
    public_key = models.CharField(_("公钥"), max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("每日存证")
        ordering = ["day"]
