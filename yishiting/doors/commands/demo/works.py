"""The projects of the demo: three accepted, one waiting for signatures, one late."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.matters import MATTERS, Matter
from yishiting.doors.commands.demo.notice_days import run_out
from yishiting.doors.commands.demo.pictures import photo
from yishiting.ground.accounts.models import Person
from yishiting.year.councils.models import Representative
from yishiting.year.projects.actions import (
    accept_project,
    answer_finding,
    complete_project,
    confirm_finding,
    note_progress,
    open_project,
    publicise_plan,
    raise_finding,
    set_supervisors,
    set_team,
    sign_acceptance,
    start_project,
    write_plan,
)
from yishiting.year.projects.models import Project
from yishiting.year.projects.rules import Plan
from yishiting.year.proposals.models import Proposal

STEPS = (
    (20, "走访了受影响的住户，确定了位置和时间。"),
    (50, "材料到场，开始施工，楼门组长每天在现场看着。"),
    (80, "主体做完，还在收尾，发现两处要返工。"),
)


def carried_out(cast: Mapping[str, Person], year: int, today: date, proposals: Mapping[str, Proposal]) -> list[Telling]:
    """Each adopted matter of the community's own, begun five days apart and worked on side by side."""
    works = []
    for n, one in enumerate(one for one in MATTERS if one.project):
        day = date(year, 4, 2) + timedelta(days=5 * n)
        deadline = day + timedelta(days=120)
        if one.project == "completed":  # finished a few days ago, whatever day it is
            day, deadline = min(today - timedelta(days=94), date(year, 9, 1)), today + timedelta(days=15)
        if one.project == "late":
            deadline = today - timedelta(days=12)
        works.append(_one(proposals[one.matter], one, cast, day, deadline, today))
    return works


def _one(
    proposal: Proposal, matter: Matter, cast: Mapping[str, Person], day: date, deadline: date, today: date
) -> Telling:
    yield moment(day)
    proposal.refresh_from_db()
    project = _planned(proposal, matter, cast, day, deadline)
    publicise_plan(project, by=cast["wang"])
    begins = yield from run_out(project.notice, by=cast["wang"])
    project.refresh_from_db()
    start_project(project, by=cast["wang"])
    if matter.project == "late":
        yield from _held_up(project, cast, begins + timedelta(days=18), today)
    else:
        yield from _work(project, matter, cast, begins)


def _held_up(project: Project, cast: Mapping[str, Person], first: date, today: date) -> Telling:
    """The one that is late: what was ordered did not come, and the representative asks for a day."""
    yield moment(first)
    note_progress(project, by=cast["liu"], percent=20, text=STEPS[0][1], happened_on=first)
    yield moment(today - timedelta(days=14))
    note_progress(
        project, by=cast["liu"], percent=60, text="两个门已经换好，第三个门的门体尺寸错了，厂家重做，晚两周。",
        happened_on=today - timedelta(days=14), photos=[photo("working")],
    )  # fmt: skip
    yield moment(today - timedelta(days=4))
    raise_finding(project, by=cast["liming"], text="第三个门一直没有装，请给一个准日子。")


def _planned(proposal: Proposal, matter: Matter, cast: Mapping[str, Person], day: date, deadline: date) -> Project:
    project = open_project(proposal, by=cast["wang"])
    plan = Plan(
        content=matter.measures,
        responsible_name="刘芳",
        starts_on=day + timedelta(days=14),
        deadline=deadline,
        completion_standard=matter.standard,
        maintenance_owner=matter.keeper,
        maintenance_yearly_cost=matter.upkeep,
        planned_cost=matter.cost,
        cost_source="社区公益金和居民自筹",
    )
    write_plan(project, by=cast["liu"], **asdict(plan))
    set_team(project, by=cast["liu"], members=[("刘芳", "总联系"), ("孙燕", "现场监看"), ("田志强", "通知住户")])
    return set_supervisors(project, by=cast["wang"], representatives=_group(project))


def _group(project: Project) -> list[Representative]:
    """The representatives who can sign for themselves come first."""
    rows = Representative.objects.filter(place=project.place).order_by("person", "name")
    return sorted(rows, key=lambda one: (one.person_id is None, one.name))[:3]


def _work(project: Project, matter: Matter, cast: Mapping[str, Person], start: date) -> Telling:
    for n, (percent, text) in enumerate(STEPS):
        day = start + timedelta(days=18 * (n + 1))
        yield moment(day)
        shown = [photo("working")] if n == 1 else []
        note_progress(project, by=cast["liu"], percent=percent, text=text, happened_on=day, photos=shown)
    finding = raise_finding(project, by=cast["liming"], text="收口处不平，容易绊脚，请返工。")
    yield moment(start + timedelta(days=60))
    answer_finding(finding, by=cast["liu"], answer="已经打磨平整，请您再看。")
    confirm_finding(finding, by=cast["liming"])
    yield moment(start + timedelta(days=66))
    complete_project(project, by=cast["liu"], text="对照完成标准逐条自查，全部做到。", photos=[photo("done")])
    if matter.project != "completed":
        yield from _accept(project, cast, start + timedelta(days=71))


def _accept(project: Project, cast: Mapping[str, Person], day: date) -> Telling:
    yield moment(day)
    for supervisor in project.supervisors.select_related("representative__person"):
        person = supervisor.representative.person
        if person is not None:
            sign_acceptance(project, by=person, meets_standard=True)
    accept_project(project, by=cast["wang"])
