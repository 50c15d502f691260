"""Assessments with the versions of their rule table, a sheet for each unit, a mark for each row of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.overview.assessment.states import LIFECYCLE, State


class About(models.TextChoices):
    """Who is assessed."""

    SUBDISTRICTS = "subdistricts", _("街道（乡）")
    DEPARTMENTS = "departments", _("区职能部门")


class Assessment(BaseRecord):
    """The 1,000-point assessment of one year: of the subdistricts and townships, or of the departments."""

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="assessments")
    year = models.PositiveSmallIntegerField(_("年度"))
    about = models.CharField(_("考核谁"), max_length=14, choices=About.choices)
    since = models.DateField(_("考核从哪一天算起"))
    until = models.DateField(_("算到哪一天"))
    state = LIFECYCLE.field()
    self_until = models.DateField(_("自评截止"), null=True, blank=True)
    appeal_until = models.DateField(_("申诉截止"), null=True, blank=True)
    counted_on = models.DateField(_("计数日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    #: What everybody reads, as it was published.
    published = models.JSONField(_("公布的考核表"), default=dict, blank=True)

    class Meta:
        verbose_name = _("千分制考核")
        ordering = ["-year", "about"]
        constraints = [
            LIFECYCLE.constraint("assessment_state"),
            models.UniqueConstraint(
                fields=["place", "year", "about"],
                condition=~Q(state=State.WITHDRAWN),
                name="assessment_once_a_year",
                violation_error_message=_("这一年的考核已经有了，一年只考核一次。请在那一次里办理。"),
            ),
            models.CheckConstraint(
                name="assessment_days_in_order",
                condition=Q(until__gte=models.F("since")),
                violation_error_message=_("考核截止的日子不能早于起算的日子。"),
            ),
            models.CheckConstraint(
                name="assessment_published_is_kept",
                condition=~Q(state=State.PUBLISHED) | Q(published_on__isnull=False),
                violation_error_message=_("公布考核结果要写明哪一天公布。"),
            ),
        ]

    def __str__(self) -> str:
        return _("%(year)s年%(about)s千分制考核") % {"year": self.year, "about": self.get_about_display()}


class RuleTable(BaseRecord):
    """One version of the rule table of an assessment; a later one stands beside it."""

    LOCKED_AFTER = "assessment"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="tables")
    version = models.PositiveSmallIntegerField(_("版本"))
    rows = models.JSONField(_("规则"), default=list)
    document = models.CharField(_("依据文号"), max_length=80, blank=True, default="")
    adopted_on = models.DateField(_("确定日期"))

    class Meta:
        verbose_name = _("考核规则表")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "version"],
                name="rule_table_version_once",
                violation_error_message=_("这一版规则表刚刚有人定过。请刷新页面再办。"),
            )
        ]

    def __str__(self) -> str:
        return _("第%(n)s版") % {"n": self.version}


class UnitSheet(BaseRecord):
    """One unit in an assessment: its name of the day, how much it had, what it says of its year."""

    LOCKED_AFTER = "assessment"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="sheets")
    #: The subdistrict or township itself; of a department, the district.
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(_("单位代码"), max_length=40)
    name = models.CharField(_("单位"), max_length=80)
    volumes = models.JSONField(_("数量"), default=dict, blank=True)
    words = models.TextField(_("自评说明"), blank=True, default="")
    self_scored_on = models.DateField(_("自评日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("单位考核表")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "code"],
                name="unit_sheet_once",
                violation_error_message=_("这个单位已经列入这次考核。请刷新页面查看。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Mark(BaseRecord):
    """One row of a unit's sheet: what was counted or checked, what the unit says of it, its appeal and exemption."""

    LOCKED_AFTER = "sheet.assessment"

    sheet = models.ForeignKey(UnitSheet, models.PROTECT, related_name="marks")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("序号"))
    code = models.CharField(_("指标代码"), max_length=40)
    label = models.CharField(_("指标"), max_length=80)
    good = models.PositiveIntegerField(_("做到"), default=0)
    total = models.PositiveIntegerField(_("合计"), default=0)
    score = models.PositiveSmallIntegerField(_("核定得分"), null=True, blank=True)
    checked_words = models.TextField(_("核定说明"), blank=True, default="")
    own_score = models.PositiveSmallIntegerField(_("自评得分"), null=True, blank=True)
    self_words = models.TextField(_("自评说明"), blank=True, default="")
    evidence = models.CharField(_("证明材料的编号"), max_length=60, blank=True, default="")
    evidence_kind = models.CharField(max_length=40, blank=True, default="")
    evidence_id = models.CharField(max_length=40, blank=True, default="")
    exempt_because = models.TextField(_("容错理由"), blank=True, default="")
    exempt_document = models.CharField(_("容错认定文号"), max_length=80, blank=True, default="")
    exempted_on = models.DateField(_("容错认定日期"), null=True, blank=True)
    appeal = models.TextField(_("申诉"), blank=True, default="")
    appealed_on = models.DateField(_("申诉日期"), null=True, blank=True)
    answer = models.TextField(_("申诉答复"), blank=True, default="")
    upheld = models.BooleanField(_("申诉成立"), null=True, blank=True)
    answered_on = models.DateField(_("申诉答复日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("考核指标得分")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "code"],
                name="mark_once",
                violation_error_message=_("这个指标在考核表上已经有了。请刷新页面查看。"),
            ),
            models.CheckConstraint(
                name="mark_counts_agree",
                condition=Q(good__lte=models.F("total")),
                violation_error_message=_("做到的不能比合计多。请重新计数。"),
            ),
            models.CheckConstraint(
                name="mark_checked_with_evidence",
                condition=Q(score__isnull=True) | ~Q(evidence_id=""),
                violation_error_message=_("核定得分要有系统里已有的证明材料。请写明它的编号。"),
            ),
            models.CheckConstraint(
                name="mark_exempt_with_a_document",
                condition=Q(exempted_on__isnull=True) | (~Q(exempt_because="") & ~Q(exempt_document="")),
                violation_error_message=_("容错免考要写明理由和认定文号。"),
            ),
            models.CheckConstraint(
                name="mark_appeal_answered_with_words",
                condition=Q(answered_on__isnull=True) | (~Q(answer="") & Q(appealed_on__isnull=False)),
                violation_error_message=_("答复申诉要写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return self.label
