"""Situations of projects, made as the year would make them from an adopted proposal on."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Cast
from tests.put_back import kept
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.instruments.publicity.actions import close_notice
from yishiting.year.councils.models import Constituency, Council, Representative, Term
from yishiting.year.councils.states import State as TermState
from yishiting.year.dossiers.models import Dossier
from yishiting.year.projects.actions import (
    accept_project,
    complete_project,
    open_project,
    publicise_plan,
    set_supervisors,
    set_team,
    sign_acceptance,
    start_project,
    write_plan,
)
from yishiting.year.projects.models import Project
from yishiting.year.projects.rules import Plan
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState

#: A work that was begun before the place joined.
UNDER_WAY: dict[str, Any] = {
    "title": "加装楼道扶手",
    "content": "3号楼6个单元每层加装扶手。",
    "responsible_level": ResponsibleLevel.COMMUNITY,
    "basis": "2025年11月20日协商会第二次会议通过。",
    "responsible_name": "刘芳",
    "started_on": date(2026, 1, 10),
    "deadline": date(2026, 6, 30),
    "completion_standard": "每层有扶手，老人扶得稳",
    "maintenance_owner": "安居物业",
    "maintenance_yearly_cost": 0,
    "planned_cost": 3_000_000,
    "percent": 40,
}
PLAN = Plan(
    content="在3、5、7号楼门口各装一盏太阳能路灯",
    responsible_name="刘芳",
    starts_on=date(2026, 4, 15),
    deadline=date(2026, 6, 30),
    completion_standard="三盏灯天黑自动亮，照到单元门台阶",
    maintenance_owner="安居物业",
    maintenance_yearly_cost=30_000,
    planned_cost=1_235_000,
    cost_source="社区公益金",
)


@kept
def seated_council(cast: Cast, size: int = 5) -> list[Representative]:
    """A serving council of the community; 李明 is its first representative."""
    council, _made = Council.objects.get_or_create(place=cast.zaobei)
    term = Term.objects.create(
        council=council,
        place=cast.zaobei,
        number=1,
        begins=date(2025, 1, 1),
        ends=date(2028, 1, 1),
        state=TermState.SEATED,
    )
    group = Constituency.objects.create(term=term, place=cast.zaobei, name="南片楼院", sector="resident", seats=size)
    people = [cast.liming, cast.lu, *[None] * size][:size]
    return [
        Representative.objects.create(
            term=term, constituency=group, place=cast.zaobei, person=one, name=one.name if one else f"代表{n}",
            since=date(2025, 1, 1), until=date(2028, 1, 1),
        )
        for n, one in enumerate(people)
    ]  # fmt: skip


@kept
def adopted_proposal(cast: Cast, level: str = "community", title: str = "楼门口装路灯") -> Proposal:
    """A proposal the council has adopted."""
    file = Dossier.objects.create(
        number=f"卷{title}", origin=cast.zaobei, lies_at=cast.zaobei, opened_on=date(2026, 3, 2)
    )
    return Proposal.objects.create(
        dossier=file, place=cast.zaobei, year=2026, for_year=2026, number=f"枣营北里社区案{title}", title=title, situation="晚上看不见路",
        measures="在楼门口装灯", responsible_level=level, state=ProposalState.ADOPTED, resolution_number=f"枣营北里社区议{title}",
        decided_on=date(2026, 3, 2),
    )  # fmt: skip


@kept
def planned(cast: Cast, representatives: list[Representative], title: str = "楼门口装路灯") -> Project:
    """A project with its plan, team and supervision group."""
    project = open_project(adopted_proposal(cast, title=title), by=cast.wang)
    write_plan(project, by=cast.liu, **asdict(PLAN))
    set_team(project, by=cast.liu, members=[("马师傅", "联系施工"), ("赵大姐", "通知各楼")])
    return set_supervisors(project, by=cast.wang, representatives=representatives[:3])


@kept
def underway(cast: Cast, clock, title: str = "楼门口装路灯") -> Project:
    """A project whose plan has been public without objection and whose work has begun."""
    project = planned(cast, list(Representative.objects.all()) or seated_council(cast), title)
    publicise_plan(project, by=cast.wang)
    notice = project.notice
    clock.to(max(notice.last_day + timedelta(days=1), date(2026, 4, 15)))
    close_notice(notice, by=cast.wang)
    project.refresh_from_db()
    return start_project(project, by=cast.wang)


@kept
def finished(cast: Cast, clock, title: str = "楼门口装路灯") -> Project:
    """A project reported finished, which the whole supervision group has signed."""
    project = underway(cast, clock, title)
    complete_project(project, by=cast.liu, text="三盏灯都亮了")
    for supervisor in project.supervisors.select_related("representative"):
        give_account(supervisor.representative)
        sign_acceptance(project, by=supervisor.representative.person, meets_standard=True)
    return project


@kept
def accepted(cast: Cast, clock, title: str = "楼门口装路灯") -> Project:
    """A project finished and accepted by its supervision group."""
    return accept_project(finished(cast, clock, title), by=cast.wang)


def give_account(representative: Representative) -> None:
    """Representatives act through their own account."""
    from tests.cast import person

    if representative.person is None:
        representative.person = person(f"rep-{representative.pk}", representative.name, staff=False)
        representative.save(update_fields=["person"])


def today() -> date:
    return timezone.localdate()
