"""Consultations with their statements and votes, questionnaires with their answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.year.consultations.states import (
    LIFECYCLE,
    QUESTIONNAIRE_LIFECYCLE,
    STATEMENT_LIFECYCLE,
    StatementState,
)


class Consultation(BaseRecord):
    """One question put to everybody of a place, to be answered statement by statement."""

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="consultations")
    title = models.CharField(_("名称"), max_length=120)
    question = models.TextField(_("请大家表态的事"))
    opens = models.DateField(_("开始"))
    closes = models.DateField(_("截止"))
    subject_kind = models.CharField(max_length=24, blank=True, default="")
    subject_id = models.CharField(max_length=36, blank=True, default="")
    state = LIFECYCLE.field()
    closed_on = models.DateField(_("封存日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")
    void_reason = models.TextField(_("作废原因"), blank=True, default="")
    totals = models.JSONField(_("合计"), default=dict, blank=True)
    table_hash = models.CharField(_("表态表的校验值"), max_length=64, blank=True, default="")
    result = models.JSONField(_("结果"), default=dict, blank=True)
    picture = models.TextField(_("图谱"), blank=True, default="")

    class Meta:
        verbose_name = _("意见征求")
        ordering = ["-opens", "-created_at"]
        indexes = [models.Index(fields=["place", "-opens"], name="consultation_place_opens")]
        constraints = [
            LIFECYCLE.constraint("consultation_state_known"),
            models.CheckConstraint(
                name="consultation_days_in_order",
                condition=Q(closes__gte=models.F("opens")),
                violation_error_message=_("截止日期不能早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(BaseRecord):
    """Whoever answers in one consultation: while it is open a keyed hash, afterwards only a shuffled number."""

    LEDGER = Binding(bound=False)

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="participants")
    key = models.CharField(max_length=64, blank=True, default="")
    number = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("参加的人")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "key"],
                condition=~Q(key=""),
                name="participant_key_once",
                violation_error_message=_("您的表态正在登记，请稍等一下再点。"),
            ),
            models.UniqueConstraint(
                fields=["consultation", "number"],
                name="participant_number_once",
                violation_error_message=_("这次征求的参加人已经编过号。请刷新页面查看。"),
            ),
        ]


class Statement(BaseRecord):
    """One short view others agree or disagree with. Its author is never shown."""

    MOVES_WITH_ACCOUNT = ("author",)

    LEDGER = Binding(without=("author", "author_key"))

    LIFECYCLE = STATEMENT_LIFECYCLE
    LOCKED_AFTER = "consultation"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="statements")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("序号"))
    text = models.TextField(_("看法"))
    seeded = models.BooleanField(_("由经办人起草"), default=False)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    author_key = models.CharField(max_length=64, blank=True, default="")
    state = STATEMENT_LIFECYCLE.field()
    reason = models.TextField(_("搁置的原因"), blank=True, default="")

    class Meta:
        verbose_name = _("看法")
        ordering = ["number"]
        constraints = [
            STATEMENT_LIFECYCLE.constraint("statement_state_known"),
            models.UniqueConstraint(
                fields=["consultation", "number"],
                name="statement_number_once",
                violation_error_message=_("刚刚有人也补充了一条看法。请再提交一次。"),
            ),
            models.CheckConstraint(
                name="statement_set_aside_with_reason",
                condition=~Q(state=StatementState.SET_ASIDE) | ~Q(reason=""),
                violation_error_message=_("搁置一条看法，要写明原因。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Choice(models.IntegerChoices):
    """What one can answer to a statement."""

    AGREE = 1, _("同意")
    DISAGREE = -1, _("不同意")
    PASS = 0, _("说不好")


class OpinionVote(BaseRecord):
    """One answer of one participant to one statement; the last one counts and replaces the one before."""

    LEDGER = Binding(bound=False)

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    choice = models.SmallIntegerField(_("表态"), choices=Choice.choices)

    class Meta:
        verbose_name = _("表态")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"],
                name="opinion_vote_once",
                violation_error_message=_("这条看法您刚刚表过态。要改，请刷新页面再点。"),
            ),
            models.CheckConstraint(
                name="opinion_vote_choice_known",
                condition=Q(choice__in=Choice.values),
                violation_error_message=_("请选同意、不同意或说不好。"),
            ),
        ]


class Questionnaire(BaseRecord):
    """Questions put to whoever likes to answer; nobody signs in or gives a name."""

    LIFECYCLE = QUESTIONNAIRE_LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="questionnaires")
    title = models.CharField(_("名称"), max_length=120)
    intro = models.TextField(_("开头的话"), blank=True, default="")
    questions = models.JSONField(_("题目"), default=list, blank=True)
    opens = models.DateField(_("开始"))
    closes = models.DateField(_("截止"))
    state = QUESTIONNAIRE_LIFECYCLE.field()
    closed_on = models.DateField(_("封存日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")
    void_reason = models.TextField(_("作废原因"), blank=True, default="")

    class Meta:
        verbose_name = _("问卷")
        ordering = ["-opens", "-created_at"]
        indexes = [models.Index(fields=["place", "-opens"], name="questionnaire_place_opens")]
        constraints = [
            QUESTIONNAIRE_LIFECYCLE.constraint("questionnaire_state_known"),
            models.CheckConstraint(
                name="questionnaire_days_in_order",
                condition=Q(closes__gte=models.F("opens")),
                violation_error_message=_("截止日期不能早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Origin(models.TextChoices):
    """How a filled-in questionnaire came."""

    WEB = "web", _("网上填写")
    PAPER = "paper", _("纸质代录")


class Filled(BaseRecord):
    """That somebody has filled in a questionnaire, never which one: a keyed hash, erased when it is closed."""

    LEDGER = Binding(bound=False)

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="fillings")
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("已填问卷的人")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "key"],
                name="questionnaire_filled_once",
                violation_error_message=_("您已经填过这份问卷，谢谢您。每人一份。"),
            )
        ]


class Response(BaseRecord):
    """One filled-in questionnaire, without a name."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="responses")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("份号"))
    answers = models.JSONField(_("回答"), default=dict)
    origin = models.CharField(_("来源"), max_length=8, choices=Origin.choices, default=Origin.WEB)
    session_id = models.CharField(_("征集场次"), max_length=36, blank=True, default="")
    sheet = models.PositiveIntegerField(_("纸上的编号"), null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_over = models.JSONField(_("转成的建议"), default=dict, blank=True)

    class Meta:
        verbose_name = _("填好的问卷")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"],
                name="response_number_once",
                violation_error_message=_("刚刚有人也交了一份问卷。请再提交一次。"),
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "session_id", "sheet"],
                condition=models.Q(sheet__isnull=False),
                name="response_sheet_once",
                violation_error_message=_("这个编号的纸质问卷已经录过，一人一张。请核对编号。"),
            ),
        ]
