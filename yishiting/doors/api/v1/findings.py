"""Findings of the supervision group: open until answered and confirmed."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import actor_of, load, needs, operation
from yishiting.doors.api.v1.shapes import Body, Reason, Standing, Words
from yishiting.year.projects.actions import answer_finding, confirm_finding, reject_finding
from yishiting.year.projects.models import Finding
from yishiting.year.projects.permissions import reads_projects, supervises

router = Router(tags=["实事项目 projects"])
RELATED = ("place", "project__place")


class FindingOut(Standing):
    """What was found, by when it is put right, and the answer."""

    project_id: UUID
    text: str
    found_on: date
    due: date
    answer: str
    answered_on: date | None


class PutRightIn(Body):
    """How it was put right."""

    answer: Words


@router.get("/{uuid:pk}", response=FindingOut, summary="一条监督意见")
def finding(request: HttpRequest, pk: UUID) -> Finding:
    """One finding, for those who work on the project or supervise it."""
    kept = load(Finding, pk, *RELATED)
    needs(request, reads_projects | supervises, kept)
    return kept


@operation(router, "/{uuid:pk}/answer", "finding.answer", FindingOut)
def answer(request: HttpRequest, pk: UUID, said: PutRightIn) -> Finding:
    return answer_finding(load(Finding, pk, *RELATED), by=actor_of(request), answer=said.answer)


@operation(router, "/{uuid:pk}/confirm", "finding.confirm", FindingOut)
def confirm(request: HttpRequest, pk: UUID) -> Finding:
    return confirm_finding(load(Finding, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/reject", "finding.reject", FindingOut)
def reject(request: HttpRequest, pk: UUID, said: Reason) -> Finding:
    return reject_finding(load(Finding, pk, *RELATED), by=actor_of(request), reason=said.reason)
