"""Funds by place, year and source; their accounts; and the postings between accounts, which nobody changes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord, RecordQuerySet
from yishiting.ground.common.parameters import MOST_FEN
from yishiting.ground.places.models import Place


class Source(models.TextChoices):
    """Where money comes from."""

    SPECIAL = "special", _("专项资金")
    SERVICE = "service", _("服务群众经费")
    AUTONOMY = "autonomy", _("自治金")
    SHARED = "shared", _("共有收益")
    SOCIAL = "social", _("社会资金")


#: What is handed down the tree; the rest is a place's own.
HANDED_DOWN = (Source.SPECIAL, Source.SERVICE)
FIRST_YEAR, LAST_YEAR = 2000, 2199


class Fund(BaseRecord):
    """The money of one place, one year and one source."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="funds")
    year = models.PositiveSmallIntegerField(_("年度"))
    source = models.CharField(_("资金来源"), max_length=12, choices=Source.choices)

    class Meta:
        verbose_name = _("资金")
        ordering = ["-year", "place__code", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "source"],
                name="fund_once",
                violation_error_message=_("这一年度的这笔资金已经立过，不用再立。"),
            ),
            models.CheckConstraint(
                name="fund_source_known",
                condition=Q(source__in=Source.values),
                violation_error_message=_("没有这样的资金来源。"),
            ),
            models.CheckConstraint(
                name="fund_year_in_range",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=_("年度应在2000到2199之间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_source_display()}"


class AccountKind(models.TextChoices):
    """What an account of a fund stands for."""

    ORIGIN = "origin", _("来源")
    LEFT = "left", _("可用")
    COMMITTED = "committed", _("已安排未支付")
    SPENT = "spent", _("已支付")


#: Accounts that are for one thing alone.
FOR_ONE_THING = (AccountKind.COMMITTED, AccountKind.SPENT)


class AccountQuerySet(RecordQuerySet["Account"]):
    """Named filters."""

    def of_thing(self, key: object) -> "AccountQuerySet":
        """The accounts of one thing that money is for."""
        return self.filter(subject_id=str(key))


class Account(BaseRecord):
    """One account of a fund; `balance` is what its postings come to, and the database keeps it from falling below nought.

    What comes from outside comes out of the fund's ORIGIN, which alone goes below. What money is for is known to later
    packages; here it is a key with its words.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="accounts")
    kind = models.CharField(_("科目"), max_length=10, choices=AccountKind.choices)
    subject_kind = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.CharField(max_length=40, blank=True, default="", db_index=True)
    title = models.CharField(_("用途"), max_length=240, blank=True, default="")
    balance = models.BigIntegerField(_("余额（分）"), default=0)

    objects: ClassVar = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("资金科目")
        ordering = ["fund", "kind", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "kind", "subject_id"],
                name="account_once",
                violation_error_message=_("这个科目已经有了。请刷新页面再办。"),
            ),
            models.CheckConstraint(
                name="account_kind_known",
                condition=Q(kind__in=AccountKind.values),
                violation_error_message=_("没有这样的科目。"),
            ),
            models.CheckConstraint(
                name="account_for_one_thing",
                condition=(Q(kind__in=FOR_ONE_THING) & ~Q(subject_id=""))
                | (~Q(kind__in=FOR_ONE_THING) & Q(subject_id="")),
                violation_error_message=_("已安排和已支付的钱要写明用在哪个项目上。"),
            ),
            models.CheckConstraint(
                name="account_not_overdrawn",
                condition=Q(kind=AccountKind.ORIGIN) | Q(balance__gte=0),
                violation_error_message=_("余额不够，这一笔没有办。请刷新页面查看现在的余额。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.get_kind_display()}"


class PostingKind(models.TextChoices):
    """What a posting is."""

    BUDGET = "budget", _("预算、收入")
    ALLOT = "allot", _("下达")
    RETURN = "return", _("缴回")
    CARRY_OVER = "carry_over", _("结转")
    COMMIT = "commit", _("安排到项目")
    RELEASE = "release", _("从项目收回")
    GIFT = "gift", _("社会捐助")
    PAY = "pay", _("支付")
    REVERSE = "reverse", _("冲正")


#: What is reversed with what else was done, by the verb of that.
WITH_SOMETHING_ELSE = (PostingKind.GIFT, PostingKind.PAY, PostingKind.REVERSE)


class Posting(BaseRecord):
    """An amount debited to one account and credited to another, on the day it was booked.

    Both sides are of equal amount because there is one amount. A wrong one is reversed by another, once.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(_("类别"), max_length=12, choices=PostingKind.choices)
    #: 借: where the amount goes.
    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    #: 贷: where it comes from.
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    fen = models.BigIntegerField(_("金额（分）"))
    booked_on = models.DateField(_("记账日期"))
    basis = models.CharField(_("依据"), max_length=160)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reversals")

    class Meta:
        verbose_name = _("账目")
        ordering = ["booked_on", "created_at"]
        indexes = [models.Index(fields=["booked_on", "kind"], name="posting_day_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["reverses"],
                name="posting_reversed_once",
                violation_error_message=_("这一笔已经冲正过，不能再冲一次。"),
            ),
            models.CheckConstraint(
                name="posting_amount_in_range",
                condition=Q(fen__gte=1, fen__lte=MOST_FEN),
                violation_error_message=_("金额要大于0，不超过1000亿元。"),
            ),
            models.CheckConstraint(
                name="posting_between_two",
                condition=~Q(debit=F("credit")),
                violation_error_message=_("钱从一个科目记到另一个科目，不能是同一个。"),
            ),
            models.CheckConstraint(
                name="posting_kind_known",
                condition=Q(kind__in=PostingKind.values),
                violation_error_message=_("没有这样的账目类别。"),
            ),
            models.CheckConstraint(
                name="posting_reverses_what",
                condition=Q(kind=PostingKind.REVERSE, reverses__isnull=False)
                | (~Q(kind=PostingKind.REVERSE) & Q(reverses__isnull=True)),
                violation_error_message=_("冲正要写明冲的是哪一笔。"),
            ),
        ]

    def __str__(self) -> str:
        return str(PostingKind(self.kind).label)

    @property
    def is_reversed(self) -> bool:
        """Whether another posting has taken it back."""
        return bool(self.reversals.all())
