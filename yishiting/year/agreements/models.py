"""Agreements (公约): what an adopted proposal asks everybody to keep to, how it was reviewed, where it was broken."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.year.agreements.states import BREACH_LIFECYCLE, LIFECYCLE
from yishiting.year.proposals.models import Proposal


class Agreement(BaseRecord):
    """What was adopted and is kept to. It is no work: no plan, no cost, no acceptance."""

    LIFECYCLE = LIFECYCLE
    LOCKED_AFTER = "proposal"

    place = models.ForeignKey(Place, models.PROTECT, related_name="agreements")
    proposal = models.OneToOneField(
        Proposal,
        models.PROTECT,
        related_name="agreement",
        error_messages={"unique": _("这件建议案已经立为公约，不用再立。")},
    )
    title = models.CharField(_("名称"), max_length=160)
    text = models.TextField(_("内容"))
    kept_by = models.CharField(_("谁来遵守"), max_length=160)
    looked_after_by = models.CharField(_("谁来照看"), max_length=160)
    in_force_from = models.DateField(_("施行日期"))
    review_months = models.PositiveSmallIntegerField(_("几个月后回顾"))
    review_due = models.DateField(_("回顾日期"))
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    state = LIFECYCLE.field()

    class Meta:
        verbose_name = _("公约")
        ordering = ["-in_force_from", "-created_at"]
        indexes = [models.Index(fields=["place", "state", "review_due"], name="agreement_place_state")]
        constraints = [
            LIFECYCLE.constraint("agreement_state"),
            models.CheckConstraint(
                name="agreement_ended_has_a_day",
                condition=~Q(state="ended") | Q(ended_on__isnull=False),
                violation_error_message=_("终止的公约要有终止日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReviewOutcome(models.TextChoices):
    """What a review came to."""

    KEPT = "kept", _("继续执行")
    CHANGED = "changed", _("修改后执行")
    ENDED = "ended", _("终止")


class AgreementReview(BaseRecord):
    """One look back: what it came to and why, and the text that held until then."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviews")
    outcome = models.CharField(_("结果"), max_length=8, choices=ReviewOutcome.choices)
    text_before = models.TextField(_("原来的内容"))
    reason = models.TextField(_("理由"))
    reviewed_on = models.DateField(_("回顾日期"))

    class Meta:
        verbose_name = _("公约回顾")
        ordering = ["reviewed_on", "created_at"]


class Breach(BaseRecord):
    """Somebody saw the agreement broken; who that was is nobody's business but the desk's."""

    LIFECYCLE = BREACH_LIFECYCLE
    LOCKED_AFTER = "agreement.proposal"
    MOVES_WITH_ACCOUNT = ("reported_by",)

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="breaches")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    text = models.TextField(_("情况"))
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reported_on = models.DateField(_("反映日期"))
    answer = models.TextField(_("答复"), blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    state = BREACH_LIFECYCLE.field()

    class Meta:
        verbose_name = _("违约反映")
        ordering = ["-reported_on", "-created_at"]
        constraints = [
            BREACH_LIFECYCLE.constraint("breach_state"),
            models.CheckConstraint(
                name="breach_answered_with_words",
                condition=Q(state="reported") | ~Q(answer=""),
                violation_error_message=_("答复要写明内容。"),
            ),
        ]
