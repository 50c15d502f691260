"""District matters (区级办理事项): what the district takes on, who decided, who handles it, what came of it.

Nothing here is overwritten: every opinion, handling, decision, dispatch, plan, contact, answer and rating is a row.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Line, Place
from yishiting.ground.seasons.due_days import DueField
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.dossiers.models import Dossier
from yishiting.year.matters.choices import (
    Body,
    CoordinationKind,
    Difficulty,
    ResultKind,
    Role,
    Satisfaction,
    Verdict,
    WithWhom,
)
from yishiting.year.matters.states import DISPATCH_LIFECYCLE, LIFECYCLE, OPINION_LIFECYCLE
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Category, Suggestion
from yishiting.year.visits.models import Stance


class Matter(BaseRecord):
    """One matter of the district, in one file, resting on what subdistricts and townships reported."""

    LIFECYCLE = LIFECYCLE

    dossier = models.OneToOneField(
        Dossier,
        models.PROTECT,
        related_name="matter",
        error_messages={"unique": _("这个案卷已经有区级事项。请刷新页面，在那一件上办理。")},
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="matters")
    line = models.CharField(_("归口"), max_length=6, choices=Line.choices)
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.CharField(
        _("编号"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("这个区级事项编号已经用过。请再办一次，系统会给新的编号。")},
    )
    title = models.CharField(_("事项"), max_length=160)
    situation = models.TextField(_("情况"))
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    difficulty = models.CharField(_("疑难类别"), max_length=12, choices=Difficulty.choices, blank=True, default="")
    touches_law = models.BooleanField(_("涉及法律问题"), default=False)
    needs_finding = models.CharField(_("办结须有哪个专业机构的结论"), max_length=80, blank=True, default="")
    state = LIFECYCLE.field()
    received_on = models.DateField(_("收到日期"))
    pending_since = models.DateField(_("待定日期"), null=True, blank=True)
    decided_on = models.DateField(_("决策日期"), null=True, blank=True)
    agenda_item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="matters")
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    round = models.PositiveSmallIntegerField(_("第几次办理"), default=1)
    due = DueField(_("办理期限"), null=True, blank=True)
    rating_due = DueField(_("评价期限"), null=True, blank=True)
    #: Everybody whose words it rests on has rated the answer of this round; the board asks nobody again.
    rated_by_all = models.BooleanField(default=False, editable=False)
    rules_label = models.CharField(_("规则版本"), max_length=40)

    class Meta:
        verbose_name = _("区级办理事项")
        ordering = ["-received_on", "-created_at"]
        indexes = [models.Index(fields=["place", "state", "due"], name="matter_place_state")]
        constraints = [
            LIFECYCLE.constraint("matter_state"),
            models.CheckConstraint(
                name="matter_pending_since_a_day",
                condition=~Q(state="pending") | Q(pending_since__isnull=False),
                violation_error_message=_("待定的事项要写明从哪一天起待定。"),
            ),
            models.CheckConstraint(
                name="matter_public_when_decided",
                condition=Q(notice__isnull=True) | Q(decided_on__isnull=False),
                violation_error_message=_("区委常委会决策以后才能公示。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Basis(BaseRecord):
    """A proposal from below that a matter rests on; it has one matter at a time."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="bases")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="matters")
    live = models.BooleanField(_("事项没有退回或不予办理"), default=True, editable=False)
    taken_out_on = models.DateField(_("取消并入日期"), null=True, blank=True)
    taken_out_because = models.TextField(_("取消并入原因"), blank=True, default="")

    class Meta:
        verbose_name = _("事项来源")
        constraints = [
            models.CheckConstraint(
                name="matter_basis_taken_out_with_reason",
                condition=Q(taken_out_on__isnull=True) | (Q(live=False) & ~Q(taken_out_because="")),
                violation_error_message=_("取消并入要写明原因。"),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(live=True),
                name="matter_rests_on_it_once",
                violation_error_message=_("这份建议案已经列为区级事项。请刷新页面，在那一件上办理。"),
            ),
        ]


