"""The year-end review: each project by itself, with its ballots, its formula and its counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.evaluation.states import LIFECYCLE
from yishiting.year.meetings.models import AgendaItem, Meeting
from yishiting.year.projects.models import Project


class Review(BaseRecord):
    """One project before one review meeting."""

    LIFECYCLE = LIFECYCLE
    LOCKED_AFTER = "meeting"

    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews")
    place = models.ForeignKey(Place, models.PROTECT, related_name="reviews")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reviews")
    agenda_item = models.OneToOneField(
        AgendaItem,
        models.PROTECT,
        related_name="review",
        error_messages={"unique": _("这个议题已经有评议。请刷新页面查看。")},
    )
    poll = models.OneToOneField(
        Poll,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="review",
        error_messages={"unique": _("这次测评已经用在另一个项目上。请刷新页面再办。")},
    )
    state = LIFECYCLE.field()
    result = models.JSONField(_("结果"), default=dict, blank=True)
    declared_on = models.DateField(_("宣布日期"), null=True, blank=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("评议")
        constraints = [
            LIFECYCLE.constraint("review_state"),
            models.UniqueConstraint(
                fields=["project", "meeting"],
                name="review_once_per_meeting",
                violation_error_message=_("这个项目已经列入这次评议。请刷新页面查看议程。"),
            ),
        ]
