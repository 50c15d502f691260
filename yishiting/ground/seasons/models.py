"""The year, its seasons and its rules, as data per place."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord, BoundRow
from yishiting.ground.common.process_cache import WatchedQuerySet
from yishiting.ground.places.models import Level, Place


class Season(models.TextChoices):
    """The three seasons of the year."""

    CONSULTATION = "consultation", _("问政季")
    DELIVERY = "delivery", _("解忧季")
    REVIEW = "review", _("收获季")


class WindowQuerySet(WatchedQuerySet["Window"]):
    """Named filters."""

    def on(self, day: date) -> "WindowQuerySet":
        """Windows open on this day."""
        return self.filter(opens__lte=day, closes__gte=day)


class Window(BaseRecord):
    """From when until when a season is open, for the places of one level under a place."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="windows")
    level = models.CharField(_("适用层级"), max_length=12, choices=Level.choices)
    year = models.PositiveSmallIntegerField(_("年度"))
    season = models.CharField(_("季"), max_length=12, choices=Season.choices)
    opens = models.DateField(_("开始日期"))
    closes = models.DateField(_("结束日期"))

    objects: ClassVar = WindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("时段")
        ordering = ["year", "opens"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "level", "year", "season"],
                name="window_once",
                violation_error_message=_("这一季的时段刚刚被别人设定。请刷新页面，核对后再改。"),
            ),
            models.CheckConstraint(
                name="window_dates_in_order",
                condition=Q(closes__gte=models.F("opens")),
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        ]


class SpecialIntakeQuerySet(WatchedQuerySet["SpecialIntake"]):
    """Named filters."""

    def going_on(self, day: date) -> "SpecialIntakeQuerySet":
        """Whose matter has begun and has not come to its end."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), opens__lte=day)

    def taking_in(self, day: date) -> "SpecialIntakeQuerySet":
        """Those for which suggestions are taken in on this day."""
        return self.going_on(day).filter(closes__gte=day)


class SpecialIntake(BaseRecord):
    """At any time of year a matter may be opened, with the reason (紧急或特殊情况); what it opens ends with the matter."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="special_intakes")
    reason = models.TextField(_("原因"))
    opens = models.DateField(_("开始日期"))
    closes = models.DateField(_("结束日期"))

    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    outcome = models.TextField(_("结果"), blank=True, default="")

    objects: ClassVar = SpecialIntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("特殊征集")
        constraints = [
            models.CheckConstraint(
                name="special_intake_dates_in_order",
                condition=Q(closes__gte=models.F("opens")),
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                name="special_intake_ends_with_its_outcome",
                condition=Q(ended_on__isnull=True, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                violation_error_message=_("结束这件事，要写明结果。"),
            ),
        ]


class Rulebook(BaseRecord):
    """One version of the rules of a place for a year; what is decided keeps the version it was decided by."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="rulebooks")
    year = models.PositiveSmallIntegerField(_("年度"))
    version = models.PositiveSmallIntegerField(_("版本"))
    in_force_from = models.DateField(_("施行日期"))
    note = models.TextField(_("修订说明"), blank=True, default="")

    objects: ClassVar = WatchedQuerySet["Rulebook"].as_manager()

    class Meta:
        verbose_name = _("规则")
        ordering = ["year", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "version"],
                name="rulebook_once",
                violation_error_message=_("刚刚有人施行了新一版规则。请刷新页面，核对后再办。"),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How decisions name it: place, year, version."""
        return f"{self.place.code}/{self.year}/{self.version}"


class Rule(BoundRow):
    """One rule with its value and the sentence it comes from, for one level or (blank) for all."""

    rulebook = models.ForeignKey(Rulebook, models.CASCADE, related_name="rules")
    key = models.CharField(_("规则"), max_length=60)
    level = models.CharField(_("适用层级"), max_length=12, choices=Level.choices, blank=True, default="")
    value = models.JSONField(_("取值"))
    sentence = models.TextField(_("依据原文"))
    source = models.CharField(_("出处"), max_length=120)

    objects: ClassVar = WatchedQuerySet["Rule"].as_manager()

    class Meta:
        verbose_name = _("规则条目")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["rulebook", "key", "level"],
                name="rule_once_per_book",
                violation_error_message=_("同一版规则里，这一条已经写过。请刷新页面核对。"),
            )
        ]


class Holiday(BoundRow):
    """A day that differs from its weekday: a day off, or a weekend day worked in exchange."""

    day = models.DateField(_("日期"), primary_key=True)
    worked = models.BooleanField(_("上班"), default=False)
    name = models.CharField(_("名称"), max_length=20, blank=True, default="")

    objects: ClassVar = WatchedQuerySet["Holiday"].as_manager()

    class Meta:
        verbose_name = _("节假日")
        ordering = ["day"]
