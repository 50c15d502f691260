"""实事项目: the projects of a place and of everything below it, with their pace."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import AtPlace, Choice, Days, Search, Year
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.seasons.queries import holidays
from yishiting.year.projects.models import Project
from yishiting.year.projects.queries import pace_of, projects_at
from yishiting.year.projects.rules import Pace
from yishiting.year.projects.states import State

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
        AtPlace("place", _("地方"), by=_under),
        Year("year", _("年度"), by="year"),
        Days("deadline", _("完成时限"), by="deadline"),
    ),
    counted=("state",),
    opens="desk-project",
    empty=_("没有符合条件的实事项目。建议案通过以后，在建议案页面点“立项”。"),
)
