"""Councils, terms, seats, candidates, elections, representatives."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord, RecordQuerySet
from yishiting.ground.common.secrets import SealedField
from yishiting.ground.organisations.models import IdentityKind, Organisation
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import council_of
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.councils.choices import Leaving, OutreachKind, Route
from yishiting.year.councils.states import (
    BY_ELECTION_LIFECYCLE,
    CANDIDATE_LIFECYCLE,
    LIFECYCLE,
    ByElectionState,
    Outcome,
    RoundKind,
)


class Council(BaseRecord):
    """The standing deliberative council of a place."""

    place = models.OneToOneField(
        Place,
        models.PROTECT,
        related_name="council",
        error_messages={"unique": _("这里已经有议事协商会，不必再成立。请刷新页面查看。")},
    )
    purpose = models.TextField(_("职责"), blank=True, default="")
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    #: 组织力量: the names of those who run it, each with what they see to.
    organisers = models.JSONField(_("组织力量"), default=list, blank=True)

    class Meta:
        verbose_name = _("议事协商会")

    def __str__(self) -> str:
        return council_of(self.place, None)


class Term(BaseRecord):
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
    result_notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    end_notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(_("提前结束的原因"), blank=True, default="")
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")
    #: A term in office that was not elected here: when it was written down, where it came from, who above agreed.
    entered_on = models.DateField(_("登记日期"), null=True, blank=True)
    entry_basis = models.TextField(_("产生依据"), blank=True, default="")
    entry_note = models.TextField(_("上级退回的原因"), blank=True, default="")
    confirmed_on = models.DateField(_("上级确认日期"), null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("届")
        ordering = ["-number"]
        constraints = [
            LIFECYCLE.constraint("term_state"),
            models.UniqueConstraint(
                fields=["council", "number"],
                name="term_number_once",
                violation_error_message=_("这一届已经在筹备。请刷新页面，在那一届上办理。"),
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=~Q(state__in=["seated", "ended"]),
                name="term_in_preparation_once",
                violation_error_message=_("已经有一届在筹备，不能同时筹备两届。请刷新页面，先办完那一届。"),
            ),
            models.CheckConstraint(
                name="term_dates_in_order",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                violation_error_message=_("届满日期不能早于任期开始日期。"),
            ),
            models.CheckConstraint(
                name="term_entered_is_confirmed",
                condition=Q(entered_on__isnull=True) | Q(confirmed_on__isnull=False) | Q(state="entered"),
                violation_error_message=_("登记的一届要先由上级确认，才能履职。"),
            ),
            models.CheckConstraint(
                name="term_entered_has_a_basis",
                condition=~Q(state="entered") | (~Q(entry_basis="") & Q(entered_on__isnull=False)),
                violation_error_message=_("请写明这一届是什么时候、怎样产生的。"),
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}届"

    @property
    def end_is_announced(self) -> bool:
        """Whether everybody has been told that it ends, by a notice that was not withdrawn."""
        return self.end_notice is not None and self.end_notice.state != NoticeState.WITHDRAWN

    @property
    def elected_elsewhere(self) -> bool:
        """Whether it was in office before the place joined and was only written down here."""
        return self.entered_on is not None


class Constituency(BaseRecord):
    """A group that sends representatives: a building group, a sector, the units based in the area."""

    LOCKED_AFTER = "term"

    term = models.ForeignKey(Term, models.PROTECT, related_name="constituencies")
    place = models.ForeignKey(Place, models.PROTECT)
    name = models.CharField(_("推选单位"), max_length=60)
    sector = models.CharField(_("方面"), max_length=32, choices=IdentityKind.choices)
    weight = models.PositiveIntegerField(_("户数或人数"), default=0)
    seats = models.PositiveSmallIntegerField(_("席位"))
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    #: The community or village (or for the district: subdistrict or township) that sends these representatives.
    sends = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    #: The unit or organisation whose seats these are: it sends a representative, and may send another.
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="constituencies")

    class Meta:
        verbose_name = _("推选单位")
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "name"],
                name="constituency_once",
                violation_error_message=_("同一届里推选单位不能重名。请加上楼号或方面加以区别。"),
            ),
            models.CheckConstraint(
                name="constituency_has_a_seat",
                condition=Q(seats__gte=1),
                violation_error_message=_("每个推选单位至少一席。"),
            ),
            models.CheckConstraint(
                name="constituency_sent_by_one",
                condition=Q(sends__isnull=True) | Q(unit__isnull=True),
                violation_error_message=_("一个推选单位或者由下级地方推派，或者由一个单位推派，不能两样都写。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sent(self) -> bool:
        """Whether its representatives are sent by a place below or by a unit, and not voted upon."""
        return self.sends_id is not None or self.unit_id is not None

    @property
    def sender(self) -> str:
        """Who sends its representatives, by name; empty where nobody does."""
        if self.sends is not None:
            return council_of(self.sends, None)
        return self.unit.name if self.unit is not None else ""


class ByElection(BaseRecord):
    """补选: the vacant seats of one constituency are filled for the rest of the term."""

    LIFECYCLE = BY_ELECTION_LIFECYCLE
    LOCKED_AFTER = "term"

    term = models.ForeignKey(Term, models.PROTECT, related_name="by_elections")
    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="by_elections")
    place = models.ForeignKey(Place, models.PROTECT)
    seats = models.PositiveSmallIntegerField(_("补选名额"))
    reason = models.TextField(_("补选原因"))
    called_on = models.DateField(_("决定日期"))
    state = BY_ELECTION_LIFECYCLE.field()
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    result_notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("补选")
        ordering = ["-called_on", "-created_at"]
        constraints = [
            BY_ELECTION_LIFECYCLE.constraint("by_election_state"),
            models.UniqueConstraint(
                fields=["constituency"],
                condition=~Q(state__in=["seated", "given_up"]),
                name="by_election_running_once",
                violation_error_message=_("这个推选单位的补选正在进行，不必再次决定。请刷新页面，在那次补选上办理。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.constituency.name}补选"

    def covers(self, since: date) -> bool:
        """Whether it decides about a seat vacant since a day: it is under way, or it was given up afterwards."""
        if self.state == ByElectionState.GIVEN_UP:
            return self.called_on >= since
        return self.state != ByElectionState.SEATED


class AssemblyQuerySet(RecordQuerySet["Assembly"]):
    """Named filters."""

    def standing(self) -> "AssemblyQuerySet":
        """Without what was entered by mistake and withdrawn."""
        return self.filter(withdrawn_on=None)


class Assembly(BaseRecord):
    """居民代表会议: the people entitled to vote on an election day, who came, and who counts."""

    LOCKED_AFTER = "term"

    term = models.ForeignKey(Term, models.PROTECT, related_name="assemblies")
    by_election = models.ForeignKey(ByElection, models.PROTECT, null=True, blank=True, related_name="assemblies")
    place = models.ForeignKey(Place, models.PROTECT)
    held_on = models.DateField(_("会议日期"))
    venue = models.CharField(_("会议地点"), max_length=80)
    chair = models.CharField(_("主持人"), max_length=40, blank=True, default="")
    recorder = models.CharField(_("记录人"), max_length=40, blank=True, default="")
    voters = models.JSONField(_("应到名册"), default=list)
    tellers = models.JSONField(_("监票计票人员"), default=dict)
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdraw_reason = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    objects: ClassVar = AssemblyQuerySet.as_manager()

    class Meta:
        verbose_name = _("居民代表会议")
        ordering = ["-held_on", "-created_at"]

    @property
    def whole(self) -> Term | ByElection:
        """The election it votes in."""
        return self.by_election or self.term

    @property
    def present(self) -> int:
        """实到: how many came."""
        return sum(bool(voter["present"]) for voter in self.voters)

    @property
    def proxies(self) -> int:
        """How many have not come and vote through somebody who has."""
        return sum(bool(voter.get("proxy")) for voter in self.voters)


#: How somebody comes on the list before a vote; the others come about by themselves or by whoever sends them.
NOMINATED_BY = (Route.NOMINATION, Route.RECOMMENDATION, Route.SELF_NOMINATION)


class Candidate(BaseRecord):
    """Someone proposed for a seat. Only what they agreed to is published."""

    MOVES_WITH_ACCOUNT = ("person",)

    LIFECYCLE = CANDIDATE_LIFECYCLE
    LOCKED_AFTER = "constituency.term"

    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="candidates")
    by_election = models.ForeignKey(ByElection, models.PROTECT, null=True, blank=True, related_name="candidates")
    place = models.ForeignKey(Place, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="candidacies")
    name = models.CharField(_("姓名"), max_length=40)
    gender = models.CharField(_("性别"), max_length=6, blank=True, default="")
    birth_year = models.PositiveSmallIntegerField(_("出生年份"), null=True, blank=True)
    unit = models.CharField(_("单位或楼院"), max_length=80, blank=True, default="")
    phone = SealedField(_("电话"), blank=True, default="")
    identities = models.JSONField(_("身份"), default=list, blank=True)
    introduction = models.TextField(_("简介"), blank=True, default="")
    route = models.CharField(_("产生方式"), max_length=16, choices=Route.choices)
    proposed_by = models.CharField(_("提名人"), max_length=80, blank=True, default="")
    consents_to_publication = models.BooleanField(_("同意公示"), default=False)
    publishes = models.JSONField(_("同意公开的内容"), default=list, blank=True)
    consented_on = models.DateField(_("同意日期"), null=True, blank=True)
    #: Of a seat that is somebody's to send: in whose place they come.
    replaces = models.ForeignKey("Representative", models.PROTECT, null=True, blank=True, related_name="+")
    state = CANDIDATE_LIFECYCLE.field()
    review_note = models.TextField(_("审查意见"), blank=True, default="")

    class Meta:
        verbose_name = _("候选人")
        ordering = ["constituency__position", "name"]
        constraints = [
            CANDIDATE_LIFECYCLE.constraint("candidate_state"),
            models.UniqueConstraint(
                fields=["constituency", "name", "birth_year"],
                condition=Q(by_election__isnull=True),
                name="candidate_once",
                violation_error_message=_("这个推选单位已经登记了同名同龄的候选人。"),
            ),
            models.UniqueConstraint(
                fields=["by_election", "name", "birth_year"],
                name="by_election_candidate_once",
                violation_error_message=_("这次补选已经登记了同名同龄的候选人。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whole(self) -> Term | ByElection:
        """The election they stand in."""
        return self.by_election or self.constituency.term


class ElectionRound(BaseRecord):
    """One round of voting in one constituency."""

    LOCKED_AFTER = "constituency.term"

    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="rounds")
    by_election = models.ForeignKey(ByElection, models.PROTECT, null=True, blank=True, related_name="rounds")
    assembly = models.ForeignKey(Assembly, models.PROTECT, null=True, blank=True, related_name="rounds")
    place = models.ForeignKey(Place, models.PROTECT)
    number = models.PositiveSmallIntegerField(_("轮次"))
    kind = models.CharField(_("类别"), max_length=14, choices=RoundKind.choices)
    seats = models.PositiveSmallIntegerField(_("应选名额"))
    poll = models.OneToOneField(
        Poll,
        models.PROTECT,
        related_name="+",
        error_messages={"unique": _("这次表决已经用在另一轮选举上。请刷新页面再办。")},
    )
    candidates = models.ManyToManyField(Candidate, related_name="rounds")
    declared_on = models.DateField(_("宣布日期"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=16, choices=Outcome.choices, blank=True, default="")

    class Meta:
        verbose_name = _("选举轮次")
        ordering = ["constituency__position", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["constituency", "number"],
                name="round_once",
                violation_error_message=_("这个推选单位的这一轮已经准备好。请刷新页面，在那一轮上办理。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.constituency)

    @property
    def whole(self) -> Term | ByElection:
        """The election it is a round of."""
        return self.by_election or self.constituency.term


def serving_on(today: date, at: str = "") -> Q:
    """In office on a day; `at` leads to the representatives from another table."""
    return Q(**{f"{at}since__lte": today}) & (Q(**{f"{at}until__isnull": True}) | Q(**{f"{at}until__gte": today}))


class RepresentativeQuerySet(RecordQuerySet["Representative"]):
    """Named filters."""

    def serving(self, today: date) -> "RepresentativeQuerySet":
        """Representatives in office on this day."""
        return self.filter(serving_on(today))


class Representative(BaseRecord):
    """A council representative in a seat, from a day until a day."""

    MOVES_WITH_ACCOUNT = ("person",)

    term = models.ForeignKey(Term, models.PROTECT, related_name="representatives")
    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="representatives")
    place = models.ForeignKey(Place, models.PROTECT, related_name="representatives")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats")
    name = models.CharField(_("姓名"), max_length=40)
    since = models.DateField(_("任期开始"))
    until = models.DateField(_("任期截止"), null=True, blank=True)
    end_kind = models.CharField(_("离任类别"), max_length=12, choices=Leaving.choices, blank=True, default="")
    end_reason = models.TextField(_("离任原因"), blank=True, default="")

    objects: ClassVar = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("议事代表")
        ordering = ["constituency__position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                name="representative_of_a_candidate_once",
                violation_error_message=_("这位当选人已经就任，不用再办。请刷新页面查看。"),
            ),
            models.CheckConstraint(
                name="representative_dates_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("离任日期不能早于就任日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def serves(self, today: date) -> bool:
        """Whether this seat is held on a day."""
        return self.since <= today and (self.until is None or self.until >= today)

    def sectors(self, day: date) -> list[str]:
        """The sector of the seat, and those its holder belonged to on a day while holding it; the seat's own first."""
        asked = max(self.since, min(day, self.until or day))
        held = sorted(one.kind for one in self.identities.all() if one.holds(asked))
        return list(dict.fromkeys([self.constituency.sector, *held]))


