"""Projects (实事项目): one project, one team, one plan."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.money import amount
from yishiting.ground.files.models import Attachment
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import DueField
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.councils.models import Representative
from yishiting.year.dossiers.models import Dossier
from yishiting.year.projects.states import FINDING_LIFECYCLE, LIFECYCLE, State
from yishiting.year.proposals.models import Proposal


class Path(models.TextChoices):
    """Who does the work."""

    SELF_GOVERNED = "self_governed", _("居民自治完成")
    DEPARTMENT_RUN = "department_run", _("部门承办")


class Project(BaseRecord):
    """A practical project: who answers for it, what finished means, by when, and who keeps it up afterwards."""

    LIFECYCLE = LIFECYCLE
    #: The dossier came later: what was bound before keeps its fingerprint.
    LEDGER = Binding(without=("dossier",))

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="projects")
    proposals = models.ManyToManyField(Proposal, through="Basis", related_name="projects")
    place = models.ForeignKey(Place, models.PROTECT, related_name="projects")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.CharField(
        _("编号"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("这个项目编号已经用过。请再办一次，系统会给新的编号。")},
    )
    title = models.CharField(_("项目名称"), max_length=160)
    path = models.CharField(_("实施方式"), max_length=16, choices=Path.choices)
    state = LIFECYCLE.field()

    content = models.TextField(_("项目内容"), blank=True, default="")
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    #: Of a project that a section or a unit carries out: the leader who answers for it, and who does the work there.
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    handler = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    responsible_name = models.CharField(_("责任人"), max_length=40, blank=True, default="")
    starts_on = models.DateField(_("计划开工"), null=True, blank=True)
    deadline = models.DateField(_("完成时限"), null=True, blank=True)
    rectify_by = models.DateField(_("整改期限"), null=True, blank=True)
    completion_standard = models.TextField(_("完成标准"), blank=True, default="")
    maintenance_owner = models.CharField(_("后期维护责任人"), max_length=80, blank=True, default="")
    maintenance_yearly_cost = models.BigIntegerField(_("每年维护费用（分）"), null=True, blank=True)
    planned_cost = models.BigIntegerField(_("计划费用（分）"), null=True, blank=True)
    cost_source = models.CharField(_("经费来源"), max_length=160, blank=True, default="")
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    percent = models.PositiveSmallIntegerField(_("进度"), default=0)
    last_progress_on = models.DateField(_("最近进展"), null=True, blank=True)
    started_on = models.DateField(_("开工日期"), null=True, blank=True)
    completed_on = models.DateField(_("完工日期"), null=True, blank=True)
    accepted_on = models.DateField(_("验收日期"), null=True, blank=True)
    acceptance_attempts = models.PositiveSmallIntegerField(_("已验收次数"), default=0)
    stop_reason = models.TextField(_("终止原因"), blank=True, default="")
    #: A work that was under way before the place joined: when it was written down, where it came from, who above agreed.
    entered_on = models.DateField(_("登记日期"), null=True, blank=True)
    entry_basis = models.TextField(_("立项依据"), blank=True, default="")
    entry_note = models.TextField(_("上级退回的原因"), blank=True, default="")
    confirmed_on = models.DateField(_("上级确认日期"), null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("实事项目")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["place", "state", "deadline"], name="project_place_state")]
        constraints = [
            LIFECYCLE.constraint("project_state"),
            models.CheckConstraint(
                name="project_department_run_is_led",
                condition=~Q(path="department_run")
                | Q(lead__isnull=False, responsible__isnull=False, handler__isnull=False),
                violation_error_message=_("部门承办的项目要写明承办科室或单位、责任领导和承办负责人。"),
            ),
            models.CheckConstraint(
                name="project_percent_in_range",
                condition=Q(percent__lte=100),
                violation_error_message=_("进度应在0到100之间。"),
            ),
            models.CheckConstraint(
                name="project_entered_is_confirmed",
                condition=Q(entered_on__isnull=True)
                | Q(confirmed_on__isnull=False)
                | Q(state__in=["planning", "stopped"]),
                violation_error_message=_("登记的在办项目要先由上级确认。"),
            ),
            models.CheckConstraint(
                name="project_plan_complete_before_publicity",
                condition=Q(state__in=["planning", "stopped"])
                | (
                    ~Q(responsible_name="")
                    & Q(deadline__isnull=False)
                    & ~Q(completion_standard="")
                    & ~Q(maintenance_owner="")
                    & Q(maintenance_yearly_cost__isnull=False)
                ),
                violation_error_message=_("方案须写明责任人、完成时限、完成标准、后期维护责任人和每年维护费用。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def due(self) -> date | None:
        """By when the work at hand must be done: the plan's deadline, or while something is put right, the day set for that."""
        return self.rectify_by if self.state == State.RECTIFYING and self.rectify_by else self.deadline


