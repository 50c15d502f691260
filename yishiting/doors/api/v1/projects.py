"""Practical projects: one project, one team, one plan; watched, accepted, stopped with a reason."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import (
    actor_of,
    chosen,
    load,
    load_all,
    needs,
    operation,
    page_of,
    person_of,
    place_with,
    under,
)
from yishiting.doors.api.v1.findings import FindingOut
from yishiting.doors.api.v1.shapes import Body, Fen, Name, Paged, Reason, ShortOr, Standing, Thing, TitleOr, Words
from yishiting.ground.files.models import Attachment
from yishiting.year.councils.models import Representative
from yishiting.year.projects import actions
from yishiting.year.projects.models import AcceptanceSignature, Finding, Path, Progress, Project, Supervisor
from yishiting.year.projects.permissions import reads_projects, supervises
from yishiting.year.projects.queries import latest_signatures, pace_of, projects_at
from yishiting.year.projects.rules import Pace, Plan
from yishiting.year.projects.states import State

router = Router(tags=["实事项目 projects"])
RELATED = ("place", "proposal__agenda_item__meeting", "proposal__reported_to", "proposal__place", "notice")
Percent = Annotated[int, Field(ge=0, le=100)]


class ProjectOut(Standing):
    """A project as everyone may read it."""

    proposal_id: UUID
    year: int
    number: str
    title: str
    path: Path
    completion_standard: str
    deadline: date | None
    rectify_by: date | None
    maintenance_owner: str
    maintenance_yearly_cost: int | None = Field(description="每年维护费用（分）")
    notice_id: UUID | None
    percent: int
    last_progress_on: date | None
    started_on: date | None
    completed_on: date | None
    accepted_on: date | None
    stop_reason: str
    rules_label: str


class ProgressOut(Schema):
    """One entry of progress."""

    id: UUID
    percent: int
    text: str
    happened_on: date


class PaceOut(Schema):
    """How a project at work stands today, in working days."""

    left: int
    due_soon: bool
    stalled: bool
    late: bool


class ProjectLineAtDesk(ProjectOut):
    """A project in the desk's list: its pace and what is open."""

    open_findings: int
    pace: PaceOut | None

    @staticmethod
    def resolve_pace(project: Project) -> Pace | None:
        """None when there is nothing to be late with."""
        return pace_of(project, timezone.localdate())


class MemberOut(Schema):
    """Somebody on the team."""

    name: str
    duty: str


class SupervisorOut(Schema):
    """A representative in the supervision group."""

    id: UUID
    representative_id: UUID
    name: str

    @staticmethod
    def resolve_name(supervisor: Supervisor) -> str:
        """Their name."""
        return supervisor.representative.name


class SignatureOut(Thing):
    """One supervisor's word at acceptance."""

    attempt: int
    name: str
    meets_standard: bool
    note: str
    signed_on: date
    entered_by_id: UUID | None = Field(description="代为登记纸质签字的工作人员")

    @staticmethod
    def resolve_name(signature: AcceptanceSignature) -> str:
        """Whose word it is."""
        return signature.supervisor.representative.name


class ProjectAtDesk(ProjectOut):
    """A project for those who work on it and those who watch it."""

    content: str
    responsible_name: str
    starts_on: date | None
    planned_cost: int | None = Field(description="计划费用（分）")
    cost_source: str
    acceptance_attempts: int
    team: list[MemberOut]
    supervisors: list[SupervisorOut]
    signatures: list[SignatureOut] = Field(description="正在进行的或最近一次验收的签字")
    progress: list[ProgressOut]
    findings: list[FindingOut]

    @staticmethod
    def resolve_supervisors(project: Project) -> list[Supervisor]:
        """The supervision group."""
        return list(project.supervisors.select_related("representative"))

    @staticmethod
    def resolve_signatures(project: Project) -> list[AcceptanceSignature]:
        """Of the attempt under way, or the last one."""
        return list(latest_signatures(project))

    @staticmethod
    def resolve_findings(project: Project) -> list[Finding]:
        """What the supervision found."""
        return list(project.findings.select_related("place"))


class ProjectPlanIn(Body):
    """The plan; costs in fen. It may be written little by little, and must be whole before it is made public."""

    content: Words = ""
    responsible_name: ShortOr = ""
    starts_on: date | None = None
    deadline: date | None = None
    completion_standard: Words = ""
    maintenance_owner: str = Field(default="", max_length=80)
    maintenance_yearly_cost: Fen | None = None
    planned_cost: Fen | None = None
    cost_source: TitleOr = ""


class MemberIn(Body):
    """Somebody and what they do."""

    name: Name
    duty: str = Field(default="", max_length=80)


class TeamIn(Body):
    """The whole team."""

    members: list[MemberIn] = Field(max_length=100)


class SupervisorsIn(Body):
    """The whole supervision group, serving representatives of the place."""

    representatives: list[UUID] = Field(max_length=100)


class ProgressIn(Body):
    """How far, what was done, what is in the way; today without a day."""

    percent: Percent
    text: Words = Field(min_length=1)
    happened_on: date | None = None


class CompleteIn(Body):
    """What was done, held against the standard."""

    text: Words


class FindingIn(Body):
    """What is wrong."""

    text: Words


class SignIn(Body):
    """Does the work meet the standard, and if not, where not."""

    meets_standard: bool
    note: Words = ""


class OnPaperIn(Body):
    """What one member of the supervision group signed on paper."""

    supervisor: UUID
    meets_standard: bool
    note: Words = ""


class SheetIn(Body):
    """The words on an acceptance sheet, and the file of the sheet: uploaded to the project for `acceptance_sheet`."""

    said: list[OnPaperIn]
    signed_on: date
    sheet_id: UUID


