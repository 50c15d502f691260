"""Projects as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.evaluations import report_facts
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.money import MoneyShown, money_shown
from yishiting.doors.web.shared.nouns import NOUNS, Room
from yishiting.doors.web.shared.photos import Hung, Photo, hung
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Paper, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date, money
from yishiting.ground.common.days import said
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.queries import files_of_each
from yishiting.year.evaluation.models import ThirdParty
from yishiting.year.evaluation.queries import evaluations_of
from yishiting.year.projects.models import Finding, Progress, Project, TeamMember
from yishiting.year.projects.queries import basis_of, findings_of, partners_of
from yishiting.year.projects.states import State
from yishiting.year.proposals.models import Proposal

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
    with_it = _("；").join(one.said for one in partners)
    found = [(_("承办科室或单位"), project.lead.name), (_("责任领导"), leader), (_("配合单位"), with_it)]
    return [(label, value) for label, value in found if value]


def basis_facts(project: Project, room: Room) -> list[Fact]:
    """The proposals it rests on, each a link away."""
    pages = NOUNS[Proposal].pages
    page = pages["desk" if room == "desk" else "public"]
    return [
        Fact(_("依据的建议案"), f"{one.resolution_number or one.number} {one.title}", reverse(page, args=[one.pk]))
        for one in basis_of(project)
    ]


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
    return _all_told(entries)


def _all_told(entries: list[Progress]) -> list[Told]:
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


@dataclass(frozen=True, slots=True)
class Work:
    """One project as everybody reads it: its plan once that was public, its people, its progress, its findings."""

    project: Project
    plan: list[Fact]
    team: list[TeamMember]
    progress: list[Told]
    findings: list[Finding]
    evaluations: list[tuple[ThirdParty, list[Fact]]]
    money: MoneyShown | None = None


def works_told(projects: Sequence[Project], *, drafts: bool = False) -> list[Work]:
    """All projects of a matter, in a number of queries that does not grow with them; plans in the making if `drafts`."""
    if not projects:
        return []
    prefetch_related_objects(projects, "team", "progress", "findings__rounds")
    judged = [one for one in evaluations_of(projects) if one.handed_in_on is not None]
    money = money_shown(projects)
    told = iter(_all_told([entry for one in projects for entry in one.progress.all()]))
    return [
        Work(
            project=one,
            plan=plan_facts(one) if drafts or one.state != State.PLANNING else [],
            team=list(one.team.all()),
            progress=[next(told) for _entry in one.progress.all()],
            findings=list(one.findings.all()),
            evaluations=[(other, report_facts(other)) for other in judged if other.project_id == one.pk],
            money=None if money[str(one.pk)].money.is_empty else money[str(one.pk)],
        )
        for one in projects
    ]


def findings_told(request: Request, project: Project, room: Room) -> list[tuple[Finding, list[Button], Hung]]:
    """What the supervision found, each with what may be done and with its photographs."""
    found = findings_of(project)
    files = files_of_each(found)
    return [
        (one, buttons(request, one, asleep=False, room=room), hung(files[str(one.pk)], _("监督意见"), request=request))
        for one in found
    ]
