"""From an opened project to a plan that has been public without objection."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.money import amount
from yishiting.ground.common.parameters import Day, Lines, Money, Refs, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import PersonHere, WhoHere
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.queries import why_not_clear
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.councils.models import Representative
from yishiting.year.councils.queries import serving_here
from yishiting.year.projects import rules
from yishiting.year.projects.actions.apart import no_doer_watches, no_watcher_does
from yishiting.year.projects.actions.telling import tell_all
from yishiting.year.projects.models import Project, Supervisor, TeamMember
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import (
    basis_in_words,
    basis_of,
    group_size,
    partners_of,
    serving_supervisors,
    team_of,
)
from yishiting.year.projects.rules import Plan
from yishiting.year.projects.states import LIFECYCLE
from yishiting.year.proposals.actions.drafting import refuse_blacked_out
from yishiting.year.proposals.queries import mains_of

PLAN_FIELDS = tuple(Plan.__dataclass_fields__)


TITLE = line(
    _("项目名称"), most=160, hint=_("项目自己的名称，不写“关于……的建议”。例如：楼门口安装太阳能路灯。空着就不改。")
)


@verb("project.write_plan", _("制定方案"), MAY, done=_("方案已保存。"))
def write_plan(
    project: Project,
    *,
    by: Actor,
    title: Annotated[str, TITLE] = "",
    content: Annotated[
        str, Text(_("项目内容"), hint=_("做什么、在哪里、做多少。例如：在3、5、7号楼门口各装一盏太阳能路灯。"))
    ] = "",
    responsible_name: Annotated[str, PersonHere(_("责任人"), hint=_("一个人，不写单位。"))] = "",
    starts_on: Annotated[date | None, Day(_("计划开工"))] = None,
    deadline: Annotated[date | None, Day(_("完成时限"))] = None,
    completion_standard: Annotated[str, Text(_("完成标准"), rows=3, hint=_("做到什么样算完成，验收时逐条对照。"))] = "",
    planned_cost: Annotated[int | None, Money(_("计划费用（元）"), hint=_("没有费用填0。"))] = None,
    cost_source: Annotated[str, line(_("经费来源"))] = "",
    maintenance_owner: Annotated[str, WhoHere(_("后期维护责任人"), hint=_("建成以后谁管、谁修。"))] = "",
    maintenance_yearly_cost: Annotated[int | None, Money(_("每年维护费用（元）"), hint=_("没有费用填0。"))] = None,
) -> Project:
    """Write the plan: who answers for it, by when, what finished means, who keeps it up and at what yearly cost."""
    plan = Plan(
        content, responsible_name, starts_on, deadline, completion_standard, maintenance_owner,
        maintenance_yearly_cost, planned_cost, cost_source,
    )  # fmt: skip
    if wrong := rules.wrong_dates(plan, timezone.localdate()):
        raise Refused(wrong[1], field=wrong[0])
    no_watcher_does(project, [responsible_name], "responsible_name")
    public = {"title": title, "content": content, "completion_standard": completion_standard}
    refuse_blacked_out(public, mains_of(*basis_of(project)))
    for name in PLAN_FIELDS:
        setattr(project, name, getattr(plan, name))
    project.title = title or project.title
    project.save(update_fields=[*PLAN_FIELDS, "title"])
    day = deadline.isoformat() if deadline else ""
    write_entry(project, deadline=day, planned_cost=planned_cost, maintenance=maintenance_yearly_cost)
    return project


MEMBERS = Lines(
    _("实施小组"),
    {"name": PersonHere(_("姓名")), "duty": line(_("分工"), most=80)},
    hint=_("一行一人，先写姓名，再写分工。例如：李明 联系施工"),
    missing=_("实施小组至少写一名成员和分工。"),
    initial=lambda project: [(one.name, one.duty) for one in team_of(project)],
)


@verb("project.set_team", _("组成实施小组"), MAY, done=_("实施小组已保存。"))
def set_team(project: Project, *, by: Actor, members: Annotated[Sequence[tuple[str, str]], MEMBERS]) -> Project:
    """Name the team: each member and what they do; who is no longer on it is kept with the day. Nobody is on it who supervises."""
    no_watcher_does(project, [name for name, _duty in members], "members")
    today, now = timezone.localdate(), {(one.name, one.duty): one for one in team_of(project)}
    left = [one.pk for pair, one in now.items() if pair not in members]
    project.team.filter(pk__in=left).update(until=today)
    TeamMember.objects.bulk_create(
        TeamMember(project=project, place=project.place, name=name, duty=duty, since=today)
        for name, duty in members
        if (name, duty) not in now
    )
    write_entry(project, members=len(members))
    return project


def _called(one: Representative) -> str:
    words = _("%(name)s（%(group)s）") if one.person_id else _("%(name)s（%(group)s，还没有账号）")
    return str(words) % {"name": one.name, "group": one.constituency.name}


SUPERVISORS = Refs(
    _("监督小组"),
    lambda project: serving_here(project.place, timezone.localdate()),
    hint=_("验收时每个人都要签字：用自己的账号签，或在纸上签、由社区登记。"),
    called=_called,
    initial=lambda project: list(project.supervisors.values_list("representative_id", flat=True)),
)


@verb("project.set_supervisors", _("组成监督小组"), MAY, done=_("监督小组已保存。"))
def set_supervisors(
    project: Project, *, by: Actor, representatives: Annotated[Sequence[Representative], SUPERVISORS]
) -> Project:
    """Form the supervision group from serving representatives of the place."""
    no_doer_watches(project, representatives, "representatives")
    book = rules_for(project.place)
    least = book.number("project.supervisors_min")
    if len(representatives) < least:
        said = {"least": least, "n": len(representatives)}
        raise Refused(_("监督小组至少%(least)s名代表，现在选了%(n)s名。") % said, field="representatives")
    keep, today = {one.pk for one in representatives}, timezone.localdate()
    if project.signatures.filter(attempt=project.acceptance_attempts + 1).exists():
        enough = group_size(project, today) >= least
        if enough or not set(serving_supervisors(project, today)) <= keep:
            raise Refused(
                _(
                    "已经有人在验收单上签字，这次验收结束后再调整监督小组。有人离任、人数不够规定的，只能增补，不能调换。"
                )
            )
    project.supervisors.exclude(representative__in=keep).filter(signatures__isnull=True).delete()
    wanted = [Supervisor(project=project, representative=one, place=project.place) for one in representatives]
    Supervisor.objects.bulk_create(wanted, ignore_conflicts=True)
    write_entry(project, rules=book.label, representatives=sorted(str(pk) for pk in keep))
    return project


def _waits_for_nobody_above(project: Project) -> Sentence | None:
    if project.entered_on is None or project.confirmed_on is not None:
        return None
    return _("这是登记的在办项目，不用再公示方案，等上级“确认在办项目”。")


def _plan_is_whole(project: Project) -> Sentence | None:
    lacking = "、".join(label for _name, label in rules.missing(plan_of(project)))
    return format_lazy(_("方案还缺：{lacking}。请在“制定方案”里补齐，再公示。"), lacking=lacking) if lacking else None


def _has_a_team(project: Project) -> Sentence | None:
    return None if team_of(project) else _("还没有实施小组。一个项目一个小组，请先“组成实施小组”，写明成员和分工。")


@verb(
    "project.publicise_plan",
    _("公示方案"),
    MAY,
    before=_("方案马上公开，居民可以提异议。公示期间方案不能再改。请先核对责任人、时限、标准和费用。"),
    done=_("方案已公示。"),
    conditions=(_waits_for_nobody_above, _plan_is_whole, _has_a_team),
)
def publicise_plan(project: Project, *, by: Actor) -> Project:
    """Make the complete plan public; work starts when the period has ended without an open objection."""
    LIFECYCLE.advance(project, "project.publicise_plan")
    project.notice = post_notice(
        project.place,
        by=by,
        kind=NoticeKind.PLAN,
        title=f"“{project.title}”实施方案公示",
        body=plan_in_words(project),
        basis=f"决议{basis_in_words(project)}",
        subject=project,
    )
    project.save(update_fields=["state", "notice"])
    write_entry(project, rules=project.rules_label, notice=str(project.notice.pk))
    last = chinese(project.notice.last_day, "plain")
    tell_all(project, "publicise_plan", f"“{project.title}”的实施方案公示到{last}，有意见可以提异议。")
    return project


def _notice_has_fallen(project: Project) -> Sentence | None:
    stands = project.notice is not None and project.notice.state in (NoticeState.POSTED, NoticeState.CLEAR)
    return _("公示还有效，不能直接改方案。异议成立后，或撤回公示后，再修改。") if stands else None


@verb(
    "project.revise_plan",
    _("修改方案"),
    MAY,
    done=_("可以修改方案了，改好后重新公示。"),
    conditions=(_notice_has_fallen,),
)
def revise_plan(project: Project, *, by: Actor, reason: Annotated[str, Text(_("为什么修改"))]) -> Project:
    """Take the plan back to the table when an objection was upheld or the notice withdrawn."""
    LIFECYCLE.advance(project, "project.revise_plan")
    project.save(update_fields=["state"])
    write_entry(project, private={"reason": reason})
    return project


def _notice_is_clear(project: Project) -> Sentence | None:
    return why_not_clear(project.notice, timezone.localdate()) if project.notice is not None else None


def _has_supervisors(project: Project) -> Sentence | None:
    return None if project.supervisors.exists() else _("还没有监督小组，请书记先“组成监督小组”。")


def as_publicised(project: Project) -> Sentence | None:
    """The work is begun by the plan that was public, word for word."""
    if project.notice is not None and project.notice.body == plan_in_words(project):
        return None
    return _("方案和公示的不一样，不能开工。请“撤回公示”，再“修改方案”，改好以后重新公示。")


@verb(
    "project.start",
    _("开工"),
    MAY,
    done=_("已开工。"),
    conditions=(_notice_is_clear, as_publicised, _has_supervisors),
)
def start_project(project: Project, *, by: Actor) -> Project:
    """Start the work: the plan has been public without an open objection and the supervision group is formed."""
    today = timezone.localdate()
    LIFECYCLE.advance(project, "project.start")
    project.started_on = project.last_progress_on = today
    project.save(update_fields=["state", "started_on", "last_progress_on"])
    write_entry(project, started_on=today.isoformat())
    due = f"，计划{chinese(project.deadline, 'plain')}前完成" if project.deadline else ""
    tell_all(project, "start", f"“{project.title}”已经开工{due}。")
    return project


STOPPED_BECAUSE = Text(_("终止原因"), hint=_("居民会看到。"), missing=_("请写明终止的原因，居民会看到。"))


@verb("project.stop", _("终止项目"), MAY, done=_("项目已终止，原因已公开。"), kind="danger")
def stop_project(project: Project, *, by: Actor, reason: Annotated[str, STOPPED_BECAUSE]) -> Project:
    """Stop a project, with the reason that the public reads."""
    LIFECYCLE.advance(project, "project.stop")
    project.stop_reason = reason
    project.save(update_fields=["state", "stop_reason"])
    write_entry(project, private={"reason": reason})
    tell_all(project, "stop", f"“{project.title}”终止，原因：{reason}")
    return project


def plan_of(project: Project) -> Plan:
    """The plan as it is written on the project."""
    return Plan(**{name: getattr(project, name) for name in PLAN_FIELDS})


def plan_in_words(project: Project) -> str:
    """The plan as the notice says it."""
    team = "、".join(f"{member.name}（{member.duty}）" for member in team_of(project))
    return "\n".join(
        (
            f"项目内容：{project.content}",
            f"责任人：{project.responsible_name}",
            *who_carries_it_out(project),
            f"实施小组：{team}",
            f"完成时限：{chinese(project.deadline, 'plain') if project.deadline else ''}",
            standard_in_words(project),
            f"计划费用：{amount(project.planned_cost or 0)}，来源：{project.cost_source or '无需经费'}",
            f"后期维护：{project.maintenance_owner}，每年{amount(project.maintenance_yearly_cost or 0)}",
        )
    )


def who_carries_it_out(project: Project) -> list[str]:
    """Who leads a project that residents do not carry out by themselves, and what each partner gives."""
    if project.lead is None or project.responsible is None:
        return []
    led = f"承办：{project.lead.name}，责任领导：{project.responsible.name}"
    with_it = "；".join(one.said for one in partners_of(project))
    return [led, f"配合单位：{with_it}"] if with_it else [led]


def standard_in_words(project: Project) -> str:
    """What finished means, as the notice says it."""
    return f"完成标准：{project.completion_standard}"