class Giving(models.TextChoices):
    """What a unit gives to a project."""

    MONEY = "money", _("资金")
    GOODS = "goods", _("实物")
    PLACE = "place", _("场地")
    LABOUR = "labour", _("人工")


#: What is counted in yuan; neither a room nor hours ever are.
VALUED = (Giving.MONEY, Giving.GOODS)


class Partner(BaseRecord):
    """A unit that works on a project with the one that leads it, and what it gives; one that left stays, with the day."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="partners")
    place = models.ForeignKey(Place, models.PROTECT)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    kind = models.CharField(_("出资方式"), max_length=6, choices=Giving.choices, blank=True, default="")
    gives = models.CharField(_("出什么"), max_length=120)
    value = models.BigIntegerField(_("金额或价值（分）"), null=True, blank=True)
    basis = models.CharField(_("金额或价值的依据"), max_length=120, blank=True, default="")
    since = models.DateField(_("加入日期"))
    until = models.DateField(_("退出日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("配合单位")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                condition=Q(until__isnull=True),
                name="partner_once",
                violation_error_message=_("这个单位已经是配合单位，不用再写。"),
            ),
            models.CheckConstraint(
                name="partner_value_of_money_or_goods",
                condition=Q(value__isnull=True) | (Q(kind__in=["money", "goods"], value__gt=0) & ~Q(basis="")),
                violation_error_message=_("只有资金和实物写金额，并写明依据；场地和人工不折成钱。"),
            ),
        ]

    @property
    def said(self) -> str:
        """The unit, and what it gives in words; what is counted in yuan with its value and the basis of that."""
        kind = f"{self.get_kind_display()}：" if self.kind else ""
        worth = f"，{amount(self.value)}，依据{self.basis}" if self.value is not None else ""
        return f"{self.organisation.name}（{kind}{self.gives}{worth}）"


class Basis(BaseRecord):
    """A project rests on an adopted proposal; it may rest on several, and a proposal may lead to several projects.

    The first project of a proposal is opened once; what is opened beside it, or joined to it, is a `further` one.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="bases")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="bases")
    further = models.BooleanField(_("另外立的项目"), default=False, editable=False)

    class Meta:
        verbose_name = _("立项依据")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "proposal"],
                name="basis_once",
                violation_error_message=_("这件建议案已经是这个项目的依据，不用再加。"),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(further=False),
                name="basis_first_project_once",
                violation_error_message=_("这件建议案已经立项，不必再立。请刷新页面，在那个项目上办理。"),
            ),
        ]


