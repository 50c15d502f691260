"""Invitations: signing in, asking for leave, having read the rules of debate."""

from datetime import datetime
from uuid import UUID

from ninja import Router

from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Thing
from yishiting.year.meetings.models import Attendance, Invitation, Role

router = Router(tags=["会议 meetings"])
RELATED = ("place", "meeting__place", "representative", "person")


class InvitationOut(Thing):
    """Somebody invited, and whether they came; for the desk and the invited themselves."""

    meeting_id: UUID
    representative_id: UUID | None
    name: str
    unit: str
    role: Role
    attendance: Attendance
    signed_in_at: datetime | None
    rules_acknowledged: str


SHAPES[Invitation] = InvitationOut
operations(router, Invitation, related=RELATED)