@router.get("/", response=Paged[ProjectOut], summary="实事项目")
def projects(
    request: HttpRequest,
    place: str = "",
    state: State | None = None,
    year: int | None = None,
    page: int = 1,
    size: int = 50,
) -> dict[str, Any]:
    """The projects of a place and of the places below it, newest first."""
    rows = Project.objects.select_related("place").order_by("-year", "-created_at")
    return page_of(chosen(under(rows, place), state=state, year=year), page, size)


@router.get("/desk", response=Paged[ProjectLineAtDesk], summary="工作台的实事项目")
def projects_at_desk(
    request: HttpRequest, place: str, state: State | None = None, page: int = 1, size: int = 50
) -> dict[str, Any]:
    """The projects of a place with their pace, the first due first; for those who work on them or watch them."""
    here = place_with(place)
    needs(request, reads_projects, here)
    return page_of(chosen(projects_at(here).order_by("deadline", "number"), state=state), page, size)


@router.get("/{uuid:pk}", response=ProjectOut, summary="一个项目")
def project(request: HttpRequest, pk: UUID) -> Project:
    """One project."""
    return load(Project, pk, *RELATED)


@router.get("/{uuid:pk}/progress", response=list[ProgressOut], summary="进展")
def progress(request: HttpRequest, pk: UUID) -> list[Progress]:
    """What was done, and when; everyone may read it."""
    return list(load(Project, pk, "place").progress.all())


@router.get("/{uuid:pk}/desk", response=ProjectAtDesk, summary="项目的方案、小组、监督意见")
def project_at_desk(request: HttpRequest, pk: UUID) -> Project:
    """One project with its plan, people and findings, for those who work on it or supervise it."""
    kept = load(Project, pk, *RELATED)
    needs(request, reads_projects | supervises, kept)
    return kept


@operation(router, "/{uuid:pk}/plan", "project.write_plan", ProjectAtDesk)
def write_plan(request: HttpRequest, pk: UUID, said: ProjectPlanIn) -> Project:
    return actions.write_plan(load(Project, pk, *RELATED), by=actor_of(request), plan=Plan(**said.model_dump()))


@operation(router, "/{uuid:pk}/team", "project.set_team", ProjectAtDesk)
def set_team(request: HttpRequest, pk: UUID, said: TeamIn) -> Project:
    members = [(one.name, one.duty) for one in said.members]
    return actions.set_team(load(Project, pk, *RELATED), by=actor_of(request), members=members)


@operation(router, "/{uuid:pk}/supervisors", "project.set_supervisors", ProjectAtDesk)
def set_supervisors(request: HttpRequest, pk: UUID, said: SupervisorsIn) -> Project:
    chosen_ones = load_all(Representative, said.representatives, "representatives", "place")
    return actions.set_supervisors(load(Project, pk, *RELATED), by=actor_of(request), representatives=chosen_ones)


@operation(router, "/{uuid:pk}/publicise", "project.publicise_plan", ProjectAtDesk)
def publicise(request: HttpRequest, pk: UUID) -> Project:
    return actions.publicise_plan(load(Project, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/revise", "project.revise_plan", ProjectAtDesk)
def revise(request: HttpRequest, pk: UUID, said: Reason) -> Project:
    return actions.revise_plan(load(Project, pk, *RELATED), by=actor_of(request), reason=said.reason)


@operation(router, "/{uuid:pk}/start", "project.start", ProjectAtDesk)
def start(request: HttpRequest, pk: UUID) -> Project:
    return actions.start_project(load(Project, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/progress", "project.note_progress", {201: ProgressOut})
def note_progress(request: HttpRequest, pk: UUID, said: ProgressIn) -> Progress:
    given = {**said.model_dump(), "happened_on": said.happened_on or timezone.localdate()}
    return actions.note_progress(load(Project, pk, *RELATED), by=person_of(request), **given)


@operation(router, "/{uuid:pk}/complete", "project.complete", ProjectAtDesk)
def complete(request: HttpRequest, pk: UUID, said: CompleteIn) -> Project:
    return actions.complete_project(load(Project, pk, *RELATED), by=person_of(request), text=said.text)


@operation(router, "/{uuid:pk}/findings", "finding.raise", {201: FindingOut})
def raise_finding(request: HttpRequest, pk: UUID, said: FindingIn) -> Finding:
    return actions.raise_finding(load(Project, pk, *RELATED), by=person_of(request), text=said.text)


@operation(router, "/{uuid:pk}/sign", "project.sign", {201: SignatureOut})
def sign(request: HttpRequest, pk: UUID, said: SignIn) -> AcceptanceSignature:
    return actions.sign_acceptance(load(Project, pk, *RELATED), by=person_of(request), **said.model_dump())


@operation(router, "/{uuid:pk}/signatures", "project.note_signatures", {201: list[SignatureOut]})
def note_signatures(request: HttpRequest, pk: UUID, sheet: SheetIn) -> list[AcceptanceSignature]:
    said = [actions.OnPaper(**one.model_dump()) for one in sheet.said]
    return actions.note_signatures(
        load(Project, pk, *RELATED),
        by=person_of(request),
        said=said,
        signed_on=sheet.signed_on,
        sheet=load(Attachment, sheet.sheet_id),
    )


@operation(router, "/{uuid:pk}/accept", "project.accept", ProjectAtDesk)
def accept(request: HttpRequest, pk: UUID) -> Project:
    return actions.accept_project(load(Project, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/stop", "project.stop", ProjectAtDesk)
def stop(request: HttpRequest, pk: UUID, said: Reason) -> Project:
    return actions.stop_project(load(Project, pk, *RELATED), by=actor_of(request), reason=said.reason)
