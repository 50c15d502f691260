"""实事项目 for representatives: what I supervise, what I found, my word at acceptance."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import summary
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.projects import plan_facts, progress_told
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import why_not
from yishiting.year.councils.queries import seats_of
from yishiting.year.projects.actions import confirm_finding, raise_finding, reject_finding, sign_acceptance
from yishiting.year.projects.models import Finding, Project
from yishiting.year.projects.permissions import supervises
from yishiting.year.projects.queries import latest_signatures, supervised_by
from yishiting.year.projects.states import FindingState, State

RELATED = ("place", "proposal__agenda_item__meeting", "proposal__place", "proposal__reported_to", "notice")


class FindingForm(ours.Form):
    """What is wrong."""

    draft = "finding"
    text = forms.CharField(
        label=gettext_lazy("发现了什么问题"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("例如：7号楼门口的灯装好了，晚上不亮。"),
    )


class SignForm(ours.Form):
    """Does the work meet the standard?"""

    meets_standard = forms.TypedChoiceField(
        label=gettext_lazy("对照完成标准，您认为"),
        coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("达到标准")), ("no", gettext_lazy("没有达到标准"))],
        widget=ours.RadioCards(),
    )
    note = forms.CharField(
        label=gettext_lazy("意见"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("认为没有达到的，请写明差在哪里。"),
    )


class RejectForm(ours.Form):
    """What is still wrong."""

    reason = forms.CharField(label=gettext_lazy("哪里还没有整改到位"), widget=forms.Textarea(attrs={"rows": 4}))


@signed_in
def my_projects(request: Request) -> HttpResponse:
    """The projects I supervise."""
    rows = supervised_by(seats_of(me(request))).order_by("state", "deadline")
    return render(request, "representative/projects.html", {"projects": rows})


@door(Project, needs=supervises, related=RELATED)
def my_project(request: Request, project: Project) -> HttpResponse:
    """One project: its standard, its progress, my findings, my signature."""
    findings = project.findings.select_related("project")
    shown = {
        "project": project,
        "summary": summary(matter_of(project)),
        "facts": plan_facts(project),
        "verbs": verbs_of(request, project),
        "progress": progress_told(project),
        "findings": [(one, finding_verbs(one)) for one in findings],
        "signatures": list(latest_signatures(project)),
        "crumbs": crumbs(project),
    }
    return render(request, "representative/project.html", shown)


def verbs_of(request: Request, project: Project) -> list[Button]:
    """Raise a finding; sign when the work is reported as finished."""
    found = []
    if project.state == State.COMPLETED:
        reason = why_not(request.actor, "project.sign", project)
        found.append(Button(_("验收签字"), reverse("my-signature", args=[project.pk]), "primary", "get", reason))
    if project.state not in (State.REVIEWED, State.STOPPED):
        found.append(Button(_("提出监督意见"), reverse("my-finding", args=[project.pk]), "plain", "get"))
    return found


def finding_verbs(finding: Finding) -> list[Button]:
    """Confirm or send back what was answered."""
    if finding.state != FindingState.ANSWERED:
        return []
    return [
        Button(
            _("确认整改"),
            reverse("finding-confirm", args=[finding.pk]),
            "primary",
            fields={"revision": finding.revision},
        ),
        Button(_("还没整改到位"), reverse("finding-reject", args=[finding.pk]), "plain", "get"),
    ]


@door(Project, needs="finding.raise", related=("place",))
def my_finding(request: Request, project: Project) -> HttpResponse:
    """Say what is wrong."""
    return on_page(
        request, project, FindingForm(request.POST or None), _("提出监督意见"), _("已记录，社区会限期答复。"),
        lambda text: raise_finding(project, by=me(request), text=text),
    )  # fmt: skip


@door(Project, needs="project.sign", related=("place",))
def my_signature(request: Request, project: Project) -> HttpResponse:
    """Sign at acceptance, for or against."""
    return on_page(
        request, project, SignForm(request.POST or None), _("验收签字"), _("您的意见已记录。"),
        lambda meets_standard, note: sign_acceptance(project, by=me(request), meets_standard=meets_standard, note=note),
        words=_("完成标准：%(standard)s") % {"standard": project.completion_standard},
    )  # fmt: skip


@require_POST
@door(Finding, needs="finding.confirm", related=("place", "project"))
def finding_confirm(request: Request, finding: Finding) -> HttpResponse:
    """Confirm that it was put right."""
    back = reverse("my-project", args=[finding.project_id])
    return act(request, lambda: confirm_finding(finding, by=request.actor), to=back, done=_("已确认整改。"))


@door(Finding, needs="finding.reject", related=("place", "project__place"))
def finding_reject(request: Request, finding: Finding) -> HttpResponse:
    """Say that it was not put right."""
    return on_page(
        request, finding.project, RejectForm(request.POST or None), _("还没整改到位"), _("已退回，社区会再次整改。"),
        lambda reason: reject_finding(finding, by=request.actor, reason=reason), words=finding.answer,
    )  # fmt: skip


def on_page(
    request: Request, project: Project, form: Any, title: str, done: str, verb: Any, *, words: str = ""
) -> HttpResponse:
    """A form about a project on its own page."""
    back = reverse("my-project", args=[project.pk])
    shown = {
        "title": title,
        "about": project.title,
        "words": words,
        "submit": _("提交"),
        "back": back,
        "crumbs": crumbs(project, title),
    }
    return perform(request, form, verb, page="representative/form.html", to=back, done=done, context=shown)


def me(request: Request) -> Person:
    """The signed-in person: the door has let no one else in."""
    person: Any = request.person
    return person  # type: ignore[no-any-return]  # seen to by the door


def crumbs(project: Project, last: str = "") -> list[Link]:
    """From my room to the page."""
    found = [
        Link(_("代表"), reverse("representative-home")),
        Link(_("我监督的项目"), reverse("my-projects")),
        Link(project.title, reverse("my-project", args=[project.pk])),
    ]
    return [*found, Link(last, "")] if last else found


urlpatterns = [
    path("projects/", my_projects, name="my-projects"),
    path("projects/<uuid:pk>/", my_project, name="my-project"),
    path("projects/<uuid:pk>/finding/", my_finding, name="my-finding"),
    path("projects/<uuid:pk>/sign/", my_signature, name="my-signature"),
    path("findings/<uuid:pk>/confirm/", finding_confirm, name="finding-confirm"),
    path("findings/<uuid:pk>/reject/", finding_reject, name="finding-reject"),
]
