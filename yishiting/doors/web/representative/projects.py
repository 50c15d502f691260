"""实事项目 for representatives: what I supervise, what I found, my word at acceptance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.nouns import address_by_key, trail
from yishiting.doors.web.shared.paths import summary
from yishiting.doors.web.shared.projects import basis_facts, findings_told, plan_facts, progress_told
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Waiting
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import VERBS
from yishiting.overview.cycle.board import works_of
from yishiting.year.councils.models import Representative
from yishiting.year.councils.queries import seats_of
from yishiting.year.projects.models import Project
from yishiting.year.projects.permissions import supervises
from yishiting.year.projects.queries import latest_signatures, supervised_by

RELATED = ("place", "notice", "lead", "responsible")


def waiting(person: Person, seats: list[Representative]) -> list[Waiting]:
    """The works that wait for a signature of these seats, and the answers they have to confirm."""
    found = []
    for wait in works_of(person, seats, timezone.localdate()):
        url = reverse("my-project", args=[wait.pk])
        act = Button(VERBS[wait.verb].label, address_by_key(wait.verb, wait.kind, wait.pk) or url, "primary", "get")
        found.append(Waiting(wait.says, url, act, wait.place.name))
    return found


@signed_in
def my_projects(request: Request) -> HttpResponse:
    """The projects I supervise."""
    rows = supervised_by(seats_of(person_of(request))).order_by("state", "deadline")
    return render(request, "representative/projects.html", {"projects": rows})


@door(Project, needs=supervises, related=RELATED)
def my_project(request: Request, project: Project) -> HttpResponse:
    """One project: its standard, its progress, my findings, my signature."""
    shown = {
        "project": project,
        "summary": summary(matter_of(project)),
        "facts": [*basis_facts(project, "council"), *plan_facts(project)],
        "verbs": buttons(request, project, asleep=False, room="council"),
        "progress": progress_told(project),
        "findings": findings_told(request, project, "council"),
        "signatures": list(latest_signatures(project)),
        "crumbs": trail(request, project, "council"),
    }
    return render(request, "representative/project.html", shown)


urlpatterns = [
    path("projects/", my_projects, name="my-projects"),
    path("projects/<uuid:pk>/", my_project, name="my-project"),
]
