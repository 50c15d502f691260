"""What people took on at meetings."""

from datetime import date
from uuid import UUID

from ninja import Router

from yishiting.doors.api.v1.declared import operations
from yishiting.doors.api.v1.shapes import Thing
from yishiting.year.meetings.models import MeetingTask

router = Router(tags=["会议 meetings"])


class TaskOut(Thing):
    """A task, for the desk."""

    meeting_id: UUID
    item_id: UUID | None
    what: str
    who: str
    due: date
    done_on: date | None


operations(router, MeetingTask, related=("place", "meeting__place"))
