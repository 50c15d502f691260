"""A score round: what is scored, who scores, the sheets, the keyings of paper sheets, the result."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.secrets import SealedField
from yishiting.ground.places.models import Place
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.methods.score_sheets import AGGREGATION_NAMES, Aggregation
from yishiting.year.councils.models import Representative
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.states import LIFECYCLE


class ScoreRound(BaseRecord):
    """Several proposals scored by the serving representatives under one rule, which is kept with the round."""

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="score_rounds")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="score_rounds")
    title = models.CharField(_("名称"), max_length=120)
    purpose = models.TextField(_("说明"), blank=True, default="")
    opened_on = models.DateField(_("开始"))
    closes = models.DateField(_("截止"))
    rule = models.JSONField(_("规则"))
    lot_source = models.CharField(_("并列时抽签用的号码"), max_length=120, blank=True, default="")
    lot_day = models.DateField(_("号码公布日期"), null=True, blank=True)
    lot = models.JSONField(_("抽签"), default=dict, blank=True)
    state = LIFECYCLE.field()
    closed_on = models.DateField(_("得出结果日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    result = models.JSONField(_("结果"), default=dict, blank=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    rules_label = models.CharField(_("规则版本"), max_length=40)
    void_reason = models.TextField(_("作废原因"), blank=True, default="")

    class Meta:
        verbose_name = _("打分")
        ordering = ["-opened_on", "-created_at"]
        indexes = [models.Index(fields=["place", "-opened_on"], name="score_round_place_opened")]
        constraints = [
            LIFECYCLE.constraint("score_round_state"),
            models.CheckConstraint(
                name="score_round_days_in_order",
                condition=Q(closes__gte=models.F("opened_on")),
                violation_error_message=_("截止日期不能早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def method_name(self) -> str:
        """How the totals of several judges become one figure, in words."""
        return AGGREGATION_NAMES[Aggregation(self.rule["method"])]


class ScoredProposal(BaseRecord):
    """One proposal of a round; the label is unique in it and stands in the result."""

    round = models.ForeignKey(ScoreRound, models.PROTECT, related_name="scored")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="scored")
    position = models.PositiveSmallIntegerField(_("序号"))
    label = models.CharField(_("名称"), max_length=240)

    live = models.BooleanField(_("正在打分"), default=True, editable=False)

    class Meta:
        verbose_name = _("被评的建议案")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "proposal"],
                name="scored_once_per_round",
                violation_error_message=_("同一份建议案在一次打分里只能选一次。请去掉重复的。"),
            ),
            models.UniqueConstraint(
                fields=["round", "label"],
                name="scored_label_once_per_round",
                violation_error_message=_("两份建议案的名称一样，分不清。请先给其中一份改名。"),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(live=True),
                name="scored_in_one_open_round",
                violation_error_message=_("有的建议案正在另一次打分里。请先截止或作废那一次，再发起。"),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Judge(BaseRecord):
    """A representative who scores in a round; in the result they are only a number, given by chance."""

    LOCKED_AFTER = "round"

    round = models.ForeignKey(ScoreRound, models.PROTECT, related_name="judges")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    representative = models.ForeignKey(Representative, models.PROTECT, related_name="judged")
    number = models.PositiveSmallIntegerField(_("评委代号"))

    class Meta:
        verbose_name = _("评委")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "representative"],
                name="judge_once_per_round",
                violation_error_message=_("这位代表已经是这次打分的评委。请刷新页面查看。"),
            ),
            models.UniqueConstraint(
                fields=["round", "number"],
                name="judge_number_once_per_round",
                violation_error_message=_("评委代号重复。请重新发起打分，系统会另排代号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.representative.name

    @property
    def person_id(self) -> UUID | None:
        """The account of the representative, if there is one."""
        return self.representative.person_id

    @property
    def code(self) -> str:
        """What stands in the result instead of a name."""
        return f"{self.number}号评委"


class Origin(models.TextChoices):
    """How a sheet came."""

    PHONE = "phone", _("手机打分")
    PAPER = "paper", _("纸质评分表")


class ScoreSheet(BaseRecord):
    """One judge on one proposal: the marks in the order of the criteria, or that the judge stands aside."""

    LEDGER = Binding(sealed=("reason",))

    judge = models.ForeignKey(Judge, models.PROTECT, related_name="sheets")
    scored = models.ForeignKey(ScoredProposal, models.PROTECT, related_name="sheets")
    origin = models.CharField(_("来源"), max_length=8, choices=Origin.choices)
    marks = models.JSONField(_("评分"), default=list)
    recused = models.BooleanField(_("回避"), default=False)
    reason = SealedField(_("回避的原因"), blank=True, default="")

    class Meta:
        verbose_name = _("评分表")
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "scored"],
                name="score_sheet_once",
                violation_error_message=_("这份建议案的评分刚刚录过。请刷新页面核对。"),
            ),
            models.CheckConstraint(
                name="score_sheet_recusal_has_reason",
                condition=Q(recused=False) | ~Q(reason=""),
                violation_error_message=_("回避要写明原因。"),
            ),
        ]


class Keying(BaseRecord):
    """One keying-in of one judge's paper sheet by one person; two that agree make the sheets."""

    LEDGER = Binding(sealed=("reason",))

    judge = models.ForeignKey(Judge, models.PROTECT, related_name="keyings")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    nth = models.PositiveSmallIntegerField(_("第几遍"))
    lines = models.JSONField(_("评分"))
    reason = SealedField(_("回避的原因"), blank=True, default="")

    class Meta:
        verbose_name = _("评分表录入")
        ordering = ["nth"]
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "nth"],
                name="score_keying_once",
                violation_error_message=_("刚刚有人录完了这一遍评分表。请刷新页面，看还要不要再录。"),
            )
        ]
