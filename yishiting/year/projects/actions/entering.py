"""A work that is under way when a place joins is entered with its plan; the level above confirms it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.common.parameters import Day, Files, Money, OneOf, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.organisations.actions.naming import PersonHere, WhoHere
from yishiting.ground.places.models import Level, Place, ResponsibleLevel
from yishiting.ground.places.rules import may_lead
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.dossiers.actions import open_dossiers
from yishiting.year.dossiers.models import Dossier
from yishiting.year.projects.actions.opening import number_project
from yishiting.year.projects.models import Basis, Path, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import basis_of
from yishiting.year.projects.rules import FULL
from yishiting.year.projects.states import LIFECYCLE
from yishiting.year.proposals.actions.drafting import number_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import LIFECYCLE as OF_A_PROPOSAL

BASIS = Text(
    _("立项依据"),
    rows=3,
    hint=_("例如：2025年11月20日协商会第二次会议通过，街道批复〔2025〕31号。"),
    missing=_("请写明什么时候、由谁决定办这件事，上级据此确认。"),
)
WHOSE = OneOf(_("属于哪一级的职责"), lambda place: [duty for duty in ResponsibleLevel if may_lead(place.level, duty)])
PAPERS = Files(_("依据材料"), hint=_("会议记录、批复、合同的照片或扫描件，只有工作人员看得到。"))


@verb(
    "project.enter",
    _("登记在办项目"),
    MAY,
    before=_(
        "启用本系统以前已经决定、正在实施的实事项目在这里登记。登记后由上一级确认，确认以后照常记录进展、验收和评议。"
    ),
    done=_("已登记，等待上级确认。请接着“组成实施小组”和“组成监督小组”。"),
)
def enter_project(
    place: Place,
    *,
    by: Actor,
    title: Annotated[str, line(_("项目名称"))],
    content: Annotated[str, Text(_("项目内容"))],
    responsible_level: Annotated[ResponsibleLevel, WHOSE],
    basis: Annotated[str, BASIS],
    responsible_name: Annotated[str, PersonHere(_("责任人"))],
    started_on: Annotated[date, Day(_("开工日期"), past=True)],
    deadline: Annotated[date, Day(_("完成时限"))],
    completion_standard: Annotated[str, Text(_("完成标准"), rows=3)],
    maintenance_owner: Annotated[str, WhoHere(_("后期维护责任人"))],
    maintenance_yearly_cost: Annotated[int, Money(_("每年维护费用（元）"), hint=_("没有费用填0。"))],
    planned_cost: Annotated[int, Money(_("计划费用（元）"), hint=_("没有费用填0。"))],
    cost_source: Annotated[str, line(_("经费来源"))] = "",
    percent: Annotated[int, Whole(_("现在的进度（%）"), most=FULL - 1)] = 0,
    papers: Annotated[Sequence[Any], PAPERS] = (),
) -> Project:
    """Write down a work that was decided and begun before the place joined; the level above confirms it."""
    if deadline < started_on:
        raise Refused(_("完成时限不能早于开工日期。"), field="deadline")
    proposal = _decided_before(place, title, content, basis, responsible_level)
    project = Project(
        dossier=proposal.dossier,
        place=place,
        year=proposal.year,
        title=title,
        path=Path.SELF_GOVERNED,
        content=content,
        responsible_name=responsible_name,
        starts_on=started_on,
        started_on=started_on,
        deadline=deadline,
        completion_standard=completion_standard,
        maintenance_owner=maintenance_owner,
        maintenance_yearly_cost=maintenance_yearly_cost,
        planned_cost=planned_cost,
        cost_source=cost_source,
        percent=percent,
        last_progress_on=timezone.localdate(),
        entered_on=timezone.localdate(),
        entry_basis=basis,
        rules_label=rules_for(place).label,
    )
    Basis.objects.create(project=project, proposal=proposal)
    begun = started_on.isoformat()
    private = {"title": title, "basis": basis}
    write_entry(project, rules=project.rules_label, number=later(project, "number"), started_on=begun, private=private)
    number_proposal(proposal)
    number_project(project)
    for paper in papers:
        attach(project, paper, by=by, purpose="paper", public=False)
    return project


def _decided_before(place: Place, title: str, content: str, basis: str, level: str) -> Proposal:
    """The decision behind a work that is entered, as a proposal adopted elsewhere."""
    today = timezone.localdate()
    dossier = Dossier(origin=place, opened_on=today, lies_at=place)
    open_dossiers([dossier])
    proposal = Proposal(
        dossier=dossier,
        place=place,
        year=today.year,
        for_year=today.year,
        title=title,
        situation=basis,
        measures=content,
        responsible_level=level,
        resolution_number="非本系统决定",
        decision_reason=basis,
        rules_label=rules_for(place).label,
    )
    OF_A_PROPOSAL.advance(proposal, "project.enter")
    return proposal


def _was_entered(project: Project) -> Sentence | None:
    return None if project.entered_on is not None else _("这个项目是在本系统立项的，请先“公示方案”，再“开工”。")


def _is_led(project: Project) -> Sentence | None:
    """Only a community carries out works without a section."""
    led = project.place.level == Level.COMMUNITY or project.path == Path.DEPARTMENT_RUN
    return None if led else _("还没有承办科室。请登记的地方先“调整承办科室和责任领导”。")


def _seen_from_above(project: Project) -> Sentence:
    return _("%(place)s：%(title)s。登记为%(duty)s的职责。%(begun)s开工，%(due)s前完成。立项依据：%(basis)s") % {
        "duty": basis_of(project)[0].get_responsible_level_display(),
        "place": project.place.name,
        "title": project.title,
        "begun": said(project.started_on, "plain") if project.started_on else "",
        "due": said(project.deadline, "plain") if project.deadline else "",
        "basis": project.entry_basis,
    }


@verb(
    "project.confirm_entry",
    _("确认在办项目"),
    MAY,
    before=_seen_from_above,
    done=_("已确认，可以照常记录进展和验收。"),
    conditions=(_was_entered, _is_led),
)
def confirm_project_entry(project: Project, *, by: Actor) -> Project:
    """The level above confirms a work that was under way when the place joined."""
    LIFECYCLE.advance(project, "project.confirm_entry")
    project.confirmed_on = timezone.localdate()
    project.confirmed_by = by if isinstance(by, Person) else None
    project.save(update_fields=["state", "confirmed_on", "confirmed_by"])
    write_entry(project, rules=project.rules_label)
    return project
