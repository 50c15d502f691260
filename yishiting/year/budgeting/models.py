"""A budget vote: the options with their costs, the register, the ballots, batches of paper, the result."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.budgeting.states import LIFECYCLE
from yishiting.year.councils.models import Representative
from yishiting.year.proposals.models import Proposal


class BudgetVote(BaseRecord):
    """An advisory vote on next year's proposals within a sum of money; amounts in fen, the rule kept with the vote."""

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="budget_votes")
    year = models.PositiveSmallIntegerField(_("拟办年度"))
    title = models.CharField(_("名称"), max_length=120)
    purpose = models.TextField(_("说明"), blank=True, default="")
    budget = models.PositiveBigIntegerField(_("经费总额（分）"))
    opened_on = models.DateField(_("开始"))
    closes = models.DateField(_("截止"))
    rule = models.JSONField(_("规则"))
    conflicts = models.JSONField(_("互斥的项目"), default=list, blank=True)
    lot_source = models.CharField(_("并列时抽签用的号码"), max_length=120)
    lot_day = models.DateField(_("号码公布日期"))
    lot = models.JSONField(_("抽签"), default=dict, blank=True)
    state = LIFECYCLE.field()
    closed_on = models.DateField(_("得出结果日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    result = models.JSONField(_("结果"), default=dict, blank=True)
    file_hash = models.CharField(_("选票文件的校验值"), max_length=64, blank=True, default="")
    override = models.JSONField(_("调整后的结果"), default=dict, blank=True)
    override_reason = models.TextField(_("调整的理由"), blank=True, default="")
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    rules_label = models.CharField(_("规则版本"), max_length=40)
    void_reason = models.TextField(_("作废原因"), blank=True, default="")

    class Meta:
        verbose_name = _("预算表决")
        ordering = ["-opened_on", "-created_at"]
        indexes = [models.Index(fields=["place", "-opened_on"], name="budget_vote_place_opened")]
        constraints = [
            LIFECYCLE.constraint("budget_vote_state"),
            models.CheckConstraint(
                name="budget_vote_lot_after_closing",
                condition=Q(closes__gte=models.F("opened_on")) & Q(lot_day__gt=models.F("closes")),
                violation_error_message=_("抽签号码必须在截止之后才公布。"),
            ),
            models.CheckConstraint(
                name="budget_vote_override_has_reason",
                condition=Q(override={}) | ~Q(override_reason=""),
                violation_error_message=_("不按表决结果办，要写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BudgetOption(BaseRecord):
    """One proposal that may be chosen; its number stands on the ballot paper and in the published file."""

    vote = models.ForeignKey(BudgetVote, models.PROTECT, related_name="options")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="budget_options")
    number = models.PositiveSmallIntegerField(_("编号"))
    title = models.CharField(_("名称"), max_length=160)
    cost = models.PositiveBigIntegerField(_("费用（分）"))
    text = models.TextField(_("列上选票时的文本"), blank=True, default="", editable=False)

    live = models.BooleanField(_("正在预算表决"), default=True, editable=False)

    class Meta:
        verbose_name = _("备选项目")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "number"],
                name="budget_option_number_once",
                violation_error_message=_("备选项目的编号重复。请重新发起表决，系统会另排编号。"),
            ),
            models.UniqueConstraint(
                fields=["vote", "proposal"],
                name="budget_option_once",
                violation_error_message=_("同一份建议案只能列一次。请去掉重复的。"),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(live=True),
                name="budget_option_in_one_open_vote",
                violation_error_message=_("有的建议案正在另一次预算表决里。请先截止或作废那一次，再发起。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Way(models.TextChoices):
    """How somebody on the register took part."""

    NOT_YET = "not_yet", _("尚未投票")
    PHONE = "phone", _("手机投票")
    PAPER = "paper", _("领取纸质选票")


class Voter(BaseRecord):
    """One line of the register, frozen at the opening: one person, one vote, on the phone or on paper."""

    LOCKED_AFTER = "vote"

    vote = models.ForeignKey(BudgetVote, models.PROTECT, related_name="voters")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    representative = models.ForeignKey(Representative, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(_("序号"))
    name = models.CharField(_("姓名"), max_length=40)
    unit = models.CharField(_("楼院"), max_length=60, blank=True, default="")
    way = models.CharField(_("参加方式"), max_length=8, choices=Way.choices, default=Way.NOT_YET)

    class Meta:
        verbose_name = _("名册")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "position"],
                name="budget_voter_position_once",
                violation_error_message=_("名册的序号重复。请核对名册，再发起表决。"),
            ),
            models.UniqueConstraint(
                fields=["vote", "representative"],
                name="budget_voter_once",
                violation_error_message=_("这位代表已经在名册上，一人只列一次。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def person_id(self) -> UUID | None:
        """The account of the representative, if there is one."""
        return self.representative.person_id if self.representative is not None else None


class BudgetBallot(BaseRecord):
    """An open roll call: what one person of the register marked on the phone. Published only without the name."""

    voter = models.OneToOneField(
        Voter, models.PROTECT, related_name="ballot", error_messages={"unique": _("这个人已经投过票，一人一票。")}
    )
    choices = models.JSONField(_("选择"), default=list)

    class Meta:
        verbose_name = _("手机选票")


class PaperBatch(BaseRecord):
    """A bundle of paper ballots; `ballots` stands once two people's keyings agree: [[numbers], sheets]."""

    vote = models.ForeignKey(BudgetVote, models.PROTECT, related_name="batches")
    number = models.PositiveSmallIntegerField(_("第几沓"))
    agreed = models.BooleanField(_("两遍一致"), default=False)
    ballots = models.JSONField(_("选票"), default=list)
    invalid = models.PositiveIntegerField(_("废票"), default=0)

    class Meta:
        verbose_name = _("一沓纸质选票")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "number"],
                name="paper_batch_once",
                violation_error_message=_("这一沓选票刚刚有人在录。请刷新页面，再录第二遍。"),
            )
        ]

    @property
    def standing(self) -> "models.QuerySet[BatchKeying]":
        """Its keyings without those set aside."""
        return self.keyings.filter(set_aside=False)


class BatchKeying(BaseRecord):
    """One keying-in of a bundle by one person."""

    batch = models.ForeignKey(PaperBatch, models.PROTECT, related_name="keyings")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    nth = models.PositiveSmallIntegerField(_("第几遍"))
    ballots = models.JSONField(_("选票"), default=list)
    invalid = models.PositiveIntegerField(_("废票"), default=0)
    set_aside = models.BooleanField(_("已作废，重新录入"), default=False, editable=False)

    class Meta:
        verbose_name = _("选票录入")
        ordering = ["nth"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "nth"],
                name="batch_keying_once",
                violation_error_message=_("刚刚有人录完了这一遍。请刷新页面，看还要不要再录。"),
            )
        ]
