"""Councils, terms, seats, candidates, elections, representatives."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import Record
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.councils.states import CANDIDATE_LIFECYCLE, LIFECYCLE


class Council(Record):
    """The standing deliberative council of a place."""

    place = models.OneToOneField(Place, models.PROTECT, related_name="council")
    purpose = models.TextField(_("职责"), blank=True, default="")
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("议事协商会")

    def __str__(self) -> str:
        return f"{self.place.name}议事协商会"


class Term(Record):
    """第N届: from its seat plan to its last day."""

    LIFECYCLE = LIFECYCLE

    council = models.ForeignKey(Council, models.PROTECT, related_name="terms")
    place = models.ForeignKey(Place, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("届次"))
    begins = models.DateField(_("任期开始"), null=True, blank=True)
    ends = models.DateField(_("任期届满"), null=True, blank=True)
    state = LIFECYCLE.field()
    plan_rule = models.JSONField(_("席位计算"), default=dict, blank=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("届")
        ordering = ["-number"]
        constraints = [
            LIFECYCLE.constraint("term_state"),
            models.UniqueConstraint(fields=["council", "number"], name="term_number_once"),
            models.CheckConstraint(
                name="term_dates_in_order",
                condition=Q(ends__isnull=True) | Q(ends__gt=F("begins")),
                violation_error_message=_("届满日期必须晚于任期开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}届"


class Constituency(Record):
    """A group that sends representatives: a building group, a sector, the units based in the area."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="constituencies")
    place = models.ForeignKey(Place, models.PROTECT)
    name = models.CharField(_("推选单位"), max_length=60)
    sector = models.CharField(_("方面"), max_length=32, choices=IdentityKind.choices)
    weight = models.PositiveIntegerField(_("户数或人数"), default=0)
    seats = models.PositiveSmallIntegerField(_("席位"))
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("推选单位")
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["term", "name"], name="constituency_once"),
            models.CheckConstraint(
                name="constituency_has_a_seat",
                condition=Q(seats__gte=1),
                violation_error_message=_("每个推选单位至少一席。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Route(models.TextChoices):
    """The three routes to candidacy."""

    NOMINATION = "nomination", _("党组织或居（村）委会提名")
    RECOMMENDATION = "recommendation", _("居（村）民推荐")
    SELF_NOMINATION = "self_nomination", _("自荐")


class Candidate(Record):
    """Someone proposed for a seat. Only what they agreed to is published."""

    LIFECYCLE = CANDIDATE_LIFECYCLE

    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="candidates")
    place = models.ForeignKey(Place, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="candidacies")
    name = models.CharField(_("姓名"), max_length=40)
    gender = models.CharField(_("性别"), max_length=6, blank=True, default="")
    birth_year = models.PositiveSmallIntegerField(_("出生年份"))
    unit = models.CharField(_("单位或楼院"), max_length=80, blank=True, default="")
    introduction = models.TextField(_("简介"), blank=True, default="")
    route = models.CharField(_("产生方式"), max_length=16, choices=Route.choices)
    proposed_by = models.CharField(_("提名人"), max_length=80, blank=True, default="")
    consents_to_publication = models.BooleanField(_("同意公示"), default=False)
    consented_on = models.DateField(_("同意日期"), null=True, blank=True)
    state = CANDIDATE_LIFECYCLE.field()
    review_note = models.TextField(_("审查意见"), blank=True, default="")

    class Meta:
        verbose_name = _("候选人")
        ordering = ["constituency__position", "name"]
        constraints = [
            CANDIDATE_LIFECYCLE.constraint("candidate_state"),
            models.UniqueConstraint(
                fields=["constituency", "name", "birth_year"],
                name="candidate_once",
                violation_error_message=_("这个推选单位已经登记了同名同龄的候选人。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundKind(models.TextChoices):
    """Why a round of voting is held."""

    FIRST = "first", _("首次投票")
    RUNOFF = "runoff", _("票数相等再次投票")
    SUPPLEMENTARY = "supplementary", _("另行选举")
    BY_ELECTION = "by_election", _("补选")


class ElectionRound(Record):
    """One round of voting in one constituency."""

    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="rounds")
    place = models.ForeignKey(Place, models.PROTECT)
    number = models.PositiveSmallIntegerField(_("轮次"))
    kind = models.CharField(_("类别"), max_length=14, choices=RoundKind.choices)
    seats = models.PositiveSmallIntegerField(_("应选名额"))
    poll = models.OneToOneField(Poll, models.PROTECT, related_name="+")
    candidates = models.ManyToManyField(Candidate, related_name="rounds")
    declared_on = models.DateField(_("宣布日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("选举轮次")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["constituency", "number"], name="round_once")]


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    """Named filters."""

    def serving(self, today: date) -> "RepresentativeQuerySet":
        """Representatives in office on this day."""
        return self.filter(Q(since__lte=today), Q(until__isnull=True) | Q(until__gte=today))


class Representative(Record):
    """A council representative in a seat, from a day until a day."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="representatives")
    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="representatives")
    place = models.ForeignKey(Place, models.PROTECT, related_name="representatives")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats")
    name = models.CharField(_("姓名"), max_length=40)
    since = models.DateField(_("任期开始"))
    until = models.DateField(_("任期截止"), null=True, blank=True)
    end_reason = models.TextField(_("离任原因"), blank=True, default="")

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("议事代表")
        ordering = ["constituency__position", "name"]
        constraints = [
            models.CheckConstraint(
                name="representative_dates_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("离任日期不能早于就任日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
