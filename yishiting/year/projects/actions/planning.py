"""From an adopted proposal to a plan that has been public without objection."""

from collections.abc import Sequence

from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.money import yuan
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.queries import why_not_clear
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.councils.models import Representative
from yishiting.year.projects import rules
from yishiting.year.projects.models import Path, Project, Supervisor, TeamMember
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.rules import Plan
from yishiting.year.projects.states import LIFECYCLE, State
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import ResponsibleLevel

OWN_LEVELS = (ResponsibleLevel.COMMUNITY, ResponsibleLevel.RESIDENT_UNIT)
PLAN_FIELDS = tuple(Plan.__dataclass_fields__)


@verb("project.open", "立项", MAY)
def open_project(proposal: Proposal, *, by: Actor) -> Project:
    """Open a project for a proposal the council has adopted and the residents carry out themselves."""
    if proposal.state != ProposalState.ADOPTED:
        raise WrongState("只有议事协商会通过的建议案才能立项。请先提请审议。")
    if proposal.responsible_level not in OWN_LEVELS:
        raise Refused("这是上级的职责，社区不能承办。请报送街乡。")
    if Project.objects.filter(proposal=proposal).exists():
        raise Refused("这件建议案已经立项，不必再立。")
    year = timezone.localdate().year
    project = Project(
        proposal=proposal,
        place=proposal.place,
        year=year,
        title=proposal.title,
        path=Path.SELF_GOVERNED,
        content=proposal.measures,
        rules_label=rules_for(proposal.place).label,
    )
    number = later(project, "number")
    write_entry(project, rules=project.rules_label, proposal=str(proposal.pk), number=number, path=project.path)
    _number(project)
    return project


@verb("project.write_plan", "制定方案", MAY)
def write_plan(project: Project, *, by: Actor, plan: Plan) -> Project:
    """Write the plan: who answers for it, by when, what finished means, who keeps it up and at what yearly cost."""
    _only_while_planning(project)
    if wrong := rules.wrong_dates(plan, timezone.localdate()):
        raise Refused(wrong[1], field=wrong[0])
    for name in PLAN_FIELDS:
        setattr(project, name, getattr(plan, name))
    project.save(update_fields=PLAN_FIELDS)
    deadline = plan.deadline.isoformat() if plan.deadline else ""
    write_entry(project, deadline=deadline, planned_cost=plan.planned_cost, maintenance=plan.maintenance_yearly_cost)
    return project


@verb("project.set_team", "组成实施小组", MAY)
def set_team(project: Project, *, by: Actor, members: Sequence[tuple[str, str]]) -> Project:
    """Name the team: each member and what they do."""
    if project.state in (State.REVIEWED, State.STOPPED):
        raise WrongState("项目已经结束，不能再改实施小组。")
    if not members:
        raise Refused("实施小组至少写一名成员和分工。", field="members")
    project.team.all().delete()
    TeamMember.objects.bulk_create(
        TeamMember(project=project, place=project.place, name=name, duty=duty) for name, duty in members
    )
    write_entry(project, members=len(members))
    return project


@verb("project.set_supervisors", "组成监督小组", MAY)
def set_supervisors(project: Project, *, by: Actor, representatives: Sequence[Representative]) -> Project:
    """Form the supervision group from serving representatives of the place."""
    book, today = rules_for(project.place), timezone.localdate()
    least = book.number("project.supervisors_min")
    if len(representatives) < least:
        raise Refused(f"监督小组至少{least}名代表，现在选了{len(representatives)}名。", field="representatives")
    serving = set(Representative.objects.serving(today).filter(place=project.place).values_list("pk", flat=True))
    if strangers := [one.name for one in representatives if one.pk not in serving]:
        raise Refused(f"{'、'.join(strangers)}不是本地在任代表，请重新选择。", field="representatives")
    if project.signatures.filter(attempt=project.acceptance_attempts + 1).exists():
        raise Refused("已经有人在验收单上签字，这次验收结束后再调整监督小组。")
    keep = {one.pk for one in representatives}
    project.supervisors.exclude(representative__in=keep).filter(signatures__isnull=True).delete()
    for one in representatives:
        Supervisor.objects.get_or_create(project=project, representative=one, defaults={"place": project.place})
    write_entry(project, rules=book.label, representatives=sorted(str(pk) for pk in keep))
    return project


