"""Dossiers (案卷): one matter, one file, from the first words to the result, through all levels."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import DueField


def new_number() -> str:
    """A number of its own, drawn: files are opened without anybody waiting for the next number."""
    return f"{timezone.localdate().year}-{secrets.randbelow(10**10):010}"


class Dossier(BaseRecord):
    """The file of one matter. Nothing in it is overwritten; where files are joined, each number leads to the living one."""

    number = models.CharField(
        _("案卷号"),
        max_length=60,
        unique=True,
        default=new_number,
        error_messages={"unique": _("这个案卷号已经用过。请再提交一次，系统会给新的号。")},
    )
    origin = models.ForeignKey(Place, models.PROTECT, related_name="dossiers")
    opened_on = models.DateField(_("立卷日期"))
    lies_at = models.ForeignKey(Place, models.PROTECT, related_name="+")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_here", db_index=False
    )
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False)

    class Meta:
        verbose_name = _("案卷")
        ordering = ["-opened_on", "-number"]
        indexes = [
            # only the few: an index full of nothing misleads SQLite's planner
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="dossier_merged_into"),
            models.Index(fields=["split_from"], condition=Q(split_from__isnull=False), name="dossier_split_from"),
        ]
        constraints = [
            models.CheckConstraint(
                name="dossier_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                violation_error_message=_("案卷不能并入自己。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ReferralKind(models.TextChoices):
    """Which way a matter is sent on."""

    UP = "up", _("报送上级")
    DOWN = "down", _("交下级办理")
    ACROSS = "across", _("转有关单位")
    INSIDE = "inside", _("交科室办理")


class Outcome(models.TextChoices):
    """What an answer comes to."""

    SENT_BACK = "sent_back", _("由报送的地方办理")
    TAKEN_ON = "taken_on", _("由上级办理")
    NOT_NOW = "not_now", _("暂不办理")
    AGREED = "agreed", _("同意承办")
    RETURNED = "returned", _("退回，不承办")
    RECALLED = "recalled", _("转出的一方收回")
    DONE = "done", _("已经办好")
    PLANNED = "planned", _("列入计划办理")
    EXPLAINED = "explained", _("说明情况")
    FORWARDED = "forwarded", _("转报上级")
    OPENED = "opened", _("已经立项")


#: With these it stays with whom it was sent to; with the others it lies again where it came from.
STAYS_THERE = (Outcome.TAKEN_ON, Outcome.AGREED, Outcome.DONE, Outcome.PLANNED, Outcome.OPENED)


class Referral(BaseRecord):
    """A matter sent up, down or across, and the one answer to that. What is sent again is another row."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="referrals")
    kind = models.CharField(_("方向"), max_length=6, choices=ReferralKind.choices)
    from_place = models.ForeignKey(Place, models.PROTECT, related_name="referrals_sent")
    to_place = models.ForeignKey(Place, models.PROTECT, related_name="referrals_received")
    receiver = models.CharField(_("转给哪个单位"), max_length=120, blank=True, default="")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="referrals")
    reason = models.TextField(_("理由"))
    sent_on = models.DateField(_("报送日期"))
    due = DueField(_("答复期限"), null=True, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answer = models.TextField(_("答复"), blank=True, default="")
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, blank=True, default="")

    class Meta:
        verbose_name = _("报送与交办")
        ordering = ["sent_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="referral_answered_with_words",
                condition=Q(answered_on__isnull=True, answer="", outcome="")
                | (Q(answered_on__isnull=False) & ~Q(answer="") & ~Q(outcome="")),
                violation_error_message=_("答复要写明日期、内容和结果。"),
            ),
            models.CheckConstraint(
                name="referral_leads_elsewhere",
                condition=Q(kind__in=["across", "inside"]) | ~Q(from_place=F("to_place")),
                violation_error_message=_("不能报送给自己，请选上级或下级。"),
            ),
            models.CheckConstraint(
                name="referral_across_names_whom",
                condition=~Q(kind="across") | ~Q(from_place=F("to_place")) | ~Q(receiver=""),
                violation_error_message=_("转给有关单位的，要写明哪个单位。"),
            ),
            models.CheckConstraint(
                name="referral_inside_names_the_section_and_a_day",
                condition=~Q(kind="inside") | Q(unit__isnull=False, due__isnull=False, from_place=F("to_place")),
                violation_error_message=_("交科室办理的，要写明哪个科室、哪天以前立项。"),
            ),
            models.UniqueConstraint(
                fields=["dossier", "kind", "from_place"],
                condition=Q(answered_on__isnull=True),
                name="referral_waits_once",
                violation_error_message=_("这件事已经送出，正在等答复，不用再送。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"

    @property
    def where(self) -> str:
        """Who has it: the unit as it was called then, or the place."""
        return self.receiver or str(self.to_place)