class Identity(BaseRecord):
    """A representative belongs to one more sector of the composition than the seat's own, from a day until a day."""

    LEDGER = Binding(public=False)
    LOCKED_AFTER = "representative"

    representative = models.ForeignKey(Representative, models.PROTECT, related_name="identities")
    place = models.ForeignKey(Place, models.PROTECT)
    kind = models.CharField(_("身份"), max_length=32, choices=IdentityKind.choices)
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("身份")
        constraints = [
            models.UniqueConstraint(
                fields=["representative", "kind", "since"],
                name="identity_noted_once",
                violation_error_message=_("这位代表的这个身份已经登记，起始日期也一样，不用再登记。"),
            ),
            models.CheckConstraint(
                name="identity_dates_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("终止日期不能早于起始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def holds(self, day: date) -> bool:
        """Whether it is so on a day."""
        return self.since <= day and (self.until is None or self.until >= day)


class OutreachQuerySet(RecordQuerySet["Outreach"]):
    """Named filters."""

    def standing(self) -> "OutreachQuerySet":
        """Without what was noted by mistake and withdrawn."""
        return self.filter(withdrawn_on=None)


class Outreach(BaseRecord):
    """走访: a representative has been somewhere and has listened."""

    LOCKED_AFTER = "representative"

    representative = models.ForeignKey(Representative, models.PROTECT, related_name="outreach")
    place = models.ForeignKey(Place, models.PROTECT)
    called_on = models.DateField(_("日期"))
    kind = models.CharField(_("方式"), max_length=12, choices=OutreachKind.choices)
    where = models.CharField(_("地点"), max_length=80)
    people = models.PositiveSmallIntegerField(_("接触人数"))
    heard = models.TextField(_("听到的情况"))
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdraw_reason = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    objects: ClassVar = OutreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("走访记录")
        ordering = ["-called_on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.where}"
