"""Proposals (建议案): built on suggestions, put to a council, adopted, pending, declined or reported up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.year.dossiers.models import Dossier
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.proposals.states import LIFECYCLE
from yishiting.year.suggestions.models import Category, Suggestion


class Proposal(BaseRecord):
    """One matter put to the council of a place. Its number and history stay with it through three levels.

    Where it was reported to, why and what was answered are the referrals of its dossier, each a row of its own.
    """

    LIFECYCLE = LIFECYCLE
    #: The dossier came later: what was bound before keeps its fingerprint.
    LEDGER = Binding(without=("dossier",))

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="proposals")
    place = models.ForeignKey(Place, models.PROTECT, related_name="proposals")
    year = models.PositiveSmallIntegerField(_("年度"))
    for_year = models.PositiveSmallIntegerField(_("拟办年度"))
    number = models.CharField(_("编号"), max_length=60)
    title = models.CharField(_("案由"), max_length=160)
    situation = models.TextField(_("情况"))
    measures = models.TextField(_("办理建议"))
    beneficiaries = models.CharField(_("受益范围"), max_length=160, blank=True, default="")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    responsible_level = models.CharField(_("责任层级"), max_length=14, choices=ResponsibleLevel.choices)
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    suggestions = models.ManyToManyField(
        Suggestion, through="Source", through_fields=("proposal", "suggestion"), related_name="proposals"
    )
    state = LIFECYCLE.field()
    agenda_item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="proposals")
    tabled_from = models.CharField(max_length=24, blank=True, default="")
    resolution_number = models.CharField(_("决议编号"), max_length=60, blank=True, default="")
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    decision_reason = models.TextField(_("理由"), blank=True, default="")
    conditions = models.TextField(_("办理条件"), blank=True, default="")
    #: Of what is not done now: the day on which it is looked at again, whatever has become of the conditions.
    look_again_on = models.DateField(_("再研究的日期"), null=True, blank=True)
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("建议案")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["place", "state"], name="proposal_place_state")]
        constraints = [
            LIFECYCLE.constraint("proposal_state"),
            models.UniqueConstraint(
                fields=["place", "number"],
                name="proposal_number_once_per_place",
                violation_error_message=_("这个建议案编号已经用过。请再办一次，系统会给新的编号。"),
            ),
            models.CheckConstraint(
                name="proposal_adopted_has_number",
                condition=~Q(state="adopted") | ~Q(resolution_number=""),
                violation_error_message=_("通过的建议案必须有决议编号。"),
            ),
            models.CheckConstraint(
                name="proposal_no_without_reason",
                condition=~Q(state__in=["pending", "declined"]) | ~Q(decision_reason=""),
                violation_error_message=_("待定或未通过必须写明理由。"),
            ),
            models.CheckConstraint(
                name="proposal_not_now_names_conditions",
                condition=~Q(state="not_now") | ~Q(conditions=""),
                violation_error_message=_("暂不办理必须写明将来办理的条件。"),
            ),
            models.CheckConstraint(
                name="proposal_not_feasible_says_why",
                condition=~Q(state="not_feasible") | ~Q(decision_reason=""),
                violation_error_message=_("答复不可行，必须写明为什么。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Source(BaseRecord):
    """A proposal rests on a suggestion, or on a proposal from below; through it every proposer is found.

    While it is live no other proposal rests on the same.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sources")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, blank=True, related_name="sources")
    below = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="joined_in")
    live = models.BooleanField(_("建议案没有被否决"), default=True, editable=False)

    class Meta:
        verbose_name = _("来源")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "suggestion"],
                name="source_once",
                violation_error_message=_("这条建议已经是这份建议案的来源，不用再加。"),
            ),
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=Q(live=True),
                name="source_of_one_live_proposal",
                violation_error_message=_("这条建议已经写入另一份建议案。请刷新页面，在那份建议案上办理。"),
            ),
            models.CheckConstraint(
                name="source_is_one_thing",
                condition=Q(suggestion__isnull=False, below__isnull=True)
                | Q(suggestion__isnull=True, below__isnull=False),
                violation_error_message=_("一项来源是一条建议，或者是下级报送的一份建议案，只能写一样。"),
            ),
            models.CheckConstraint(
                name="source_is_another_proposal",
                condition=Q(below__isnull=True) | ~Q(below=F("proposal")),
                violation_error_message=_("建议案不能以自己为来源。"),
            ),
            models.UniqueConstraint(
                fields=["proposal", "below"],
                name="source_below_once",
                violation_error_message=_("下级的这份建议案已经是来源，不用再加。"),
            ),
            models.UniqueConstraint(
                fields=["below"],
                condition=Q(live=True),
                name="source_below_of_one_live_proposal",
                violation_error_message=_("下级的这份建议案已经并入另一份建议案。请刷新页面，在那份建议案上办理。"),
            ),
        ]


class FormerSource(BaseRecord):
    """What a draft rested on until it was taken out, with the day and the reason."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="former_sources")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, blank=True, related_name="former_sources")
    below = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="taken_out_of")
    until = models.DateField(_("移出日期"))
    reason = models.TextField(_("为什么移出"))

    class Meta:
        verbose_name = _("移出的来源")
        ordering = ["created_at"]


class Amendment(BaseRecord):
    """A change of the text before adoption; the difference is shown, the final text is what was voted on."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="amendments")
    before = models.JSONField(_("修改前"))
    after = models.JSONField(_("修改后"))
    reason = models.TextField(_("修改理由"))
    amended_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("修改")
        ordering = ["created_at"]
