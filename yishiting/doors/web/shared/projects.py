"""Projects as pages show them."""

from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date, money
from yishiting.year.projects.models import Project
from yishiting.year.projects.rules import Pace


def plan_facts(project: Project) -> list[Fact]:
    """The lines of the plan; what is still missing is said."""
    lines = (
        (_("项目内容"), project.content),
        (_("责任人"), project.responsible_name),
        (_("计划开工"), cn_date(project.starts_on, "plain") if project.starts_on else ""),
        (_("完成时限"), cn_date(project.deadline, "plain") if project.deadline else ""),
        *([(_("整改期限"), cn_date(project.rectify_by, "plain"))] if project.rectify_by else []),
        (_("完成标准"), project.completion_standard),
        (_("计划费用"), money(project.planned_cost) if project.planned_cost is not None else ""),
        (_("经费来源"), project.cost_source),
        (_("后期维护责任人"), project.maintenance_owner),
        (
            _("每年维护费用"),
            money(project.maintenance_yearly_cost) if project.maintenance_yearly_cost is not None else "",
        ),
    )
    return [Fact(label, value or _("还没有写")) for label, value in lines]


def standing(pace: Pace | None) -> str:
    """How a project at work stands, in words."""
    if pace is None:
        return ""
    if pace.late:
        return _("已超期%(n)s个工作日") % {"n": -pace.left}
    words = _("还剩%(n)s个工作日") % {"n": pace.left}
    return _("%(words)s，久无进展") % {"words": words} if pace.stalled else words
