"""Polls: who is entitled, how the vote is taken, the counts keyed in twice, the result by a named rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.rules import Option, Sheet
from yishiting.instruments.ballots.states import LIFECYCLE


class PollKind(models.TextChoices):
    """What is asked."""

    DECISION = "decision", _("议题表决")
    ELECTION = "election", _("选举")
    SATISFACTION = "satisfaction", _("满意度测评")


class Method(models.TextChoices):
    """How the vote is taken."""

    SHOW_OF_HANDS = "show_of_hands", _("举手表决")
    PAPER = "paper", _("无记名投票（纸质）")


class Poll(BaseRecord):
    """One vote. The entitled are written down when it opens; the result keeps the rule it was made by."""

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="polls")
    kind = models.CharField(_("类别"), max_length=14, choices=PollKind.choices)
    method = models.CharField(_("方式"), max_length=16, choices=Method.choices)
    title = models.CharField(_("标题"), max_length=160)
    options = models.JSONField(_("选项"), default=list)
    seats = models.PositiveSmallIntegerField(_("应选名额"), default=0)
    rule = models.JSONField(_("规则"))
    rules_label = models.CharField(_("规则版本"), max_length=40)
    entitled = models.JSONField(_("应到名单"), default=list)
    recused = models.JSONField(_("回避名单"), default=list)
    present_count = models.PositiveIntegerField(_("实到"), default=0)
    state = LIFECYCLE.field()
    opened_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(_("结果"), default=dict, blank=True)
    void_reason = models.TextField(_("无效原因"), blank=True, default="")

    class Meta:
        verbose_name = _("表决")
        constraints = [LIFECYCLE.constraint("poll_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def entitled_count(self) -> int:
        """应到: how many were entitled when the vote opened."""
        return len(self.entitled)

    @property
    def takes_other_names(self) -> bool:
        """Whether names not on the paper may be written on it: never where the tied are voted on again."""
        written = self.method == Method.PAPER and bool(self.rule.get("write_ins"))
        return written and self.rule.get("round_kind") != "runoff"

    def sheet(self) -> Sheet:
        """What is counted, as the rules want it."""
        aside = [bool(one["present"]) for one in self.recused]
        return Sheet(
            kind=self.kind,
            on_paper=self.method == Method.PAPER,
            options=tuple(Option(one["key"], one["label"]) for one in self.options),
            seats=self.seats,
            rule=self.rule,
            entitled=self.entitled_count,
            present=self.present_count,
            recused_present=aside.count(True),
            recused_absent=aside.count(False),
        )


class Tally(BaseRecord):
    """One keying-in of the counts by one person; two that agree make the result."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="tallies")
    entered_by = models.ForeignKey(Person, models.PROTECT)
    nth = models.PositiveSmallIntegerField(_("第几遍"))
    counts = models.JSONField(_("计票"))
    set_aside = models.BooleanField(_("已作废，重新录入"), default=False, editable=False)

    class Meta:
        verbose_name = _("计票录入")
        ordering = ["nth"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "nth"],
                name="tally_once",
                violation_error_message=_("刚刚有人录完了这一遍计票。请刷新页面，看还要不要再录。"),
            )
        ]
