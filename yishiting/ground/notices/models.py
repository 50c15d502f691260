"""Messages to people: queued in the transaction that causes them, sent exactly once, failures visible."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.secrets import SealedField
from yishiting.ground.places.models import Place


class Way(models.TextChoices):
    """By which way a message goes."""

    ON_SITE = "on_site", _("站内")
    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")


class Audience(models.TextChoices):
    """In whose rooms a message is followed up; the doors know the address."""

    PUBLIC = "public", _("公开页面")
    REPRESENTATIVE = "representative", _("代表")
    DESK = "desk", _("工作台")


class Delivery(models.TextChoices):
    """How far a message has got."""

    QUEUED = "queued", _("待发送")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发送")
    GATHERED = "gathered", _("已并入每日汇总")
    DELIVERED = "delivered", _("已送达")
    FAILED = "failed", _("发送失败")
    GIVEN_UP = "given_up", _("放弃")


class Message(BaseRecord):
    """One message to one person by one way. `once` is what makes it exactly one."""

    MOVES_WITH_ACCOUNT = ("to",)

    LEDGER = Binding(bound=False, public=False)

    to = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="messages")
    address = SealedField(_("地址"), blank=True, default="")
    way = models.CharField(_("方式"), max_length=8, choices=Way.choices)
    template = models.CharField(_("模板"), max_length=60)
    subject = models.CharField(_("标题"), max_length=160)
    body = SealedField(_("内容"))
    audience = models.CharField(_("在哪里看"), max_length=14, choices=Audience.choices, blank=True, default="")
    about_kind = models.CharField(_("关于什么"), max_length=60, blank=True, default="")
    about_id = models.CharField(_("编号"), max_length=40, blank=True, default="")
    place_code = models.CharField(_("区划代码"), max_length=12, blank=True, default="", db_index=True)
    once = models.CharField(max_length=200, unique=True, error_messages={"unique": _("这条消息已经发过，不用再发。")})
    #: The step of the procedure it tells of: who was told is read from the rows of one step.
    step = models.CharField(_("步骤"), max_length=200, blank=True, default="", db_index=True, editable=False)
    digest = models.BooleanField(_("合并发送"), default=False)
    delivery = models.CharField(_("状态"), max_length=10, choices=Delivery.choices, default=Delivery.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    resends = models.PositiveSmallIntegerField(_("重发次数"), default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    outside_id = models.CharField(_("网关编号"), max_length=80, blank=True, default="")
    failure = models.CharField(_("失败原因"), max_length=200, blank=True, default="")
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["delivery", "next_attempt_at"], name="message_queue"),
            models.Index(fields=["to", "way", "read_at"], name="message_inbox"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_audience_known",
                condition=Q(audience__in=["", *Audience.values]),
                violation_error_message=_("没有这样的读者。请刷新页面再办。"),
            ),
            models.CheckConstraint(
                name="message_delivery_known",
                condition=Q(delivery__in=Delivery.values),
                violation_error_message=_("没有这样的发送状态。请刷新页面再办。"),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.get_way_display())

    @property
    def key(self) -> str:
        """What the gateway knows the sending by: the same for every try, another after the desk sends it again."""
        return f"{self.pk}-{self.resends}" if self.resends else str(self.pk)


class HowCalled(models.TextChoices):
    """How somebody was told whom no message reaches."""

    TELEPHONE = "telephone", _("打了电话")
    IN_PERSON = "in_person", _("当面告知")
    BY_ANOTHER = "by_another", _("请人转告")
    NOT_REACHED = "not_reached", _("没有联系上")


class Call(BaseRecord):
    """Somebody whom no message reaches and whom the desk has to ring, once for each step; and when that was done."""

    LEDGER = Binding(public=False, without=("name", "phone", "body", "note"))

    place = models.ForeignKey(Place, models.PROTECT, related_name="calls")
    step = models.CharField(_("步骤"), max_length=200, db_index=True, editable=False)
    once = models.CharField(
        max_length=200, unique=True, error_messages={"unique": _("这个人这件事已经列入待告知名单。")}
    )
    name = SealedField(_("姓名"), blank=True, default="")
    unit = models.CharField(_("单位或受理号"), max_length=120, blank=True, default="")
    phone = SealedField(_("电话"), blank=True, default="")
    subject = models.CharField(_("事项"), max_length=160)
    body = SealedField(_("告知内容"))
    called_on = models.DateField(_("告知日期"), null=True, blank=True)
    called_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("告知人")
    )
    how = models.CharField(_("怎样告知的"), max_length=12, choices=HowCalled.choices, blank=True, default="")
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("待电话告知的人")
        ordering = ["called_on", "-created_at", "unit"]
        constraints = [
            models.CheckConstraint(
                name="call_way_known",
                condition=Q(how__in=["", *HowCalled.values]),
                violation_error_message=_("请选怎样告知的。"),
            ),
            models.CheckConstraint(
                name="call_says_how",
                condition=Q(called_on=None, how="") | (Q(called_on__isnull=False) & ~Q(how="")),
                violation_error_message=_("请写明哪天、怎样告知的。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name or self.unit or self.subject)
