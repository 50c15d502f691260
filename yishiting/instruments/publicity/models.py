"""Public notices with a period in working days, and objections to them."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord, RecordQuerySet
from yishiting.ground.common.secrets import SealedField
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import DueField
from yishiting.instruments.publicity.states import LIFECYCLE, OBJECTION_LIFECYCLE, State


class NoticeKind(models.TextChoices):
    """What is made public."""

    SOLICITATION = "solicitation", _("征集公告")
    CANDIDATES = "candidates", _("候选人公示")
    RESULT = "result", _("选举结果公告")
    RESOLUTION = "resolution", _("决议公告")
    PLAN = "plan", _("实施方案公示")
    WORKS_PLAN = "works_plan", _("实施计划书公示")
    MATTERS = "matters", _("区级办理事项公示")
    REVIEW = "review", _("评议结果公示")
    ANNOUNCEMENT = "announcement", _("公告")


class PublicNoticeQuerySet(RecordQuerySet["PublicNotice"]):
    """Named filters."""

    def on_the_board(self, today: date) -> "PublicNoticeQuerySet":
        """What the public may read: everything whose first day has come."""
        return self.filter(posted_on__lte=today)


class PublicNotice(BaseRecord):
    """Posted from a day for so many working days; what waits for it goes on only when it has closed clear."""

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="public_notices")
    number = models.CharField(_("编号"), max_length=60)
    kind = models.CharField(_("类别"), max_length=16, choices=NoticeKind.choices)
    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"))
    table = models.JSONField(_("表格"), default=dict, blank=True)
    basis = models.TextField(_("依据"), blank=True, default="")
    subject_kind = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.CharField(max_length=40, blank=True, default="")
    posted_on = models.DateField(_("公示开始"))
    last_day = DueField(_("公示截止"))
    workdays = models.PositiveSmallIntegerField(_("工作日数"))
    takes_objections = models.BooleanField(_("接受异议"), default=True)
    issuer = models.CharField(_("发布单位"), max_length=80)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True, default="")
    rules_label = models.CharField(_("规则版本"), max_length=40)
    state = LIFECYCLE.field()
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    outcome = models.TextField(_("公示结果"), blank=True, default="")

    objects: ClassVar = PublicNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示")
        ordering = ["-posted_on", "-created_at"]
        indexes = [models.Index(fields=["place", "state", "last_day"], name="notice_place_state")]
        constraints = [
            LIFECYCLE.constraint("public_notice_state"),
            models.UniqueConstraint(
                fields=["place", "number"],
                name="public_notice_number_once",
                violation_error_message=_("这个公示编号已经用过。请再发布一次，系统会给新的编号。"),
            ),
            models.CheckConstraint(
                name="public_notice_period_in_order",
                condition=Q(last_day__gte=F("posted_on")),
                violation_error_message=_("公示截止日期不能早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> str:
        """Where it stands, in words: an announcement nothing waits for has run out, and leads to no next step."""
        over = self.state == State.CLEAR and not self.takes_objections
        return str(_("公告期满") if over else self.get_state_display())

    def lines(self) -> list[list[tuple[str, str]]]:
        """The rows of the table, each cell with the name of its column."""
        columns = self.table.get("columns", [])
        return [list(zip(columns, row, strict=True)) for row in self.table.get("rows", [])]


class Objection(BaseRecord):
    """An objection to a notice, with its answer. Who objects is nobody's business but the desk's."""

    MOVES_WITH_ACCOUNT = ("person",)

    LEDGER = Binding(sealed=("text",))

    LIFECYCLE = OBJECTION_LIFECYCLE
    LOCKED_AFTER = "notice"

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    place = models.ForeignKey(Place, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="objections")
    receipt = models.CharField(
        _("登记号"),
        max_length=10,
        unique=True,
        error_messages={"unique": _("这个登记号已经用过。请再提交一次，系统会给新的号。")},
    )
    text = SealedField(_("异议内容"))
    contact = SealedField(_("联系方式"), blank=True, default="")
    received_on = models.DateField(_("收到日期"))
    answer_due = DueField(_("答复期限"))
    state = OBJECTION_LIFECYCLE.field()
    answer = models.TextField(_("处理结果"), blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("异议")
        ordering = ["received_on", "receipt"]
        constraints = [
            OBJECTION_LIFECYCLE.constraint("objection_state"),
            models.CheckConstraint(
                name="objection_answered_with_words",
                condition=Q(state="received") | ~Q(answer=""),
                violation_error_message=_("处理异议必须写明理由。"),
            ),
        ]
