"""The year-end review: each project by itself, with its ballots, its formula and its counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.funds.models import Posting
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.evaluation.states import LIFECYCLE, THIRD_PARTY_LIFECYCLE
from yishiting.year.meetings.models import AgendaItem, Meeting
from yishiting.year.projects.models import Project


class Review(BaseRecord):
    """One project before one review meeting."""

    LIFECYCLE = LIFECYCLE
    LOCKED_AFTER = "meeting"

    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews")
    place = models.ForeignKey(Place, models.PROTECT, related_name="reviews")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reviews")
    agenda_item = models.OneToOneField(
        AgendaItem,
        models.PROTECT,
        related_name="review",
        error_messages={"unique": _("这个议题已经有评议。请刷新页面查看。")},
    )
    poll = models.OneToOneField(
        Poll,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="review",
        error_messages={"unique": _("这次测评已经用在另一个项目上。请刷新页面再办。")},
    )
    state = LIFECYCLE.field()
    result = models.JSONField(_("结果"), default=dict, blank=True)
    declared_on = models.DateField(_("宣布日期"), null=True, blank=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("评议")
        constraints = [
            LIFECYCLE.constraint("review_state"),
            models.UniqueConstraint(
                fields=["project", "meeting"],
                name="review_once_per_meeting",
                violation_error_message=_("这个项目已经列入这次评议。请刷新页面查看议程。"),
            ),
        ]


class ThirdParty(BaseRecord):
    """第三方评价: somebody from outside who sees one project until a day, and what they report and score of it."""

    MOVES_WITH_ACCOUNT = ("evaluator",)
    LIFECYCLE = THIRD_PARTY_LIFECYCLE
    LOCKED_AFTER = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="third_parties")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(Person, models.PROTECT, related_name="+")
    institution = models.CharField(_("评价机构"), max_length=80)
    question = models.TextField(_("请评价什么"))
    invited_on = models.DateField(_("邀请日期"))
    until = models.DateField(_("评价到哪一天"))
    state = THIRD_PARTY_LIFECYCLE.field()
    report = models.TextField(_("评价报告"), blank=True, default="")
    beneficiaries = models.PositiveIntegerField(_("受益人数"), null=True, blank=True)
    counted_by = models.CharField(_("受益人数依据"), max_length=160, blank=True, default="")
    benefit = models.PositiveSmallIntegerField(_("社会效益得分"), null=True, blank=True)
    sustainability = models.PositiveSmallIntegerField(_("可持续性得分"), null=True, blank=True)
    #: By weights of the rulebook, exact, in text; with the weights it was computed by.
    weighted = models.CharField(_("加权得分"), max_length=12, blank=True, default="")
    weight = models.PositiveSmallIntegerField(_("社会效益的权重"), null=True, blank=True)
    handed_in_on = models.DateField(_("提交日期"), null=True, blank=True)
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("第三方评价")
        ordering = ["invited_on", "created_at"]
        constraints = [
            THIRD_PARTY_LIFECYCLE.constraint("third_party_state"),
            models.CheckConstraint(
                name="third_party_days_in_order",
                condition=Q(until__gte=models.F("invited_on")),
                violation_error_message=_("评价截止的日子不能早于邀请的日子。"),
            ),
            models.CheckConstraint(
                name="third_party_reports_with_scores",
                condition=~Q(state="handed_in")
                | (
                    ~Q(report="")
                    & Q(beneficiaries__isnull=False, benefit__lte=100, sustainability__lte=100)
                    & Q(handed_in_on__isnull=False)
                ),
                violation_error_message=_("评价报告要写明受益人数、社会效益和可持续性的得分，得分从0到100。"),
            ),
        ]

    def __str__(self) -> str:
        return _("%(institution)s对“%(title)s”的评价") % {"institution": self.institution, "title": self.project.title}


class Reward(BaseRecord):
    """What the result of a review earned a project, by the rule of that day: money set aside for it, once."""

    LOCKED_AFTER = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="rewards")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    review = models.OneToOneField(
        Review,
        models.PROTECT,
        related_name="reward",
        error_messages={"unique": _("这次评议已经兑现过奖励，不能再兑现一次。")},
    )
    posting = models.OneToOneField(
        Posting,
        models.PROTECT,
        related_name="reward",
        error_messages={"unique": _("这一笔账目已经记在另一次奖励里。请刷新页面再办。")},
    )
    fen = models.BigIntegerField(_("奖励金额（分）"))
    rules_label = models.CharField(_("规则版本"), max_length=40)

    class Meta:
        verbose_name = _("奖励")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="reward_is_something",
                condition=Q(fen__gte=1),
                violation_error_message=_("奖励要大于0。"),
            )
        ]
