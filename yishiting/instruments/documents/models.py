"""Running numbers, so that every paper and every receipt can be found again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.places.models import Place


class Series(models.TextChoices):
    """What is numbered."""

    RECEIPT = "receipt", _("建议受理号")
    OBJECTION = "objection", _("异议登记号")
    NOTICE = "notice", _("公示编号")
    RESOLUTION = "resolution", _("决议编号")
    PROPOSAL = "proposal", _("建议案编号")
    PROJECT = "project", _("项目编号")
    SITTING = "sitting", _("主任办公会编号")
    REPORT = "report", _("问需工作报告编号")
    PLAN = "plan", _("实施计划书编号")
    MATTER = "matter", _("区级事项编号")


class Serial(models.Model):
    """The last number given in a series of a place and year. Numbers are never given twice and never skipped."""

    place = models.ForeignKey(Place, models.PROTECT)
    series = models.CharField(max_length=12, choices=Series.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("编号")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "series", "year"],
                name="serial_once",
                violation_error_message=_("刚刚有人在同一处取号。请再办一次。"),
            )
        ]
