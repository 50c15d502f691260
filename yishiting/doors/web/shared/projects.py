"""Projects as pages show them."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.nouns import Room
from yishiting.doors.web.shared.photos import Hung, Photo, hung
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Paper, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date, money
from yishiting.ground.common.days import said
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.queries import files_of_each
from yishiting.year.projects.models import Finding, Progress, Project
from yishiting.year.projects.queries import findings_of, partners_of

NOT_WRITTEN = gettext_lazy("还没有写")


def plan_facts(project: Project, *, missing: Words = NOT_WRITTEN) -> list[Fact]:
    """The lines of the plan; what is still missing is said, or left blank for a pen."""
    elsewhere = _("非本系统立项，%(state)s。%(basis)s") % {
        "state": _("已经上级确认") if project.confirmed_on else _("等待上级确认"),
        "basis": project.entry_basis,
    }
    lines = (
        *([(_("立项依据"), elsewhere)] if project.entered_on else []),
        (_("项目内容"), project.content),
        (_("实施方式"), project.get_path_display()),
        *led_by(project),
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
    return [Fact(label, value or missing) for label, value in lines]


def led_by(project: Project) -> list[tuple[str, str]]:
    """Who leads a project that a section or a unit carries out, who answers for it, and what each partner gives."""
    if project.lead is None:
        return []
    leader, partners = str(project.responsible or ""), partners_of(project)
    with_it = _("；").join(f"{one.organisation.name}（{one.gives}）" for one in partners)
    found = [(_("承办科室或单位"), project.lead.name), (_("责任领导"), leader), (_("配合单位"), with_it)]
    return [(label, value) for label, value in found if value]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of progress with its photographs and its other papers."""

    entry: Progress
    photos: list[Photo]
    papers: list[Paper]
    verbs: list[Button] = field(default_factory=list)


def progress_told(project: Project) -> list[Told]:
    """The progress of a project as everyone may see it, the photographs beside the words."""
    entries = list(project.progress.all())
    for one in entries:
        one.project = project
    files = files_of_each(entries, public_only=True)
    return [_told(entry, files[str(entry.pk)]) for entry in entries]


def _told(entry: Progress, files: list[Attachment]) -> Told:
    pictures = [one for one in files if one.media_type.startswith("image/")]
    day = said(entry.happened_on, "short")
    photos = [
        Photo(reverse("file", args=[one.pk]), _("%(day)s的现场照片%(n)s") % {"day": day, "n": n})
        for n, one in enumerate(pictures, start=1)
    ]
    return Told(entry, photos, papers(one for one in files if one not in pictures))


def findings_told(request: Request, project: Project, room: Room) -> list[tuple[Finding, list[Button], Hung]]:
    """What the supervision found, each with what may be done and with its photographs."""
    found = findings_of(project)
    files = files_of_each(found)
    return [
        (one, buttons(request, one, asleep=False, room=room), hung(files[str(one.pk)], _("监督意见"))) for one in found
    ]
