"""Sittings of the directors' meeting (主任办公会), the report it adopts, the plan of works it decides."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.organisations.models import Office, Organisation
from yishiting.ground.places.models import Place
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.directors.states import LIFECYCLE, PLAN_LIFECYCLE, REPORT_LIFECYCLE
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.suggestions.models import Suggestion


class Sitting(BaseRecord):
    """One meeting of the heads of a subdistrict or township; its office keeps the record."""

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="sittings")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.CharField(_("编号"), max_length=60, blank=True, default="")
    held_on = models.DateField(_("开会日期"))
    venue = models.CharField(_("地点"), max_length=80, blank=True, default="")
    state = LIFECYCLE.field()
    chaired_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    cancelled_because = models.TextField(_("取消原因"), blank=True, default="")

    class Meta:
        verbose_name = _("主任办公会")
        ordering = ["-held_on", "-created_at"]
        indexes = [models.Index(fields=["place", "state"], name="sitting_place_state")]
        constraints = [
            LIFECYCLE.constraint("sitting_state"),
            models.UniqueConstraint(
                fields=["place", "number"],
                condition=~Q(number=""),
                name="sitting_number_once",
                violation_error_message=_("这个主任办公会编号已经用过。请再印发一次，系统会给新的编号。"),
            ),
            models.UniqueConstraint(
                fields=["place", "held_on"],
                condition=Q(state__in=["called", "open"]),
                name="sitting_once_a_day",
                violation_error_message=_("这一天已经召集了主任办公会。请把议题列入那一次的议程，或者换一天。"),
            ),
            models.CheckConstraint(
                name="sitting_open_has_a_chair",
                condition=Q(state__in=["called", "cancelled"]) | Q(chaired_by__isnull=False),
                violation_error_message=_("开会要写明由谁主持。"),
            ),
            models.CheckConstraint(
                name="sitting_cancelled_with_reason",
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                violation_error_message=_("取消主任办公会要写明原因。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.place.name}主任办公会（{self.held_on.month}月{self.held_on.day}日）"


class Present(BaseRecord):
    """Somebody who was there, with the office they held that day."""

    LOCKED_AFTER = "sitting"

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="present")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.CharField(_("职务"), max_length=24, choices=Office.choices)

    class Meta:
        verbose_name = _("到会人员")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "person"],
                name="present_once",
                violation_error_message=_("这个人已经登记到会。请刷新页面查看。"),
            )
        ]


class Topic(models.TextChoices):
    """What an item of the agenda is about."""

    LEADERS = "leaders", _("确定责任领导和科室")
    REPORT = "report", _("问需工作报告")
    PLAN = "plan", _("为民办实事项目实施计划书")
    OTHER = "other", _("其他议题")


class SittingItem(BaseRecord):
    """One item of the agenda, and what was decided on it; an undecided one may be put down again another day."""

    LOCKED_AFTER = "sitting"

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="items")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    topic = models.CharField(_("议题"), max_length=8, choices=Topic.choices)
    title = models.CharField(_("题目"), max_length=200)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, blank=True, related_name="sitting_items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="sitting_items")
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    section = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.TextField(_("决定"), blank=True, default="")
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    taken_off_because = models.CharField(_("撤下原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("主任办公会议题")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "suggestion"],
                condition=Q(taken_off_because=""),
                name="sitting_suggestion_once",
                violation_error_message=_("这条建议已经列入这次主任办公会的议程。"),
            ),
            models.UniqueConstraint(
                fields=["sitting", "proposal"],
                condition=Q(taken_off_because=""),
                name="sitting_proposal_once",
                violation_error_message=_("这份建议案已经列入这次主任办公会的议程。"),
            ),
            models.CheckConstraint(
                name="sitting_item_names_its_matter",
                condition=~Q(topic="leaders")
                | Q(suggestion__isnull=False, proposal__isnull=True)
                | Q(suggestion__isnull=True, proposal__isnull=False),
                violation_error_message=_("确定责任领导和科室的议题，要写明是哪一条建议或哪一份建议案。"),
            ),
            models.CheckConstraint(
                name="sitting_leaders_named",
                condition=~Q(topic="leaders")
                | Q(decided_on__isnull=True)
                | Q(responsible__isnull=False, section__isnull=False),
                violation_error_message=_("决定里要写明责任领导和科室。"),
            ),
            models.CheckConstraint(
                name="sitting_decided_in_words",
                condition=Q(topic="leaders") | Q(decided_on__isnull=True) | ~Q(decision=""),
                violation_error_message=_("记录决定要写明决定了什么。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def waits(self) -> bool:
        """Whether it stands on the agenda and nothing is decided yet."""
        return self.decided_on is None and not self.taken_off_because


class NeedsReport(BaseRecord):
    """A 《街乡问需工作报告》: counted from the records; the version the directors adopted is kept as it was."""

    LIFECYCLE = REPORT_LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="needs_reports")
    year = models.PositiveSmallIntegerField(_("年度"))
    version = models.PositiveSmallIntegerField(_("第几版"))
    number = models.CharField(_("编号"), max_length=60, blank=True, default="")
    words = models.TextField(_("综述"), blank=True, default="")
    state = REPORT_LIFECYCLE.field()
    content = models.JSONField(_("通过时的内容"), default=list, blank=True)
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="reports")
    adopted_on = models.DateField(_("通过日期"), null=True, blank=True)
    sent_on = models.DateField(_("清单报送日期"), null=True, blank=True)
    received_on = models.DateField(_("区委工委收下日期"), null=True, blank=True)
    published_on = models.DateField(_("公开日期"), null=True, blank=True)
    dropped_because = models.TextField(_("不用的原因"), blank=True, default="")

    class Meta:
        verbose_name = _("问需工作报告")
        ordering = ["-year", "-version"]
        constraints = [
            REPORT_LIFECYCLE.constraint("needs_report_state"),
            models.UniqueConstraint(
                fields=["place", "year", "version"],
                name="needs_report_version_once",
                violation_error_message=_("刚刚有人起草了这一年的问需工作报告。请刷新页面查看。"),
            ),
            models.CheckConstraint(
                name="needs_report_adopted_is_kept",
                condition=Q(state__in=["drafted", "dropped"])
                | (Q(adopted_on__isnull=False, sitting__isnull=False) & ~Q(content=[])),
                violation_error_message=_("通过的问需工作报告要留下通过时的内容和是哪一次主任办公会。"),
            ),
        ]

    def __str__(self) -> str:
        more = f"（第{self.version}版）" if self.version > 1 else ""
        return f"{self.place.name}{self.year}年问需工作报告{more}"


class ListedMatter(BaseRecord):
    """One matter of the list for the district, with what the subdistrict advises; it goes up by the hop of its file."""

    LOCKED_AFTER = "report"

    report = models.ForeignKey(NeedsReport, models.PROTECT, related_name="matters")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="listed")
    advice = models.TextField(_("工作建议"))
    sent_on = models.DateField(_("报送日期"), null=True, blank=True)
    returned_on = models.DateField(_("退回日期"), null=True, blank=True)
    returned_because = models.TextField(_("退回理由"), blank=True, default="")
    live = models.BooleanField(_("在清单上"), default=True, editable=False)

    class Meta:
        verbose_name = _("报区事项")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(live=True),
                name="listed_once",
                violation_error_message=_("这份建议案已经列入报区清单。请刷新页面查看。"),
            ),
            models.CheckConstraint(
                name="listed_returned_with_reason",
                condition=Q(returned_on__isnull=True, returned_because="")
                | (Q(returned_on__isnull=False) & ~Q(returned_because="")),
                violation_error_message=_("退回报区事项要写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return self.proposal.title


class WorksPlan(BaseRecord):
    """A 《为民办实事项目实施计划书》 of a year: what the directors take up, in which order, beside the council's."""

    LIFECYCLE = PLAN_LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="works_plans")
    year = models.PositiveSmallIntegerField(_("实施年度"))
    number = models.CharField(_("编号"), max_length=60, blank=True, default="")
    score_round = models.ForeignKey(ScoreRound, models.PROTECT, related_name="works_plans")
    state = PLAN_LIFECYCLE.field()
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="plans")
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    decided = models.JSONField(_("决定时的内容"), default=dict, blank=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_because = models.TextField(_("不用的原因"), blank=True, default="")

    class Meta:
        verbose_name = _("为民办实事项目实施计划书")
        ordering = ["-year", "-created_at"]
        constraints = [
            PLAN_LIFECYCLE.constraint("works_plan_state"),
            models.UniqueConstraint(
                fields=["place", "year"],
                condition=~Q(state="dropped"),
                name="works_plan_once_a_year",
                violation_error_message=_("这一年已经有实施计划书。要改的，请在那一份上“重新编制”。"),
            ),
            models.CheckConstraint(
                name="works_plan_decided_is_kept",
                condition=Q(state__in=["drafted", "dropped"])
                | (Q(decided_on__isnull=False, sitting__isnull=False) & ~Q(decided={})),
                violation_error_message=_("决定了的实施计划书要留下决定时的内容和是哪一次主任办公会。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place.name}{self.year}年为民办实事项目实施计划书"


class PlannedWork(BaseRecord):
    """One project the council has scored: its place there, its place in the plan, and why the two differ."""

    LOCKED_AFTER = "plan"

    plan = models.ForeignKey(WorksPlan, models.PROTECT, related_name="works")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="planned_works")
    council_place = models.PositiveSmallIntegerField(_("协商会名次"), null=True, blank=True)
    score = models.CharField(_("得分"), max_length=20, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("计划次序"), null=True, blank=True)
    departs = models.BooleanField(_("与协商会次序不同"), default=False)
    reason = models.TextField(_("理由"), blank=True, default="")
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    partners = models.JSONField(_("协办单位和出什么"), default=list, blank=True)
    planned_cost = models.BigIntegerField(_("计划费用（分）"), null=True, blank=True)
    cost_source = models.CharField(_("经费来源"), max_length=160, blank=True, default="")
    deadline = models.DateField(_("完成时限"), null=True, blank=True)
    completion_standard = models.TextField(_("完成标准"), blank=True, default="")

    class Meta:
        verbose_name = _("计划项目")
        ordering = ["position", "council_place", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "proposal"],
                name="planned_work_once",
                violation_error_message=_("这个项目已经在实施计划书里。"),
            ),
            models.CheckConstraint(
                name="planned_work_departs_with_reason",
                condition=Q(departs=False) | ~Q(reason=""),
                violation_error_message=_("和协商会次序不同的项目，要写明理由，理由会公开。"),
            ),
        ]

    def __str__(self) -> str:
        return self.proposal.title

    @property
    def whole(self) -> bool:
        """Whether everything is written that a plan has to say of it."""
        told = (self.lead_id, self.responsible_id, self.deadline, self.completion_standard, self.cost_source)
        return all(told) and self.planned_cost is not None
