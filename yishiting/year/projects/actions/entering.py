"""A work that is under way when a place joins is entered with its plan; the level above confirms it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
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
WHOSE_IT_IS = OneOf(
    _("属于哪一级的职责"),
    lambda project: [duty for duty in ResponsibleLevel if may_lead(project.place.level, duty)],
    initial=lambda project: basis_of(project)[0].responsible_level,
)
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


def _in_the_entry(name: str) -> Callable[[Project], Any]:
    return lambda project: getattr(project, name)


@verb(
    "project.amend_entry",
    _("修改在办项目的登记"),
    MAY,
    done=_("登记已修改，等待上级确认。"),
    conditions=(_was_entered,),
)
def amend_project_entry(
    project: Project,
    *,
    by: Actor,
    title: Annotated[str, line(_("项目名称"))],
    content: Annotated[str, Text(_("项目内容"))],
    responsible_level: Annotated[ResponsibleLevel, WHOSE_IT_IS],
    basis: Annotated[str, replace(BASIS, initial=_in_the_entry("entry_basis"))],
    started_on: Annotated[date, Day(_("开工日期"), past=True)],
    deadline: Annotated[date, Day(_("完成时限"))],
    percent: Annotated[int, Whole(_("现在的进度（%）"), most=FULL - 1)] = 0,
    papers: Annotated[Sequence[Any], PAPERS] = (),
) -> Project:
    """Put the entry of a work right before the level above confirms it; the plan is put right as any other."""
    if deadline < started_on:
        raise Refused(_("完成时限不能早于开工日期。"), field="deadline")
    LIFECYCLE.advance(project, "project.amend_entry")
    proposal = basis_of(project)[0]
    proposal.title, proposal.measures, proposal.responsible_level = title, content, responsible_level
    proposal.situation = proposal.decision_reason = project.entry_basis = basis
    proposal.save(update_fields=["title", "situation", "measures", "responsible_level", "decision_reason"])
    project.title, project.content, project.percent, project.entry_note = title, content, percent, ""
    project.starts_on = project.started_on = started_on
    project.deadline = deadline
    changed = ["title", "content", "percent", "entry_note", "entry_basis", "starts_on", "started_on", "deadline"]
    project.save(update_fields=changed)
    begun, private = started_on.isoformat(), {"title": title, "basis": basis}
    write_entry(project, rules=project.rules_label, started_on=begun, private=private)
    for paper in papers:
        attach(project, paper, by=by, purpose="paper", public=False)
    return project


@verb(
    "project.return_entry",
    _("退回登记"),
    MAY,
    done=_("已退回，原因写在项目页面上，当地工作台首页会提示。"),
    kind="danger",
    conditions=(_was_entered,),
)
def return_project_entry(
    project: Project, *, by: Actor, reason: Annotated[str, Text(_("哪里不对"), rows=3, missing=_("请写明哪里要改。"))]
) -> Project:
    """Give the entry of a work back to the place with what is wrong in it, before anything rests on it."""
    LIFECYCLE.advance(project, "project.return_entry")
    project.entry_note = reason
    project.save(update_fields=["entry_note"])
    write_entry(project, private={"reason": reason})
    return project


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
    project.confirmed_on, project.entry_note = timezone.localdate(), ""
    project.confirmed_by = by if isinstance(by, Person) else None
    project.save(update_fields=["state", "confirmed_on", "confirmed_by", "entry_note"])
    write_entry(project, rules=project.rules_label)
    return project
