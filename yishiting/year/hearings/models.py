"""Hearings and what was said at them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord, RecordQuerySet
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.year.hearings.states import LIFECYCLE
from yishiting.year.suggestions.models import SolicitationSession, Suggestion


class Hearing(BaseRecord):
    """One hearing of a place. It is no meeting of the council; once held it is a solicitation session of its own kind."""

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="hearings")
    title = models.CharField(_("名称"), max_length=120)
    about = models.TextField(_("议什么"))
    starts_at = models.DateTimeField(_("时间"))
    venue = models.CharField(_("地点"), max_length=120)
    invited = models.JSONField(_("邀请人数（按类别）"), default=dict)
    announced_on = models.DateField(_("通知日期"))
    session = models.OneToOneField(
        SolicitationSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hearing",
        error_messages={"unique": _("这一场已经登记召开，不用再登记。")},
    )
    record = models.TextField(_("会议记录"), blank=True, default="")
    published_on = models.DateField(_("公开日期"), null=True, blank=True)
    called_off_because = models.TextField(_("取消原因"), blank=True, default="")
    rules_label = models.CharField(_("规则版本"), max_length=40)
    state = LIFECYCLE.field()

    class Meta:
        verbose_name = _("问政会")
        ordering = ["-starts_at", "-created_at"]
        indexes = [models.Index(fields=["place", "state", "starts_at"], name="hearing_place_state")]
        constraints = [
            LIFECYCLE.constraint("hearing_state"),
            models.CheckConstraint(
                name="hearing_held_has_a_session",
                condition=Q(state__in=("announced", "called_off")) | Q(session__isnull=False),
                violation_error_message=_("登记召开的问政会要有场次。"),
            ),
            models.CheckConstraint(
                name="hearing_called_off_with_reason",
                condition=Q(state="called_off") & ~Q(called_off_because="")
                | ~Q(state="called_off") & Q(called_off_because=""),
                violation_error_message=_("取消问政会要写明原因。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SpeechKind(models.TextChoices):
    """What somebody stood up for."""

    OPINION = "opinion", _("提意见建议")
    PROJECT = "project", _("提出项目")
    QUESTION = "question", _("提问")


class SpeechQuerySet(RecordQuerySet["Speech"]):
    """Named filters."""

    def standing(self) -> "SpeechQuerySet":
        """Without what was noted by mistake and withdrawn."""
        return self.filter(withdrawn_on=None)


class Speech(BaseRecord):
    """One who spoke, by category, on what. An opinion or a project is a suggestion with its number; a question has an answer."""

    LOCKED_AFTER = "hearing"

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="speeches")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(_("发言类别"), max_length=8, choices=SpeechKind.choices)
    speaker = models.CharField(_("发言人类别"), max_length=30)
    text = models.TextField(_("说了什么"))
    suggestion = models.OneToOneField(
        Suggestion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="speech",
        error_messages={"unique": _("这条建议已经记过发言。")},
    )
    asked_of = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("答复"), blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdrawn_because = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    objects: ClassVar = SpeechQuerySet.as_manager()

    class Meta:
        verbose_name = _("问政会发言")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "position"],
                name="speech_position_once",
                violation_error_message=_("这个次序已经有发言。请再保存一次。"),
            ),
            models.CheckConstraint(
                name="speech_is_a_question_or_a_suggestion",
                condition=Q(kind="question", suggestion__isnull=True)
                | (~Q(kind="question") & Q(suggestion__isnull=False)),
                violation_error_message=_("意见和项目要收为建议，提问不收。"),
            ),
            models.CheckConstraint(
                name="speech_answered_with_words",
                condition=Q(answered_on__isnull=True, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                violation_error_message=_("答复要写明内容和日期。"),
            ),
            models.CheckConstraint(
                name="speech_withdrawn_with_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                violation_error_message=_("撤销发言要写明原因。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing} {self.position}"
