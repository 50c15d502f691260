"""Sittings of the directors' meeting (主任办公会): what is on the agenda, who was there, what was decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.organisations.models import Office, Organisation
from yishiting.ground.places.models import Place
from yishiting.year.directors.states import LIFECYCLE
from yishiting.year.proposals.models import Proposal
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
