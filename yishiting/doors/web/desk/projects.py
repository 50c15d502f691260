"""实事项目 at the desk: the list, and one project with everything that can be done."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk.confirming import confirm
from yishiting.doors.web.desk.projects_forms import (
    CompletionForm,
    PlanForm,
    ProgressForm,
    ProjectFilters,
    SheetForm,
    SupervisorsForm,
    TeamForm,
    WordsForm,
)
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.projects import plan_facts, progress_told, standing
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link, Words
from yishiting.doors.web.shared.timelines import timeline
from yishiting.ground.common.days import chinese
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.files.actions import attach
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import may_open
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import holidays
from yishiting.year.projects import actions
from yishiting.year.projects.actions.planning import plan_of
from yishiting.year.projects.models import Finding, Project
from yishiting.year.projects.permissions import reads_projects
from yishiting.year.projects.queries import latest_signatures, pace_of, projects_at, to_sign_still
from yishiting.year.projects.rules import SHEET
from yishiting.year.projects.states import LIFECYCLE, FindingState, State
from yishiting.year.proposals.models import Proposal

PAGE = 30
RELATED = ("place", "proposal__agenda_item__meeting", "proposal__reported_to", "proposal__place", "notice")

#: verb → (name of its page, whether it asks more)
PAGES = {
    "project.write_plan": ("project-plan", True),
    "project.set_team": ("project-team", True),
    "project.set_supervisors": ("project-supervisors", True),
    "project.publicise_plan": ("project-publicise", True),
    "project.revise_plan": ("project-revise", True),
    "project.start": ("project-start", False),
    "project.note_progress": ("project-progress", True),
    "project.complete": ("project-complete", True),
    "project.note_signatures": ("project-signatures", True),
    "project.accept": ("project-accept", True),
    "project.stop": ("project-stop", True),
}
WHEN = {
    "project.write_plan": (State.PLANNING,),
    "project.set_team": (State.PLANNING, State.PUBLICISED, State.UNDERWAY),
    "project.set_supervisors": (State.PLANNING, State.PUBLICISED, State.UNDERWAY),
    "project.note_progress": (State.UNDERWAY, State.RECTIFYING),
    "project.note_signatures": (State.COMPLETED,),
}


@door(Place, needs=reads_projects)
def project_list(request: Request, place: Place) -> HttpResponse:
    """The projects of a place, with their pace."""
    filters, today, table = ProjectFilters(request.GET), timezone.localdate(), holidays()
    rows = projects_at(place).order_by("deadline", "number")
    if filters.is_valid() and filters.cleaned_data["state"]:
        rows = rows.filter(state=filters.cleaned_data["state"])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [(one, standing(pace_of(one, today, table))) for one in page]
    shown = {"page": page, "lines": lines, "filters": filters, "crumbs": crumbs(place)}
    return render(request, "desk/projects.html", shown)


@door(Project, needs=reads_projects, related=RELATED)
def project(request: Request, project: Project) -> HttpResponse:
    """One project: its path, its plan, its people, its progress, its findings, and what can be done."""
    today = timezone.localdate()
    matter = matter_of(project)
    shown = {
        "project": project,
        "steps": steps(matter, today),
        "summary": summary(matter),
        "verbs": verbs_of(request, project),
        "facts": plan_facts(project),
        "team": list(project.team.all()),
        "supervisors": list(project.supervisors.select_related("representative")),
        "signatures": list(latest_signatures(project)),
        "progress": progress_told(project),
        "files": papers(sheets_for(request, project)),
        "findings": [(one, answer_verb(request, project, one)) for one in project.findings.all()],
        "pace": standing(pace_of(project, today)),
        "timeline": timeline(matter.entries),
        "crumbs": crumbs(project.place, Link(project.number, "")),
    }
    return render(request, "desk/project.html", shown)


def sheets_for(request: Request, project: Project) -> list[Attachment]:
    """The acceptance sheets, for those who may open them."""
    sheets = attachments_of(project, purpose=SHEET)
    return [one for one in sheets if may_open.why_not(Question(request.actor, one)) is None]


def verbs_of(request: Request, project: Project) -> list[Button]:
    """The buttons the state allows; one the person may not press says why."""
    wanted = list(
        dict.fromkeys(
            [*(v for v, states in WHEN.items() if project.state in states), *LIFECYCLE.verbs_from(project.state)]
        )
    )
    found = []
    for code in wanted:
        if code in PAGES:
            name, asks = PAGES[code]
            kind: Any = "danger" if code == "project.stop" else "primary" if code == next_verb(project) else "plain"
            reason = why_not(request.actor, code, project)
            url = reverse(name, args=[project.pk])
            fields = {} if asks else {"revision": project.revision}
            found.append(Button(label_of(code), url, kind, "get" if asks else "post", reason, fields))
    return found


def label_of(code: str) -> str:
    """The word of a verb."""
    return _("作出验收结论") if code == "project.accept" else str(VERBS[code].label)


def next_verb(project: Project) -> str:
    """The one next step."""
    return {
        State.PLANNING: "project.write_plan",
        State.PUBLICISED: "project.start",
        State.UNDERWAY: "project.note_progress",
        State.RECTIFYING: "project.note_progress",
        State.COMPLETED: "project.accept",
    }.get(State(project.state), "")


def answer_verb(request: Request, project: Project, finding: Finding) -> Button | None:
    """The button that answers a finding while it is open, for those who may."""
    if finding.state != FindingState.OPEN or VERBS["finding.answer"].may.why_not(Question(request.actor, project)):
        return None
    return Button(_("答复"), reverse("finding-answer", args=[finding.pk]), "plain", "get")


@require_POST
@door(Proposal, needs="project.open", related=("place",))
def project_open(request: Request, proposal: Proposal) -> HttpResponse:
    """Open a project for an adopted proposal."""
    back = reverse("desk-proposal", args=[proposal.pk])
    return act(
        request, lambda: actions.open_project(proposal, by=request.actor), to=back, done=_("已立项，请接着制定方案。")
    )


@door(Project, needs="project.write_plan", related=("place",))
def project_plan(request: Request, project: Project) -> HttpResponse:
    """Write the plan."""
    given = plan_of(project)
    form = PlanForm(request.POST or None, initial={name: getattr(given, name) for name in given.__dataclass_fields__})
    return on_page(
        request, project, form, _("制定方案"), _("方案已保存。"),
        lambda **_words: actions.write_plan(project, by=request.actor, plan=form.plan()), submit=_("保存方案"),
    )  # fmt: skip


@door(Project, needs="project.set_team", related=("place",))
def project_team(request: Request, project: Project) -> HttpResponse:
    """Name the team."""
    lines = "\n".join(f"{member.name} {member.duty}" for member in project.team.all())
    form = TeamForm(request.POST or None, initial={"members": lines})
    return on_page(
        request, project, form, _("实施小组"), _("实施小组已保存。"),
        lambda members: actions.set_team(project, by=request.actor, members=members), submit=_("保存名单"),
    )  # fmt: skip


@door(Project, needs="project.set_supervisors", related=("place",))
def project_supervisors(request: Request, project: Project) -> HttpResponse:
    """Form the supervision group."""
    form = SupervisorsForm(request.POST or None, project=project)
    return on_page(
        request, project, form, _("监督小组"), _("监督小组已保存。"),
        lambda representatives: actions.set_supervisors(project, by=request.actor, representatives=list(representatives)),
        submit=_("保存名单"),
    )  # fmt: skip


@door(Project, needs="project.revise_plan", related=("place", "notice"))
def project_revise(request: Request, project: Project) -> HttpResponse:
    """Take the plan back to the table."""
    form = WordsForm(request.POST or None, label=_("为什么修改"))
    return on_page(
        request, project, form, _("修改方案"), _("可以修改方案了，改好后重新公示。"),
        lambda words: actions.revise_plan(project, by=request.actor, reason=words),
    )  # fmt: skip


@door(Project, needs="project.note_progress", related=("place",))
def project_progress(request: Request, project: Project) -> HttpResponse:
    """Note progress, with photographs."""
    initial = {"percent": project.percent, "happened_on": timezone.localdate()}
    form = ProgressForm(request.POST or None, request.FILES or None, initial=initial)

    def note(photos: list[Any], **words: Any) -> None:
        entry = actions.note_progress(project, by=person(request), **words)
        hang(request, entry, photos)

    return on_page(request, project, form, _("记录进展"), _("进展已公开。"), note)


@door(Project, needs="project.complete", related=("place",))
def project_complete(request: Request, project: Project) -> HttpResponse:
    """Report the work as finished."""
    form = CompletionForm(request.POST or None, request.FILES or None)

    def complete(text: str, photos: list[Any]) -> None:
        actions.complete_project(project, by=person(request), text=text)
        hang(request, project.progress.latest("created_at"), photos)

    return on_page(request, project, form, _("报告完工"), _("已报告完工，请监督小组验收签字。"), complete)


@door(Project, needs="project.note_signatures", related=("place",))
def project_signatures(request: Request, project: Project) -> HttpResponse:
    """Enter what the supervision group signed on paper."""
    members = list(to_sign_still(project, timezone.localdate()))
    initial = {"signed_on": timezone.localdate()}
    form = SheetForm(request.POST or None, request.FILES or None, members=members, initial=initial)

    def enter(sheet: list[Any], said: list[actions.OnPaper], signed_on: date) -> None:
        caption = f"验收签字单（{chinese(signed_on, 'plain')}）"
        kept = attach(project, sheet[0], by=request.actor, purpose=SHEET, caption=caption)
        actions.note_signatures(project, by=person(request), said=said, signed_on=signed_on, sheet=kept)

    return on_page(
        request, project, form, _("登记纸质签字"), _("已按签字单登记。"), enter,
        words=_("完成标准：%(standard)s") % {"standard": project.completion_standard}, submit=_("登记"),
    )  # fmt: skip


@door(Project, needs="project.stop", related=("place",))
def project_stop(request: Request, project: Project) -> HttpResponse:
    """Stop a project with a reason."""
    form = WordsForm(request.POST or None, label=_("终止原因"), hint=_("居民会看到。"))
    return on_page(
        request, project, form, _("终止项目"), _("项目已终止，原因已公开。"),
        lambda words: actions.stop_project(project, by=request.actor, reason=words), kind="danger",
    )  # fmt: skip


@door(Finding, needs="finding.answer", related=("place", "project__place"))
def finding_answer(request: Request, finding: Finding) -> HttpResponse:
    """Answer a finding of the supervision group."""
    form = WordsForm(request.POST or None, label=_("怎样整改的"))
    return on_page(
        request, finding.project, form, _("答复监督意见"), _("已答复，等监督小组确认。"),
        lambda words: actions.answer_finding(finding, by=request.actor, answer=words), words=finding.text,
    )  # fmt: skip


@require_POST
@door(Project, needs="project.start", related=RELATED)
def project_start(request: Request, project: Project) -> HttpResponse:
    """Begin the work."""
    back = reverse("desk-project", args=[project.pk])
    return act(request, lambda: actions.start_project(project, by=request.actor), to=back, done=_("已开工。"))


def public_at_once(needs: str, verb: Callable[..., Any], words: Words, done: Words) -> Callable[..., HttpResponse]:
    """The view of a step everybody sees at once: it is asked about once more."""

    @door(Project, needs=needs, related=RELATED)
    def view(request: Request, project: Project) -> HttpResponse:
        back = reverse("desk-project", args=[project.pk])
        return confirm(
            request, lambda: verb(project, by=request.actor),
            title=label_of(needs), words=str(words), back=back, about=project, done=str(done),
            crumbs=crumbs(project.place, Link(project.number, back)),
        )  # fmt: skip

    return view


def on_page(
    request: Request,
    project: Project,
    form: Any,
    title: str,
    done: str,
    verb: Callable[..., Any],
    *,
    submit: str = "",
    kind: str = "primary",
    words: str = "",
) -> HttpResponse:
    """A form about a project on its own page."""
    back = reverse("desk-project", args=[project.pk])
    shown = {
        "title": f"{title}：{project.title}",
        "words": words,
        "submit": submit or title,
        "kind": kind,
        "back": back,
        "revision": project.revision if not words else None,
        "crumbs": crumbs(project.place, Link(project.number, back), Link(title, "")),
    }
    return perform(request, form, verb, page="desk/form.html", to=back, done=done, context=shown)


def hang(request: Request, thing: BaseRecord, photos: list[Any]) -> None:
    """Hang photographs on an entry, for everyone to see."""
    for photo in photos:
        attach(thing, photo, by=request.actor, purpose="photo", public=True)


def person(request: Request) -> Any:
    """The signed-in person: the door has let no one else in."""
    return request.person


def crumbs(place: Place, *more: Link) -> list[Link]:
    """From the desk to the page."""
    return [
        Link(_("工作台"), reverse("desk-home")),
        Link(_("实事项目"), reverse("desk-projects", args=[place.code])),
        *more,
    ]


urlpatterns = [
    path("p/<str:code>/projects/", project_list, name="desk-projects"),
    path("projects/<uuid:pk>/", project, name="desk-project"),
    path("proposals/<uuid:pk>/open-project/", project_open, name="project-open"),
    path("projects/<uuid:pk>/plan/", project_plan, name="project-plan"),
    path("projects/<uuid:pk>/team/", project_team, name="project-team"),
    path("projects/<uuid:pk>/supervisors/", project_supervisors, name="project-supervisors"),
    path(
        "projects/<uuid:pk>/publicise/",
        public_at_once(
            "project.publicise_plan",
            actions.publicise_plan,
            gettext_lazy("方案马上公开，居民可以提异议。公示期间方案不能再改。请先核对责任人、时限、标准和费用。"),
            gettext_lazy("方案已公示。"),
        ),
        name="project-publicise",
    ),
    path("projects/<uuid:pk>/revise/", project_revise, name="project-revise"),
    path("projects/<uuid:pk>/start/", project_start, name="project-start"),
    path("projects/<uuid:pk>/progress/", project_progress, name="project-progress"),
    path("projects/<uuid:pk>/complete/", project_complete, name="project-complete"),
    path(
        "projects/<uuid:pk>/accept/",
        public_at_once(
            "project.accept",
            actions.accept_project,
            gettext_lazy("验收结论按监督小组的签字得出，马上公开，不能收回。"),
            gettext_lazy("验收结论已公开。"),
        ),
        name="project-accept",
    ),
    path("projects/<uuid:pk>/signatures/", project_signatures, name="project-signatures"),
    path("projects/<uuid:pk>/stop/", project_stop, name="project-stop"),
    path("findings/<uuid:pk>/answer/", finding_answer, name="finding-answer"),
]
