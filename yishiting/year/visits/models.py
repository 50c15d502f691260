"""Site visits, drafts sent to those who proposed them, councils of communities asked about them, what they replied."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import DueField
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.visits.states import QUESTION_LIFECYCLE


class SiteVisit(BaseRecord):
    """Who went there, what they found, what was agreed on the spot."""

    LOCKED_AFTER = "proposal"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="visits")
    place = models.ForeignKey(Place, models.PROTECT)
    visited_on = models.DateField(_("踏勘日期"))
    people = models.CharField(_("参加人"), max_length=200)
    found = models.TextField(_("现场情况"))
    agreed = models.TextField(_("现场商定的改动"), blank=True, default="")
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdrawn_because = models.TextField(_("撤销原因"), blank=True, default="")

    class Meta:
        verbose_name = _("踏勘记录")
        ordering = ["visited_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="visit_withdrawn_with_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                violation_error_message=_("撤销踏勘记录要写明原因。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.visited_on}"


class SentDraft(BaseRecord):
    """A draft as it was sent to everybody who proposed it."""

    LOCKED_AFTER = "proposal"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sent_drafts")
    place = models.ForeignKey(Place, models.PROTECT)
    version = models.PositiveSmallIntegerField(_("第几稿"))
    title = models.CharField(_("案由"), max_length=160)
    situation = models.TextField(_("情况"))
    measures = models.TextField(_("办理建议"))
    asked_on = models.DateField(_("征求日期"))
    due = DueField(_("请在哪天以前答复"))

    class Meta:
        verbose_name = _("征求提出人意见")
        ordering = ["asked_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "version"],
                name="draft_sent_once_for_a_text",
                violation_error_message=_("这份草案的文本已经征求过提出人的意见。改了文本再征求。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Stance(models.TextChoices):
    """What a proposer says of a draft."""

    AGREES = "agrees", _("同意")
    CONDITIONAL = "conditional", _("有条件同意")
    DISAGREES = "disagrees", _("不同意")


class Reply(BaseRecord):
    """What one proposer said: of a draft, or before there was one. No reply replaces another."""

    LOCKED_AFTER = "proposal"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="replies")
    place = models.ForeignKey(Place, models.PROTECT)
    draft = models.ForeignKey(SentDraft, models.PROTECT, null=True, blank=True, related_name="replies")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="replies")
    stance = models.CharField(_("态度"), max_length=12, choices=Stance.choices, blank=True, default="")
    words = models.TextField(_("意见"), blank=True, default="")
    replied_on = models.DateField(_("答复日期"))
    by_desk = models.BooleanField(_("由工作台代录"))
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdrawn_because = models.TextField(_("撤销原因"), blank=True, default="")

    class Meta:
        verbose_name = _("提出人意见")
        ordering = ["replied_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="reply_takes_a_stance_on_a_draft",
                condition=Q(draft__isnull=True, stance="") | (Q(draft__isnull=False) & ~Q(stance="")),
                violation_error_message=_("对草案的意见要选同意、有条件同意或者不同意。"),
            ),
            models.CheckConstraint(
                name="reply_says_why",
                condition=Q(stance="agrees") | ~Q(words=""),
                violation_error_message=_("有条件同意或不同意，要写明条件或理由。"),
            ),
            models.CheckConstraint(
                name="reply_withdrawn_with_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                violation_error_message=_("撤销代录的意见要写明原因。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_stance_display() or self._meta.verbose_name)


class CouncilQuestion(BaseRecord):
    """The council of a community, asked about the draft of the place above; its answer is kept as it was given."""

    LIFECYCLE = QUESTION_LIFECYCLE
    LOCKED_AFTER = "proposal"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="council_questions")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    asked_at = models.ForeignKey(Place, models.PROTECT, related_name="council_questions")
    title = models.CharField(_("案由"), max_length=160)
    measures = models.TextField(_("当时的办理建议"))
    question = models.TextField(_("请讨论什么"))
    asked_on = models.DateField(_("征求日期"))
    due = DueField(_("请在哪天以前答复"))
    state = QUESTION_LIFECYCLE.field()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    discussed_on = models.DateField(_("讨论日期"), null=True, blank=True)
    stance = models.CharField(_("态度"), max_length=12, choices=Stance.choices, blank=True, default="")
    answer = models.TextField(_("意见"), blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    withdrawn_because = models.TextField(_("撤回原因"), blank=True, default="")

    class Meta:
        verbose_name = _("征求社区议事协商会意见")
        ordering = ["asked_on", "created_at"]
        indexes = [models.Index(fields=["asked_at", "state"], name="council_question_asked")]
        constraints = [
            QUESTION_LIFECYCLE.constraint("council_question_state"),
            models.UniqueConstraint(
                fields=["proposal", "asked_at"],
                condition=Q(state="asked"),
                name="council_asked_once",
                violation_error_message=_("已经请这里的议事协商会讨论，正在等意见。不用等的，请先“不再征求”。"),
            ),
            models.CheckConstraint(
                name="council_answer_in_words",
                condition=~Q(state="answered")
                | (~Q(stance="") & ~Q(answer="") & Q(discussed_on__isnull=False, answered_on__isnull=False)),
                violation_error_message=_("答复要写明讨论日期、态度和意见。"),
            ),
            models.CheckConstraint(
                name="council_question_withdrawn_with_reason",
                condition=~Q(state="withdrawn") | ~Q(withdrawn_because=""),
                violation_error_message=_("撤回要写明原因。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title
