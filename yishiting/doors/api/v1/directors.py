"""The directors' meeting: its sittings, its reports with the lists for the district, its plans of works."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Standing
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.directors.models import (
    ListedMatter,
    NeedsReport,
    PlannedWork,
    Present,
    Sitting,
    SittingItem,
    Topic,
    WorksPlan,
)
from yishiting.year.directors.published import tables_of
from yishiting.year.directors.queries import RELATED, items_of, matters_of, works_of

TAGS = ["主任办公会 directors"]
router, reports_router, matters_router = Router(tags=TAGS), Router(tags=TAGS), Router(tags=TAGS)
plans_router, works_router = Router(tags=TAGS), Router(tags=TAGS)


class SittingItemOut(Schema):
    """One item of the agenda; `responsible` and `section` are what was decided where it names who answers."""

    id: UUID
    topic: Topic
    title: str
    suggestion_id: UUID | None
    proposal_id: UUID | None
    responsible: str
    section: str
    decision: str
    decided_on: date | None

    @staticmethod
    def resolve_responsible(item: SittingItem) -> str:
        """The name of the leader."""
        return item.responsible.name if item.responsible is not None else ""

    @staticmethod
    def resolve_section(item: SittingItem) -> str:
        """The name of the section."""
        return item.section.name if item.section is not None else ""


class PresentOut(Schema):
    """Who was there, in which office."""

    name: str
    office: str

    @staticmethod
    def resolve_name(one: Present) -> str:
        """Their name."""
        return str(one.person.name)


class SittingOut(ModelSchema, Standing):
    """A sitting with its agenda and what was decided."""

    items: list[SittingItemOut]
    present: list[PresentOut]

    class Meta:
        model = Sitting
        fields = ["year", "number", "held_on", "venue", "issued_on", "cancelled_because"]

    @staticmethod
    def resolve_items(sitting: Sitting) -> Any:
        """What stands on the agenda, in order."""
        return items_of(sitting)

    @staticmethod
    def resolve_present(sitting: Sitting) -> Any:
        """Everybody who was there."""
        return sitting.present.select_related("person")


@router.get("/{uuid:pk}", response=SittingOut, summary="一次主任办公会")
def sitting(request: HttpRequest, pk: UUID) -> Sitting:
    """One sitting, for the desk of the place and those above it."""
    kept = load(Sitting, pk, *RELATED)
    needs(request, reads_here, kept)
    return kept


SHAPES[Sitting] = SittingOut
operations(router, Sitting, related=RELATED)


class TableOut(Schema):
    """One table of a report, as it reads on paper."""

    key: str
    title: str
    columns: list[str]
    rows: list[list[str]]


class ListedMatterOut(ModelSchema, Standing):
    """One matter of the list for the district."""

    proposal_id: UUID
    title: str
    state: str

    class Meta:
        model = ListedMatter
        fields = ["advice", "sent_on", "returned_on", "returned_because"]

    @staticmethod
    def resolve_title(matter: ListedMatter) -> str:
        """The title of the proposal."""
        return matter.proposal.title

    @staticmethod
    def resolve_state(matter: ListedMatter) -> str:
        """Where the proposal stands."""
        return matter.proposal.state


class NeedsReportOut(ModelSchema, Standing):
    """A report with its tables: as adopted, before that as the records stand; and its list for the district."""

    tables: list[TableOut]
    matters: list[ListedMatterOut]

    class Meta:
        model = NeedsReport
        fields = ["year", "version", "number", "words", "adopted_on", "sent_on", "received_on", "published_on"]

    @staticmethod
    def resolve_tables(report: NeedsReport) -> Any:
        """The figures."""
        return tables_of(report)

    @staticmethod
    def resolve_matters(report: NeedsReport) -> Any:
        """What stands on the list, and what was returned."""
        return matters_of(report)


class PlannedWorkOut(ModelSchema, Standing):
    """One project that was scored: its place with the council, its place in the plan, why they differ, what is planned."""

    proposal_id: UUID
    title: str
    lead: str
    responsible: str
    state: str

    class Meta:
        model = PlannedWork
        fields = [
            "council_place", "score", "position", "departs", "reason", "partners", "planned_cost", "cost_source", "deadline",
            "completion_standard",
        ]  # fmt: skip

    @staticmethod
    def resolve_title(work: PlannedWork) -> str:
        """The title of the proposal."""
        return work.proposal.title

    @staticmethod
    def resolve_state(work: PlannedWork) -> str:
        """Where its plan stands."""
        return work.plan.state

    @staticmethod
    def resolve_lead(work: PlannedWork) -> str:
        """The section or unit that leads it."""
        return work.lead.name if work.lead is not None else ""

    @staticmethod
    def resolve_responsible(work: PlannedWork) -> str:
        """The leader who answers for it."""
        return str(work.responsible.name) if work.responsible is not None else ""


class WorksPlanOut(ModelSchema, Standing):
    """A plan with everything that was scored, in the council's order."""

    works: list[PlannedWorkOut]

    class Meta:
        model = WorksPlan
        fields = ["year", "number", "decided_on"]

    @staticmethod
    def resolve_works(plan: WorksPlan) -> Any:
        """Both orders."""
        return works_of(plan)


OF_A_PAPER = ("place", "sitting__place")


@reports_router.get("/{uuid:pk}", response=NeedsReportOut, summary="一份问需工作报告")
def needs_report(request: HttpRequest, pk: UUID) -> NeedsReport:
    """One report, for the desk of the place, those above it and the committee of its line."""
    kept = load(NeedsReport, pk, *OF_A_PAPER)
    needs(request, reads_here, kept)
    return kept


@plans_router.get("/{uuid:pk}", response=WorksPlanOut, summary="一份实施计划书")
def works_plan(request: HttpRequest, pk: UUID) -> WorksPlan:
    """One plan of works, for the desk of the place and those above it."""
    kept = load(WorksPlan, pk, *OF_A_PAPER, "notice")
    needs(request, reads_here, kept)
    return kept


SHAPES[NeedsReport], SHAPES[ListedMatter] = NeedsReportOut, ListedMatterOut
SHAPES[WorksPlan], SHAPES[PlannedWork] = WorksPlanOut, PlannedWorkOut
operations(reports_router, NeedsReport, related=OF_A_PAPER)
operations(matters_router, ListedMatter, related=("place", "proposal__place", "proposal__dossier", "report__place"))
operations(plans_router, WorksPlan, related=(*OF_A_PAPER, "notice"))
operations(works_router, PlannedWork, related=("place", "proposal__place", "plan__place", "lead", "responsible"))