class Opinion(BaseRecord):
    """A department asked whether a matter is lawful and feasible, and what it said, on what basis."""

    LIFECYCLE = OPINION_LIFECYCLE
    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="opinions")
    place = models.ForeignKey(Place, models.PROTECT)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="opinions")
    question = models.TextField(_("请论证什么"))
    asked_on = models.DateField(_("征求日期"))
    due = DueField(_("期限"))
    state = OPINION_LIFECYCLE.field()
    stance = models.CharField(_("意见"), max_length=12, choices=Stance.choices, blank=True, default="")
    legality = models.TextField(_("合法合规"), blank=True, default="")
    feasibility = models.TextField(_("技术、资金等可行性"), blank=True, default="")
    basis = models.TextField(_("依据"), blank=True, default="")
    suggested = models.CharField(_("建议由谁承办"), max_length=120, blank=True, default="")
    given_on = models.DateField(_("出具日期"), null=True, blank=True)
    #: Where the matter stood then.
    given_in = models.CharField(max_length=24, blank=True, default="", editable=False)
    #: The first proposed handling that rests on it: what comes later is on file and was not weighed.
    weighed_in = models.ForeignKey(
        "Handling", models.PROTECT, null=True, blank=True, related_name="opinions", editable=False
    )

    class Meta:
        verbose_name = _("可行性论证意见")
        ordering = ["asked_on", "created_at"]
        constraints = [
            OPINION_LIFECYCLE.constraint("opinion_state"),
            models.UniqueConstraint(
                fields=["matter", "unit"],
                condition=Q(state="asked"),
                name="opinion_asked_once",
                violation_error_message=_("已经请这个单位出具意见，正在等答复。"),
            ),
            models.CheckConstraint(
                name="opinion_given_with_basis",
                condition=~Q(state="given") | (~Q(stance="") & ~Q(basis="") & Q(given_on__isnull=False)),
                violation_error_message=_("出具意见要写明态度、依据和日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.get_stance_display() or self.get_state_display()}"

    @property
    def was_weighed(self) -> bool:
        """Whether it was there when a handling was proposed."""
        return self.weighed_in_id is not None


class Handling(BaseRecord):
    """A proposed handling (拟办建议): unit, person, work plan, by when. The latest is in force."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="handlings")
    place = models.ForeignKey(Place, models.PROTECT)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partners = models.ManyToManyField(Organisation, related_name="+", blank=True)
    person = models.CharField(_("责任人"), max_length=40)
    plan = models.TextField(_("工作方案"))
    standard = models.TextField(_("完成标准"))
    deadline = models.DateField(_("完成时限"))
    proposed_on = models.DateField(_("提出日期"))

    class Meta:
        verbose_name = _("拟办建议")
        ordering = ["created_at"]


class Decision(BaseRecord):
    """What a body decided, on which day, by which paper, with the reason; the office records it."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="decisions")
    place = models.ForeignKey(Place, models.PROTECT)
    body = models.CharField(_("决策机构"), max_length=20, choices=Body.choices)
    verdict = models.CharField(_("结果"), max_length=10, choices=Verdict.choices)
    held_on = models.DateField(_("日期"))
    paper = models.CharField(_("文件或会议纪要编号"), max_length=120, blank=True, default="")
    text = models.TextField(_("意见"), blank=True, default="")
    rules_label = models.CharField(_("规则版本"), max_length=40)

    class Meta:
        verbose_name = _("决策记录")
        ordering = ["held_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="decision_no_without_words",
                condition=Q(verdict__in=["passed", "agreed"]) | ~Q(text=""),
                violation_error_message=_("退回、不同意或待定，要写明理由。"),
            ),
            models.CheckConstraint(
                name="decision_of_the_top_has_a_paper",
                condition=~Q(body__in=["heads_meeting", "standing_committee"]) | ~Q(paper=""),
                violation_error_message=_("区长办公会和区委常委会的决定，要写明文件或会议纪要编号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()}：{self.get_verdict_display()}"


class Special(BaseRecord):
    """A special consultation (专题协商会) on a pending matter; there are as many as are needed."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="specials")
    place = models.ForeignKey(Place, models.PROTECT)
    held_on = models.DateField(_("日期"))
    venue = models.CharField(_("地点"), max_length=120)
    invited = models.TextField(_("请哪些方面参加"))
    lawyer = models.CharField(_("律师"), max_length=80, blank=True, default="")
    lawyer_reason = models.TextField(_("不请律师的理由"), blank=True, default="")
    came = models.TextField(_("到会的人"), blank=True, default="")
    differences = models.TextField(_("各方意见和分歧"), blank=True, default="")
    verdict = models.CharField(_("结果"), max_length=10, choices=Verdict.choices, blank=True, default="")
    cancelled_because = models.TextField(_("取消原因"), blank=True, default="")

    class Meta:
        verbose_name = _("专题协商会")
        ordering = ["held_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(verdict="", cancelled_because=""),
                name="special_called_once",
                violation_error_message=_("已经定了一次专题协商会。请先登记那一次的结果，或取消。"),
            ),
            models.CheckConstraint(
                name="special_held_with_points",
                condition=Q(verdict="") | (~Q(differences="") & ~Q(came="")),
                violation_error_message=_("专题协商会的结果要写明到会的人、各方意见和分歧。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.held_on}"


class Dispatch(BaseRecord):
    """A matter dispatched to a unit, and whether it countersigned, returned it, and what the office ruled."""

    LIFECYCLE = DISPATCH_LIFECYCLE
    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="dispatches")
    place = models.ForeignKey(Place, models.PROTECT)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="dispatches")
    role = models.CharField(_("主办或协办"), max_length=8, choices=Role.choices)
    state = DISPATCH_LIFECYCLE.field()
    sent_on = models.DateField(_("分派日期"))
    due = DueField(_("会签期限"))
    signed_by = models.CharField(_("会签人"), max_length=40, blank=True, default="")
    signed_on = models.DateField(_("会签日期"), null=True, blank=True)
    returned_on = models.DateField(_("退回日期"), null=True, blank=True)
    reason = models.TextField(_("退回理由"), blank=True, default="")
    ruling_due = DueField(_("裁定期限"), null=True, blank=True)
    ruling = models.TextField(_("裁定"), blank=True, default="")
    ruled_on = models.DateField(_("裁定日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("分派")
        ordering = ["sent_on", "created_at"]
        constraints = [
            DISPATCH_LIFECYCLE.constraint("dispatch_state"),
            models.UniqueConstraint(
                fields=["matter", "unit"],
                condition=~Q(state="replaced"),
                name="dispatched_to_a_unit_once",
                violation_error_message=_("这个单位已经承办这件事，不用再分派。"),
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(role="lead") & ~Q(state="replaced"),
                name="dispatch_has_one_lead",
                violation_error_message=_("主办单位只能有一个。"),
            ),
            models.CheckConstraint(
                name="dispatch_returned_with_reason",
                condition=~Q(state="returned") | (~Q(reason="") & Q(ruling_due__isnull=False)),
                violation_error_message=_("退回分派要写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}（{self.get_role_display()}）"


class WorkPlan(BaseRecord):
    """How the lead unit will do it: department, person, deadline, standard. A new plan stands beside the old."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="plans")
    place = models.ForeignKey(Place, models.PROTECT)
    department = models.CharField(_("责任部门"), max_length=80)
    person = models.CharField(_("责任人"), max_length=40)
    measures = models.TextField(_("实施方案"))
    standard = models.TextField(_("完成标准"))
    deadline = models.DateField(_("完成时限"))
    reason = models.TextField(_("为什么修改"), blank=True, default="")
    made_on = models.DateField(_("制定日期"))

    class Meta:
        verbose_name = _("实施方案")
        ordering = ["created_at"]


class Withdrawable(BaseRecord):
    """What was noted by hand and may have been noted wrongly: it stays on file, with the reason."""

    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdrawn_because = models.TextField(_("撤销原因"), blank=True, default="")

    class Meta:
        abstract = True


class Step(Withdrawable):
    """One entry of the progress sheet (进度跟踪单), which the public reads."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="steps")
    place = models.ForeignKey(Place, models.PROTECT)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    happened_on = models.DateField(_("日期"))
    percent = models.PositiveSmallIntegerField(_("进度（%）"))
    done = models.TextField(_("做了什么"))
    trouble = models.TextField(_("还有什么困难"), blank=True, default="")
    next_step = models.TextField(_("下一步"), blank=True, default="")

    class Meta:
        verbose_name = _("办理进展")
        ordering = ["happened_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="matter_percent_in_range",
                condition=Q(percent__lte=100),
                violation_error_message=_("办理进度应在0到100之间。"),
            )
        ]


class Contact(Withdrawable):
    """Being in touch before an answer (沟通记录): with whom, when, what was said. Read at the desks alone."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="contacts")
    place = models.ForeignKey(Place, models.PROTECT)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    whom = models.CharField(_("沟通对象"), max_length=10, choices=WithWhom.choices)
    named = models.CharField(_("单位或身份"), max_length=80, blank=True, default="")
    happened_on = models.DateField(_("日期"))
    text = models.TextField(_("沟通情况"))
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("沟通记录")
        ordering = ["happened_on", "created_at"]


class Coordination(Withdrawable):
    """Special coordination in the district, or with the city: whom, what was asked, what came of it."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="coordinations")
    place = models.ForeignKey(Place, models.PROTECT)
    kind = models.CharField(_("方式"), max_length=10, choices=CoordinationKind.choices)
    held_on = models.DateField(_("日期"))
    whom = models.CharField(_("与哪些单位"), max_length=200)
    asked = models.TextField(_("请求解决什么"))
    got = models.TextField(_("结果"), blank=True, default="")
    money_asked = models.BigIntegerField(_("申请资金（分）"), null=True, blank=True)
    money_got = models.BigIntegerField(_("落实资金（分）"), null=True, blank=True)

    class Meta:
        verbose_name = _("协调记录")
        ordering = ["held_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="coordination_money_not_negative",
                condition=(Q(money_asked__isnull=True) | Q(money_asked__gte=0))
                & (Q(money_got__isnull=True) | Q(money_got__gte=0)),
                violation_error_message=_("资金不能是负数。"),
            )
        ]


class Reminder(BaseRecord):
    """An entry of the oversight list (督办单): to whom, how late, what the leader wants."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="reminders")
    place = models.ForeignKey(Place, models.PROTECT)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField(_("督办日期"))
    text = models.TextField(_("督办意见"))
    new_date = models.DateField(_("要求在哪天以前"), null=True, blank=True)
    was_due = models.DateField(_("原定期限"), null=True, blank=True)

    class Meta:
        verbose_name = _("督办")
        ordering = ["sent_on", "created_at"]


class Result(BaseRecord):
    """One unified answer of the units; a second answer stands beside the first."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="results")
    place = models.ForeignKey(Place, models.PROTECT)
    round = models.PositiveSmallIntegerField(_("第几次办理"))
    kind = models.CharField(_("办理结果"), max_length=10, choices=ResultKind.choices)
    text = models.TextField(_("答复"))
    conditions = models.TextField(_("具备什么条件时办理"), blank=True, default="")
    back_on = models.DateField(_("到哪一天再看"), null=True, blank=True)
    finding = models.CharField(_("专业机构的结论和编号"), max_length=160, blank=True, default="")
    answered_on = models.DateField(_("答复日期"))

    class Meta:
        verbose_name = _("办理答复")
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "round"],
                name="one_answer_for_a_round",
                violation_error_message=_("这一次办理已经答复过。"),
            ),
            models.CheckConstraint(
                name="planned_with_conditions",
                condition=~Q(kind="planned") | (~Q(conditions="") & Q(back_on__isnull=False)),
                violation_error_message=_("列入计划的，要写明条件和到哪一天再看。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class AnswerTemplate(BaseRecord):
    """Words a unit keeps for its answers, to begin from; what was dropped is offered no longer."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="answer_templates")
    place = models.ForeignKey(Place, models.PROTECT)
    name = models.CharField(_("名称"), max_length=40)
    text = models.TextField(_("答复模板"))
    live = models.BooleanField(_("还在用"), default=True, editable=False)

    class Meta:
        verbose_name = _("答复模板")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(live=True),
                name="template_of_a_unit_named_once",
                violation_error_message=_("本单位已经有这个名称的模板。请换个名称，或先撤下那一个。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Rating(BaseRecord):
    """What one proposer said of an answer; who it was stays with the suggestion."""

    LOCKED_AFTER = "matter"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="ratings")
    place = models.ForeignKey(Place, models.PROTECT)
    result = models.ForeignKey(Result, models.PROTECT, related_name="ratings")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="+")
    satisfaction = models.CharField(_("评价"), max_length=14, choices=Satisfaction.choices)
    words = models.TextField(_("哪里不满意"), blank=True, default="")
    rated_on = models.DateField(_("评价日期"))
    by_desk = models.BooleanField(_("由工作台代录"), default=False)

    class Meta:
        verbose_name = _("对答复的评价")
        ordering = ["rated_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "suggestion"],
                name="rated_once_by_a_proposer",
                violation_error_message=_("这次答复已经评价过。"),
            ),
            models.CheckConstraint(
                name="not_satisfied_says_why",
                condition=~Q(satisfaction="not_satisfied") | ~Q(words=""),
                violation_error_message=_("不满意的，请写明哪里不满意。"),
            ),
        ]