@verb("project.publicise_plan", "公示方案", MAY)
def publicise_plan(project: Project, *, by: Actor) -> Project:
    """Make the complete plan public; work starts when the period has ended without an open objection."""
    if lacking := rules.missing(plan_of(project)):
        raise Refused(f"方案还缺：{'、'.join(label for _name, label in lacking)}。补齐后再公示。")
    if not project.team.exists():
        raise Refused("还没有实施小组。一个项目一个小组，请先写明成员和分工。")
    LIFECYCLE.advance(project, "project.publicise_plan")
    project.notice = post_notice(
        project.place,
        by=by,
        kind=NoticeKind.PLAN,
        title=f"“{project.title}”实施方案公示",
        body=_plan_in_words(project),
        basis=f"决议{project.proposal.resolution_number}",
        subject=project,
    )
    project.save(update_fields=["state", "notice"])
    write_entry(project, rules=project.rules_label, notice=str(project.notice.pk))
    return project


@verb("project.revise_plan", "修改方案", MAY)
def revise_plan(project: Project, *, by: Actor, reason: str) -> Project:
    """Take the plan back to the table when an objection was upheld or the notice withdrawn."""
    if project.notice is not None and project.notice.state in (NoticeState.POSTED, NoticeState.CLEAR):
        raise Refused("公示还有效，不能直接改方案。异议成立后，或撤回公示后，再修改。")
    LIFECYCLE.advance(project, "project.revise_plan")
    project.save(update_fields=["state"])
    write_entry(project, private={"reason": reason})
    return project


@verb("project.start", "开工", MAY)
def start_project(project: Project, *, by: Actor) -> Project:
    """Start the work: the plan has been public without an open objection and the supervision group is formed."""
    today = timezone.localdate()
    if project.notice is not None and (reason := why_not_clear(project.notice, today)):
        raise Refused(reason)
    if not project.supervisors.exists():
        raise Refused("还没有监督小组，请先由书记选定代表。")
    LIFECYCLE.advance(project, "project.start")
    project.started_on = project.last_progress_on = today
    project.save(update_fields=["state", "started_on", "last_progress_on"])
    write_entry(project, started_on=today.isoformat())
    return project


@verb("project.stop", "终止项目", MAY)
def stop_project(project: Project, *, by: Actor, reason: str) -> Project:
    """Stop a project, with the reason that the public reads."""
    if not reason.strip():
        raise Refused("请写明终止的原因，居民会看到。", field="reason")
    LIFECYCLE.advance(project, "project.stop")
    project.stop_reason = reason
    project.save(update_fields=["state", "stop_reason"])
    write_entry(project, private={"reason": reason})
    return project


def _number(project: Project) -> None:
    """Number a project and save it, last of all."""

    def save(serials: range) -> None:
        project.number = paper_number(f"{project.place.short_name}实事", project.year, serials[0])
        project.save(force_insert=True)

    number_at_the_end(project.place, Series.PROJECT, project.year, save)


def plan_of(project: Project) -> Plan:
    """The plan as it is written on the project."""
    return Plan(**{name: getattr(project, name) for name in PLAN_FIELDS})


def _only_while_planning(project: Project) -> None:
    if project.state != State.PLANNING:
        raise WrongState("方案已经公示，不能直接改。异议成立后，或撤回公示后，再修改方案。")


def _plan_in_words(project: Project) -> str:
    team = "、".join(f"{member.name}（{member.duty}）" for member in project.team.all())
    return "\n".join(
        (
            f"项目内容：{project.content}",
            f"责任人：{project.responsible_name}",
            f"实施小组：{team}",
            f"完成时限：{chinese(project.deadline, 'plain') if project.deadline else ''}",
            f"完成标准：{project.completion_standard}",
            f"计划费用：{yuan(project.planned_cost or 0)}元，来源：{project.cost_source or '无需经费'}",
            f"后期维护：{project.maintenance_owner}，每年{yuan(project.maintenance_yearly_cost or 0)}元",
        )
    )
