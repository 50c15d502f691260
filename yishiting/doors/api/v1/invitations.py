"""Invitations: signing in, asking for leave, having read the rules of debate."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import actor_of, load, operation
from yishiting.doors.api.v1.shapes import Body, Thing, Words
from yishiting.year.meetings import actions
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


class ExcuseIn(Body):
    """Why somebody cannot come."""

    reason: Words = ""


@operation(router, "/{uuid:pk}/sign-in", "invitation.sign_in", InvitationOut)
def sign_in(request: HttpRequest, pk: UUID) -> Invitation:
    return actions.sign_in(load(Invitation, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/excuse", "invitation.excuse", InvitationOut)
def excuse(request: HttpRequest, pk: UUID, said: ExcuseIn) -> Invitation:
    return actions.excuse(load(Invitation, pk, *RELATED), by=actor_of(request), reason=said.reason)


@operation(router, "/{uuid:pk}/acknowledge-rules", "invitation.acknowledge_rules", InvitationOut)
def acknowledge_rules(request: HttpRequest, pk: UUID) -> Invitation:
    return actions.acknowledge_rules(load(Invitation, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/withdraw", "invitation.withdraw", {204: None})
def withdraw(request: HttpRequest, pk: UUID) -> None:
    actions.withdraw_invitation(load(Invitation, pk, *RELATED), by=actor_of(request))
