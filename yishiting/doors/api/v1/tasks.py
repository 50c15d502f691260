"""What people took on at meetings."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import needs, page_of, place_with
from yishiting.doors.api.v1.declared import operations
from yishiting.doors.api.v1.shapes import Paged, Thing
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.meetings.models import MeetingTask
from yishiting.year.meetings.queries import open_tasks

router = Router(tags=["会议 meetings"])


class TaskOut(Thing):
    """A task, for the desk."""

    meeting_id: UUID
    item_id: UUID | None
    what: str
    who: str
    due: date
    done_on: date | None


@router.get("/", response=Paged[TaskOut], summary="没有完成的任务")
def tasks(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """What was taken on at meetings of a place and is not done, the first due first; for the desk."""
    here = place_with(place)
    needs(request, reads_here, here)
    return page_of(open_tasks(here).select_related("place"), page, size)


operations(router, MeetingTask, related=("place", "meeting__place"))
