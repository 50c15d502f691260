"""Findings of the supervision group: open until answered and confirmed."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Standing
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.projects.models import Finding
from yishiting.year.projects.permissions import supervises

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


@router.get("/{uuid:pk}", response=FindingOut, summary="一条监督意见")
def finding(request: HttpRequest, pk: UUID) -> Finding:
    """One finding, for those who work on the project or supervise it."""
    kept = load(Finding, pk, *RELATED)
    needs(request, reads_here | supervises, kept)
    return kept


SHAPES[Finding] = FindingOut
operations(router, Finding, related=RELATED)
