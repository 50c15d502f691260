"""What is spent on a project: contracts with their milestones, payments with the postings they made, gifts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.parameters import MOST_FEN
from yishiting.ground.places.models import Place
from yishiting.instruments.funds.models import Posting
from yishiting.year.projects.models import Project
from yishiting.year.spending.states import CONTRACT_LIFECYCLE, LIFECYCLE, LIVE


class Contract(BaseRecord):
    """Somebody does or delivers something for a project, for an amount paid at milestones."""

    LIFECYCLE = CONTRACT_LIFECYCLE
    LOCKED_AFTER = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="contracts")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    payee = models.CharField(_("收款人"), max_length=80)
    #: Of a private person the public reads the surname alone.
    private_payee = models.BooleanField(_("收款的是个人"), default=False)
    number = models.CharField(_("合同编号"), max_length=60)
    title = models.CharField(_("合同内容"), max_length=160)
    fen = models.BigIntegerField(_("合同金额（分）"))
    signed_on = models.DateField(_("签订日期"))
    state = CONTRACT_LIFECYCLE.field()
    ended_because = models.CharField(_("终止原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("合同")
        ordering = ["created_at"]
        constraints = [
            CONTRACT_LIFECYCLE.constraint("contract_state"),
            models.UniqueConstraint(
                fields=["project", "number"],
                name="contract_number_once",
                violation_error_message=_("这个项目已经登记过这个编号的合同。"),
            ),
            models.CheckConstraint(
                name="contract_amount_in_range",
                condition=Q(fen__gte=1, fen__lte=MOST_FEN),
                violation_error_message=_("合同金额要大于0，不超过1000亿元。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(BaseRecord):
    """A part of a contract that is paid when something is reached; the last is paid after a passed review."""

    LOCKED_AFTER = "contract.project"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("第几期"))
    title = models.CharField(_("付款条件"), max_length=120)
    fen = models.BigIntegerField(_("金额（分）"))
    last = models.BooleanField(_("尾款"), default=False)

    class Meta:
        verbose_name = _("付款期次")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "position"],
                name="milestone_once",
                violation_error_message=_("合同里这一期已经有了。请刷新页面再办。"),
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(last=True),
                name="milestone_one_is_last",
                violation_error_message=_("一份合同只有一期尾款。"),
            ),
            models.CheckConstraint(
                name="milestone_amount_in_range",
                condition=Q(fen__gte=1, fen__lte=MOST_FEN),
                violation_error_message=_("每一期的金额要大于0，不超过1000亿元。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Payment(BaseRecord):
    """One milestone on its way to be paid: asked for by the desk, approved by who leads, paid by who keeps the accounts."""

    LIFECYCLE = LIFECYCLE
    LOCKED_AFTER = "contract.project"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="payments")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="payments")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    state = LIFECYCLE.field()
    note = models.TextField(_("说明"), blank=True, default="")
    asked_on = models.DateField(_("申请日期"))
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_on = models.DateField(_("审批日期"), null=True, blank=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(_("支付日期"), null=True, blank=True)
    booked_on = models.DateField(_("登记日期"), null=True, blank=True)
    voucher = models.CharField(_("凭证号"), max_length=60, blank=True, default="")
    reason = models.CharField(_("退回、冲正原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("支付")
        ordering = ["-asked_on", "-created_at"]
        indexes = [models.Index(fields=["place", "state"], name="payment_place_state")]
        constraints = [
            LIFECYCLE.constraint("payment_state"),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(state__in=LIVE),
                name="payment_once_for_a_milestone",
                violation_error_message=_("这一期款已经有人申请，正在办理或已经支付，不能再付一次。请刷新页面查看。"),
            ),
            models.CheckConstraint(
                name="payment_paid_with_voucher",
                condition=~Q(state="paid") | (Q(paid_on__isnull=False) & ~Q(voucher="")),
                violation_error_message=_("支付要写明日期和凭证号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.payee} {self.milestone.title}"


class Draw(BaseRecord):
    """Which part of a payment came from which fund: the posting it made."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="draws")
    posting = models.OneToOneField(
        Posting,
        models.PROTECT,
        related_name="draw",
        error_messages={"unique": _("这一笔账目已经记在另一次支付里。请刷新页面再办。")},
    )

    class Meta:
        verbose_name = _("支付的出处")
        ordering = ["created_at"]


class PaymentFile(BaseRecord):
    """A file of payments of the finance office, and what became of each of its rows."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="payment_files")
    name = models.CharField(_("文件"), max_length=120)
    headings = models.JSONField(_("表头"), default=list)
    #: Of each row its number, its cells, whether it was matched, and what is said of it.
    lines = models.JSONField(_("各行"), default=list)
    matched = models.PositiveIntegerField(_("已登记支付"), default=0)
    unmatched = models.PositiveIntegerField(_("没有对上"), default=0)
    taken_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("支付文件")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class GiftKind(models.TextChoices):
    """What is given."""

    CASH = "cash", _("资金")
    GOODS = "goods", _("实物或服务")
    HOURS = "hours", _("义务劳动")


class Gift(BaseRecord):
    """What somebody gave to a project: cash that is booked, goods with a value and its basis, hours that stay hours."""

    LOCKED_AFTER = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="gifts")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(_("给的是什么"), max_length=8, choices=GiftKind.choices)
    giver = models.CharField(_("捐助人"), max_length=80)
    private_giver = models.BooleanField(_("捐助的是个人"), default=False)
    what = models.CharField(_("内容"), max_length=160)
    fen = models.BigIntegerField(_("金额或价值（分）"), null=True, blank=True)
    hours = models.PositiveIntegerField(_("小时数"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=160, blank=True, default="")
    received_on = models.DateField(_("收到日期"))
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="gifts")
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdrawn_because = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("社会捐助")
        ordering = ["received_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting"],
                name="gift_posting_once",
                violation_error_message=_("这一笔账目已经记在另一次捐助里。请刷新页面再办。"),
            ),
            models.CheckConstraint(
                name="gift_is_of_its_kind",
                condition=Q(kind="cash", fen__gte=1, fen__lte=MOST_FEN, hours__isnull=True, posting__isnull=False)
                | (
                    Q(kind="goods", fen__gte=1, fen__lte=MOST_FEN, hours__isnull=True, posting__isnull=True)
                    & ~Q(basis="")
                )
                | Q(kind="hours", fen__isnull=True, hours__gte=1, posting__isnull=True),
                violation_error_message=_("资金写金额；实物写价值和价值的依据；义务劳动只写小时数，不折成钱。"),
            ),
        ]

    def __str__(self) -> str:
        return self.what
