"""Whoever asks: their offices and seats, what waits for them, their invitations, messages and tokens."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from yishiting.doors.api.v1.accounts import TokenOut
from yishiting.doors.api.v1.base import needs, operation, page_of, person_of
from yishiting.doors.api.v1.declared import SHAPES, body_of, operations
from yishiting.doors.api.v1.invitations import InvitationOut
from yishiting.doors.api.v1.shapes import Paged
from yishiting.doors.api.v1.visits import SentDraftOut
from yishiting.doors.common.message_pages import message_page
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance.actions import issue_token
from yishiting.ground.entrance.models import AccessToken
from yishiting.ground.notices.actions import read_all
from yishiting.ground.notices.models import Call, Message
from yishiting.ground.notices.queries import inbox
from yishiting.ground.organisations.queries import offices_of
from yishiting.overview.cycle.board import waiting_for
from yishiting.overview.cycle.shapes import Wait
from yishiting.year.councils.queries import seats_of
from yishiting.year.meetings.models import Invitation
from yishiting.year.meetings.queries import invitations_of
from yishiting.year.visits.models import SentDraft
from yishiting.year.visits.queries import drafts_to_reply_to

router = Router(tags=["我的 me"])
TokenIn: Any = body_of(VERBS["token.issue"])
messages_router = Router(tags=["我的 me"])
calls_router = Router(tags=["公示 notices"])


class HeldOut(Schema):
    """An office or a seat, and where."""

    what: str
    label: str
    place: str
    place_name: str
    since: date
    until: date | None


class MeOut(Schema):
    """Who the program acts for."""

    id: UUID
    name: str
    staff: bool
    offices: list[HeldOut]
    seats: list[HeldOut]


class WaitOut(Schema):
    """Something that waits, the verb that answers it, and the thing it is about."""

    verb: str
    says: str
    place: str
    since: date
    due: date | None
    late: bool
    count: int
    kind: str
    id: str


class IssuedOut(Schema):
    """A new token with its text."""

    token: TokenOut
    text: str


class MessageOut(Schema):
    """A message on site."""

    id: UUID
    subject: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None

    @staticmethod
    def resolve_link(message: Message) -> str:
        """The address of the page it leads to, if there is one."""
        return message_page(message)


class ReadOut(Schema):
    """How many were unread."""

    read: int


@router.get("/", response=MeOut, summary="我是谁")
def me(request: HttpRequest) -> dict[str, Any]:
    """Who the program acts for, with the offices and seats held today."""
    person = person_of(request)
    offices = [_held(one, one.office, str(one.get_office_display())) for one in offices_of(person)]
    seats = [_held(one, "representative", str(one.constituency)) for one in seats_of(person)]
    return {
        "id": person.pk,
        "name": str(person.name),
        "staff": person.is_staff_member,
        "offices": offices,
        "seats": seats,
    }


@router.get("/waiting", response=list[WaitOut], summary="等我办理的事")
def waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """Everything that waits for this person in all their offices and seats, what is late first."""
    today = timezone.localdate()
    return [_wait(one, today) for one in waiting_for(person_of(request), today)]


@router.get("/invitations", response=list[InvitationOut], summary="请我参加的会议")
def invitations(request: HttpRequest) -> list[Invitation]:
    """The meetings ahead this person is invited to, soonest first."""
    return invitations_of(person_of(request))


@router.get("/drafts", response=list[SentDraftOut], summary="等我答复的草案")
def drafts(request: HttpRequest) -> list[SentDraft]:
    """Drafts about what this person proposed and has not replied to."""
    return list(drafts_to_reply_to(person_of(request)))


@router.get("/messages", response=Paged[MessageOut], summary="我的消息")
def messages(request: HttpRequest, page: int = 1, size: int = 50) -> dict[str, Any]:
    """What this person was told on site, newest first."""
    return page_of(inbox(person_of(request)), page, size)


@operation(router, "/messages/read", "message.read_all", ReadOut)
def read_everything(request: HttpRequest) -> dict[str, int]:
    person = person_of(request)
    return {"read": read_all(person, by=person)}


@router.get("/tokens", response=list[TokenOut], summary="我的接口令牌")
def tokens(request: HttpRequest) -> list[AccessToken]:
    """This person's tokens, never their texts."""
    person = person_of(request)
    needs(request, VERBS["token.issue"].may, person)
    return list(person.tokens.all())


@operation(router, "/tokens", "token.issue", {201: IssuedOut})
def issue(request: HttpRequest, said: TokenIn) -> dict[str, Any]:
    person = person_of(request)
    own: AccessToken | None = getattr(request, "token", None)
    token, text = issue_token(person, by=person, with_token=own, **said.model_dump())
    return {"token": token, "text": text}


def _held(one: Any, what: str, label: str) -> dict[str, Any]:
    place = {"place": one.place.code, "place_name": one.place.name}
    return {"what": str(what), "label": label, **place, "since": one.since, "until": one.until}


def _wait(one: Wait, today: date) -> dict[str, Any]:
    about = {"verb": one.verb, "says": str(one.says), "place": one.place.code, "kind": one.kind, "id": one.pk}
    return {**about, "since": one.since, "due": one.due, "late": one.late(today), "count": one.count}


class CallOut(Schema):
    """Somebody to be rung, and whether that was done; who it is stands at /lists/desk-calls."""

    id: UUID
    unit: str
    subject: str
    called_on: date | None
    how: str


SHAPES[Message] = MessageOut
SHAPES[Call] = CallOut
operations(messages_router, Message)
operations(calls_router, Call, related=("place",))
