"""Findings of the supervision group: open until answered and confirmed."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.ground import actor_of, load, needs, step
from yishiting.doors.api.v1.shapes import Asked, Reason, Standing, Words
from yishiting.year.projects.actions import answer_finding, confirm_finding, reject_finding
from yishiting.year.projects.models import Finding
from yishiting.year.projects.permissions import reads_projects, supervises

router = Router(tags=["实事项目 projects"])
LINE = ("place", "project__place")


class FindingOut(Standing):
    """What was found, by when it is put right, and the answer."""

    project_id: UUID
    text: str
    found_on: date
    due: date
    answer: str
    answered_on: date | None


class PutRightIn(Asked):
    """How it was put right."""

    answer: Words


@router.get("/{uuid:pk}", response=FindingOut, summary="一条监督意见")
def finding(request: HttpRequest, pk: UUID) -> Finding:
    """One finding, for those who work on the project or supervise it."""
    kept = load(Finding, pk, *LINE)
    needs(request, reads_projects | supervises, kept)
    return kept


@step(router, "/{uuid:pk}/answer", "finding.answer", FindingOut)
def answer(request: HttpRequest, pk: UUID, said: PutRightIn) -> Finding:
    return answer_finding(load(Finding, pk, *LINE), by=actor_of(request), answer=said.answer)


@step(router, "/{uuid:pk}/confirm", "finding.confirm", FindingOut)
def confirm(request: HttpRequest, pk: UUID) -> Finding:
    return confirm_finding(load(Finding, pk, *LINE), by=actor_of(request))


@step(router, "/{uuid:pk}/reject", "finding.reject", FindingOut)
def reject(request: HttpRequest, pk: UUID, said: Reason) -> Finding:
    return reject_finding(load(Finding, pk, *LINE), by=actor_of(request), reason=said.reason)