class FormerBasis(BaseRecord):
    """A proposal a project rested on until it was taken back, with the day and the reason."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="former_bases")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="former_bases")
    until = models.DateField(_("撤回日期"))
    reason = models.TextField(_("为什么撤回"))

    class Meta:
        verbose_name = _("撤回的立项依据")
        ordering = ["created_at"]


class TeamMember(BaseRecord):
    """Someone on the team of a project; who left stays, with the day."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="team")
    place = models.ForeignKey(Place, models.PROTECT)
    name = models.CharField(_("姓名"), max_length=40)
    duty = models.CharField(_("分工"), max_length=80)
    since = models.DateField(_("加入日期"), null=True, blank=True)
    until = models.DateField(_("离开日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("实施小组成员")


class Supervisor(BaseRecord):
    """A representative in the supervision group of a project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="supervisors")
    place = models.ForeignKey(Place, models.PROTECT)
    representative = models.ForeignKey(Representative, models.PROTECT, related_name="supervisions")

    class Meta:
        verbose_name = _("监督小组成员")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "representative"],
                name="supervisor_once",
                violation_error_message=_("这位代表已经在监督小组里，不用再选。"),
            )
        ]


class Progress(BaseRecord):
    """An entry of progress: how far, what was done, what is in the way. Photographs hang on it."""

    LOCKED_AFTER = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="progress")
    place = models.ForeignKey(Place, models.PROTECT)
    percent = models.PositiveSmallIntegerField(_("进度"))
    text = models.TextField(_("进展"))
    happened_on = models.DateField(_("日期"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdraw_reason = models.CharField(_("撤回原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("进展")
        ordering = ["happened_on", "created_at"]

    def __str__(self) -> str:
        return f"{self.happened_on:%m-%d} {self.percent}%"


class Finding(BaseRecord):
    """What the supervision group found; it stays open until answered and confirmed."""

    LIFECYCLE = FINDING_LIFECYCLE
    LOCKED_AFTER = "project"
    MOVES_WITH_ACCOUNT = ("found_by",)

    project = models.ForeignKey(Project, models.PROTECT, related_name="findings")
    place = models.ForeignKey(Place, models.PROTECT)
    text = models.TextField(_("发现的问题"))
    found_on = models.DateField(_("日期"))
    found_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    due = DueField(_("整改期限"))
    state = FINDING_LIFECYCLE.field()
    answer = models.TextField(_("整改情况"), blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("监督意见")
        ordering = ["found_on"]
        constraints = [FINDING_LIFECYCLE.constraint("finding_state")]


class FindingRound(BaseRecord):
    """One answer to a finding, and why it was sent back if it was. No round replaces another."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="rounds")
    place = models.ForeignKey(Place, models.PROTECT)
    answer = models.TextField(_("整改情况"))
    answered_on = models.DateField(_("答复日期"))
    sent_back_on = models.DateField(_("退回日期"), null=True, blank=True)
    sent_back_because = models.TextField(_("哪里还没有整改到位"), blank=True, default="")

    class Meta:
        verbose_name = _("整改答复")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="finding_sent_back_with_reason",
                condition=Q(sent_back_on__isnull=True, sent_back_because="")
                | (Q(sent_back_on__isnull=False) & ~Q(sent_back_because="")),
                violation_error_message=_("退回整改要写明哪里还没有到位。"),
            )
        ]


class AcceptanceSignature(BaseRecord):
    """One supervisor's word at acceptance, against the completion standard."""

    LOCKED_AFTER = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="signatures")
    place = models.ForeignKey(Place, models.PROTECT)
    supervisor = models.ForeignKey(Supervisor, models.PROTECT, related_name="signatures")
    attempt = models.PositiveSmallIntegerField(_("第几次验收"), default=1)
    meets_standard = models.BooleanField(_("达到标准"))
    note = models.TextField(_("意见"), blank=True, default="")
    signed_on = models.DateField(_("日期"))
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    sheet = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("验收签字")
        constraints = [
            models.UniqueConstraint(
                fields=["supervisor", "attempt"],
                name="signature_once_per_attempt",
                violation_error_message=_("这次验收已经签过字，一人签一次。请刷新页面查看。"),
            ),
            models.CheckConstraint(
                name="signature_entered_from_a_sheet",
                condition=Q(entered_by__isnull=True, sheet__isnull=True)
                | Q(entered_by__isnull=False, sheet__isnull=False),
                violation_error_message=_("代为登记的签字要有签字单。"),
            ),
        ]
