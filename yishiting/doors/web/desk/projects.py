"""实事项目 at the desk: the list, and one project with everything that can be done."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.projects import FINDINGS, PROJECTS, TEAMS, pace_words
from yishiting.doors.web.desk.projects_forms import SheetForm
from yishiting.doors.web.shared.beside import beside
from yishiting.doors.web.shared.declared import buttons, said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.evaluations import report_facts
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.money import money_shown
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.projects import basis_facts, findings_told, plan_facts, progress_told
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.doors.web.shared.timelines import timeline
from yishiting.ground.common.days import chinese
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.files.actions import attach
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import may_open
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.organisations.permissions import reads_here, reads_money
from yishiting.ground.places.models import Place
from yishiting.year.evaluation.queries import evaluations_of
from yishiting.year.projects import actions
from yishiting.year.projects.models import AcceptanceSignature, Finding, Progress, Project
from yishiting.year.projects.queries import latest_signatures, pace_of, to_sign_still
from yishiting.year.projects.rules import SHEET

RELATED = ("place", "notice", "lead", "responsible", "handler")

know(
    Noun(
        Project,
        pages={"desk": "desk-project", "council": "my-project", "public": "public-project"},
        lists={
            "desk": ("desk-projects", gettext_lazy("实事项目")),
            "council": ("my-projects", gettext_lazy("我监督的项目")),
        },
        related=RELATED,
        by_hand={"project.note_signatures": "project-signatures"},
    ),
    Noun(Progress, part_of="project", related=("place", "project__place"), called=lambda entry: entry.project.title),
    Noun(
        AcceptanceSignature,
        part_of="project",
        related=("place", "project__place", "supervisor__representative"),
        called=lambda one: one.supervisor.representative.name,
    ),
    Noun(Finding, part_of="project", related=("place", "project__place"), called=lambda finding: finding.project.title),
)


def _around(request: Request, place: Place) -> Around:
    enter = buttons(request, place, "project.enter", asleep=False, room="desk")
    links = [
        Link(_("监督意见"), reverse("desk-findings", args=[place.code])),
        Link(_("实施小组"), reverse("desk-teams", args=[place.code])),
    ]
    return Around(_("%(place)s的实事项目") % {"place": place.name}, crumbs(place), verbs=enter, links=links)


def _around_findings(request: Request, place: Place) -> Around:
    return Around(_("监督意见"), crumbs(place, Link(_("监督意见"), "")))


def _around_teams(request: Request, place: Place) -> Around:
    return Around(_("实施小组"), crumbs(place, Link(_("实施小组"), "")))


@door(Project, needs=reads_money, related=RELATED)
def project(request: Request, project: Project) -> HttpResponse:
    """One project: its path, its plan, its people, its progress, its findings, and what can be done."""
    today = timezone.localdate()
    matter = matter_of(project)
    shown = {
        "project": project,
        "steps": steps(matter, today),
        "summary": summary(matter),
        "beside": beside(matter, "desk", project, request.actor),
        "verbs": buttons(request, project, room="desk", asleep=_is_the_desk(request, project)),
        "facts": [*basis_facts(project, "desk"), *plan_facts(project)],
        "team": list(project.team.all()),
        "supervisors": list(project.supervisors.select_related("representative")),
        "signatures": [(one, _of_signature(request, project, one)) for one in latest_signatures(project)],
        "progress": [
            replace(one, verbs=buttons(request, one.entry, "progress.withdraw", room="desk", asleep=False))
            for one in progress_told(project)
        ],
        "files": papers(sheets_for(request, project), request),
        "findings": findings_told(request, project, "desk"),
        "evaluations": [
            (
                one,
                report_facts(one),
                papers(attachments_of(one), request),
                buttons(request, one, "third_party.withdraw", room="desk", asleep=False),
            )
            for one in evaluations_of([project])
        ],
        "invite": buttons(request, project, "third_party.invite", room="desk", asleep=False),
        "money": money_shown([project], request)[str(project.pk)],
        "pace": pace_words(pace_of(project, today)),
        "timeline": timeline(matter.entries),
        "crumbs": crumbs(project.place, Link(project.number, "")),
    }
    return render(request, "desk/project.html", shown)


def _is_the_desk(request: Request, project: Project) -> bool:
    """Whether what cannot be done is told to this reader too; who only keeps the accounts has enough with the money."""
    return reads_here.why_not(Question(request.actor, project)) is None


def _of_signature(request: Request, project: Project, signature: AcceptanceSignature) -> list[Button]:
    """What was entered from paper may be taken back."""
    signature.project = project
    return buttons(request, signature, "signature.withdraw", asleep=False, room="desk")


def sheets_for(request: Request, project: Project) -> list[Attachment]:
    """The acceptance sheets, for those who may open them."""
    sheets = attachments_of(project, purpose=SHEET)
    return [one for one in sheets if may_open.why_not(Question(request.actor, one)) is None]


@door(Project, needs="project.note_signatures", related=("place",))
def project_signatures(request: Request, project: Project) -> HttpResponse:
    """Enter what the supervision group signed on paper."""
    members = list(to_sign_still(project, timezone.localdate()))
    initial = {"signed_on": timezone.localdate()}
    form = SheetForm(request.POST or None, request.FILES or None, members=members, initial=initial)

    def enter(sheet: list[Any], said: list[actions.OnPaper], signed_on: date) -> None:
        caption = f"验收签字单（{chinese(signed_on, 'plain')}）"
        kept = attach(project, sheet[0], by=request.actor, purpose=SHEET, caption=caption)
        actions.note_signatures(project, by=project_worker(request), said=said, signed_on=signed_on, sheet=kept)

    verb, back = VERBS["project.note_signatures"], reverse("desk-project", args=[project.pk])
    shown = {
        "title": f"{verb.label}：{project.title}",
        "words": _("完成标准：%(standard)s") % {"standard": project.completion_standard},
        "submit": _("登记"),
        "back": back,
        "revision": project.token,
        "crumbs": trail(request, project, "desk", verb.label),
    }
    return perform(
        request,
        form,
        enter,
        page="desk/form.html",
        to=back,
        done=lambda result: said_after(verb, result),
        context=shown,
    )


def project_worker(request: Request) -> Any:
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
    path("p/<str:code>/projects/", list_page(PROJECTS, _around), name="desk-projects"),
    path("p/<str:code>/findings/", list_page(FINDINGS, _around_findings), name="desk-findings"),
    path("p/<str:code>/teams/", list_page(TEAMS, _around_teams), name="desk-teams"),
    path("projects/<uuid:pk>/", project, name="desk-project"),
    path("projects/<uuid:pk>/signatures/", project_signatures, name="project-signatures"),
]
