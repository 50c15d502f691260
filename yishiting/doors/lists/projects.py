"""实事项目: the projects of a place and of everything below it, with their pace."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import AtPlace, Choice, Days, Search, Year
from yishiting.ground.common.masking import mask_name
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.seasons.queries import holidays
from yishiting.year.projects.models import Finding, Path, Project, TeamMember
from yishiting.year.projects.queries import pace_of, projects_at
from yishiting.year.projects.rules import Pace
from yishiting.year.projects.states import FindingState, State

TONES: dict[str, str] = {
    State.ACCEPTED: "done",
    State.UNDERWAY: "open",
    State.RECTIFYING: "waiting",
    State.COMPLETED: "waiting",
    State.STOPPED: "refused",
}


def pace_words(pace: Pace | None) -> str:
    """How a project at work stands, in words."""
    if pace is None:
        return ""
    if pace.late:
        return gettext("已超期%(n)s个工作日") % {"n": -pace.left}
    words = gettext("还剩%(n)s个工作日") % {"n": pace.left}
    return gettext("%(words)s，久无进展") % {"words": words} if pace.stalled else words


def _pace(project: Project) -> str:
    return pace_words(pace_of(project, timezone.localdate(), holidays()))


def _under(rows: Any, place: Any) -> Any:
    return rows.filter(place__division_path__startswith=place.division_path)


PROJECTS = List(
    "desk-projects",
    _("实事项目登记表"),
    lambda place: projects_at(place).order_by("deadline", "number"),
    (
        Column("number", _("编号"), sort="number", width=22),
        private("title", _("项目"), head=True, width=40),
        Column("place", _("社区（村）"), "place.name", sort="place__code", page=False, width=18),
        Column("path", _("实施方式"), kind=Kind.CHOICE, sort="path", width=14),
        Column("lead", _("承办科室或单位"), lambda one: one.lead.name if one.lead else "", page=False, width=18),
        Column("responsible_name", _("责任人"), width=12),
        Column("due", _("完成时限"), kind=Kind.DAY, sort="deadline", under=_pace),
        Column("pace", _("进度说明"), _pace, page=False, width=22),
        Column("percent", _("进度"), kind=Kind.PERCENT, sort="percent"),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
        Column("open_findings", _("待整改"), kind=Kind.NUMBER, sort="open_findings"),
        Column("planned_cost", _("计划费用（元）"), kind=Kind.MONEY, page=False, width=16),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("number", "title", "responsible_name")),
        Choice("state", _("状态"), among=State),
        Choice("path", _("实施方式"), among=Path),
        AtPlace("place", _("地方"), by=_under),
        Year("year", _("年度"), by="year"),
        Days("deadline", _("完成时限"), by="deadline"),
    ),
    counted=("state", "path"),
    opens="desk-project",
    empty=_("没有符合条件的实事项目。建议案通过以后，在建议案页面点“立项”。"),
)


def _to_project(one: Any) -> str:
    return reverse("desk-project", args=[one.project_id])


def _findings(place: Any) -> Any:
    rows = Finding.objects.filter(place__division_path__startswith=place.division_path)
    return rows.select_related("project", "place").order_by("due", "found_on", "pk")


def _finding_due(finding: Finding) -> Any:
    return finding.due if finding.state == FindingState.OPEN else None


PROJECT = Column("project", _("项目"), "project.title", sort="project__number", width=36)
PLACE = Column("place", _("社区（村）"), "place.name", sort="place__code", page=False, width=18)

FINDINGS = List(
    "desk-findings",
    _("监督意见登记表"),
    _findings,
    (
        private("text", _("发现的问题"), head=True, width=44),
        PROJECT,
        PLACE,
        Column("found_on", _("日期"), kind=Kind.DAY, sort="found_on"),
        Column("due", _("整改期限"), _finding_due, Kind.DUE, sort="due"),
        Column(
            "state",
            _("状态"),
            kind=Kind.STATE,
            tones={FindingState.ANSWERED: "waiting", FindingState.CLOSED: "done"},
            sort="state",
        ),
        private("answer", _("整改情况"), page=False, width=44),
        Column("answered_on", _("答复日期"), kind=Kind.DAY, page=False),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("text", "project__title", "project__number")),
        Choice("state", _("状态"), among=FindingState),
        AtPlace("place", _("地方"), by=_under),
        Days("found", _("日期"), by="found_on"),
    ),
    counted=("state",),
    keys=("project_id",),
    opens=_to_project,
    beside=False,
    empty=_("没有这样的监督意见。监督小组提出的会出现在这里。"),
)


def _teams(place: Any) -> Any:
    rows = TeamMember.objects.filter(place__division_path__startswith=place.division_path)
    return rows.select_related("project", "place").order_by("project__number", "created_at", "pk")


ON_THE_TEAM = [("yes", _("在组")), ("no", _("已离开"))]

TEAMS = List(
    "desk-teams",
    _("实施小组名册"),
    _teams,
    (
        Column("name", _("姓名"), head=True, mask=mask_name, width=12),
        Column("duty", _("分工"), width=30),
        PROJECT,
        PLACE,
        Column("since", _("加入日期"), kind=Kind.DAY, sort="since"),
        Column("until", _("离开日期"), kind=Kind.DAY, sort="until"),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("name", "duty", "project__title", "project__number")),
        Choice("now", _("在组"), among=ON_THE_TEAM, by=lambda rows, value: rows.filter(until__isnull=value == "yes")),
        AtPlace("place", _("地方"), by=_under),
    ),
    keys=("project_id",),
    opens=_to_project,
    beside=False,
    people=True,
    page=100,
    empty=_("没有这样的成员。在项目页面“组成实施小组”以后，会出现在这里。"),
)
