"""Practical projects: one project, one team, one plan; watched, accepted, stopped with a reason."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import (
    chosen,
    load,
    needs,
    operation,
    page_of,
    person_of,
    under,
)
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.findings import FindingOut
from yishiting.doors.api.v1.shapes import Body, Paged, Standing, Thing, Words
from yishiting.ground.files.models import Attachment
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.projects import actions
from yishiting.year.projects.models import AcceptanceSignature, Finding, Partner, Path, Progress, Project, Supervisor
from yishiting.year.projects.permissions import supervises
from yishiting.year.projects.queries import latest_signatures, partners_of
from yishiting.year.projects.states import State

router = Router(tags=["实事项目 projects"])
progress_router = Router(tags=["实事项目 projects"])
signatures_router = Router(tags=["实事项目 projects"])
RELATED = ("place", "notice", "lead", "responsible", "handler")
Percent = Annotated[int, Field(ge=0, le=100)]


class BasisOut(Schema):
    """A proposal a project rests on."""

    id: UUID
    number: str
    title: str
    resolution_number: str


class ProjectOut(ModelSchema, Standing):
    """A project as everyone may read it."""

    proposals: list[BasisOut] = Field(description="立项依据：一件或几件建议案")
    path: Path
    maintenance_yearly_cost: int | None = Field(description="每年维护费用（分）")
    notice_id: UUID | None

    class Meta:
        model = Project
        fields = [
            "year", "number", "title", "completion_standard", "deadline", "rectify_by", "maintenance_owner",
            "percent", "last_progress_on", "started_on", "completed_on", "accepted_on", "stop_reason", "rules_label",
        ]  # fmt: skip


class ProgressOut(Schema):
    """One entry of progress."""

    id: UUID
    percent: int
    text: str
    happened_on: date


class MemberOut(Schema):
    """Somebody on the team."""

    name: str
    duty: str


class PartnerOut(Schema):
    """A unit that works with the one that leads, and what it gives."""

    name: str
    kind: str = Field(description="资金、实物、场地或人工；早先登记的空着")
    gives: str
    value: int | None = Field(description="金额或价值，分；只有资金和实物有")
    basis: str

    @staticmethod
    def resolve_name(partner: Partner) -> str:
        """The unit."""
        return partner.organisation.name


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
    lead_id: UUID | None = Field(description="承办科室或单位")
    responsible_id: UUID | None = Field(description="责任领导")
    handler_id: UUID | None = Field(description="承办负责人")
    partners: list[PartnerOut] = Field(description="配合单位")
    team: list[MemberOut]
    supervisors: list[SupervisorOut]
    signatures: list[SignatureOut] = Field(description="正在进行的或最近一次验收的签字")
    progress: list[ProgressOut]
    findings: list[FindingOut]

    @staticmethod
    def resolve_partners(project: Project) -> list[Partner]:
        """Those that are partners now."""
        return partners_of(project)

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
    path: Path | None = None,
    year: int | None = None,
    page: int = 1,
    size: int = 50,
) -> dict[str, Any]:
    """The projects of a place and of the places below it, newest first."""
    rows = Project.objects.select_related("place").prefetch_related("proposals").order_by("-year", "-created_at")
    return page_of(chosen(under(rows, place), state=state, path=path, year=year), page, size)


@router.get("/{uuid:pk}", response=ProjectOut, summary="一个项目")
def project(request: HttpRequest, pk: UUID) -> Project:
    """One project."""
    return load(Project, pk, *RELATED)


@router.get("/{uuid:pk}/progress", response=list[ProgressOut], summary="进展")
def progress(request: HttpRequest, pk: UUID) -> list[Progress]:
    """What was done, and when; everyone may read it."""
    return list(load(Project, pk, "place").progress.filter(withdrawn_on=None).select_related("place"))


@router.get("/{uuid:pk}/desk", response=ProjectAtDesk, summary="项目的方案、小组、监督意见")
def project_at_desk(request: HttpRequest, pk: UUID) -> Project:
    """One project with its plan, people and findings, for those who work on it or supervise it."""
    kept = load(Project, pk, *RELATED)
    needs(request, reads_here | supervises, kept)
    return kept


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


SHAPES[Project] = ProjectAtDesk
SHAPES[Progress] = ProgressOut
SHAPES[AcceptanceSignature] = SignatureOut
operations(router, Project, related=RELATED)
operations(signatures_router, AcceptanceSignature, related=("place", "project__place"))
operations(progress_router, Progress, related=("place", "project__place"))
