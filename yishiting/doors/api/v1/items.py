"""Agenda items: their words, their order, the vote, the announced result."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, load, operation
from yishiting.doors.api.v1.shapes import Body, Reason, Standing, Title, Words
from yishiting.instruments.ballots.models import Method
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import AgendaItem, ItemKind
from yishiting.year.meetings.states import ItemState

router = Router(tags=["会议 meetings"])
RELATED = ("place", "meeting__place", "meeting__council", "poll__place")


class ItemOut(Standing):
    """An item as everyone may read it."""

    position: int
    kind: ItemKind
    title: str
    text: str
    subject_kind: str
    subject_id: str
    touches_law: bool
    announced: bool
    outcome: str
    resolution_number: str

    @staticmethod
    def resolve_outcome(item: AgendaItem) -> str:
        """What was decided; why an item waits is said in the minutes."""
        return item.outcome if item.state == ItemState.DECIDED else ""


class ItemAtDesk(ItemOut):
    """An item as the desk reads it: notes, and the vote to count."""

    meeting_id: UUID
    poll_id: UUID | None
    discussion: str
    lawyer_reason: str

    @staticmethod
    def resolve_outcome(item: AgendaItem) -> str:
        """What it came to, or why it waits."""
        return item.outcome


class ItemIn(Body):
    """An item of the desk's own; proposals are put on the agenda by tabling them, projects by listing them."""

    kind: Literal["report", "deliberate"]
    title: Title
    text: Words = ""
    touches_law: bool = False
    lawyer_reason: Words = ""


class ItemAmendIn(Body):
    """What changes of an item; what is left out stays."""

    title: Title | None = None
    text: Words | None = None
    touches_law: bool | None = None
    lawyer_reason: Words | None = None


class MoveIn(Body):
    """The new number on the agenda."""

    position: Annotated[int, Field(ge=1, le=999)]


class RemoveIn(Body):
    """Why it is taken off."""

    reason: Words = ""


class NotesIn(Body):
    """The main things said."""

    discussion: Words


class HeardIn(Body):
    """What was said on a report, and what came of it."""

    discussion: Words = ""
    outcome: Words = ""


class VoteIn(Body):
    """How the vote is taken, and who stands aside (their invitation) and why."""

    method: Method = Method.SHOW_OF_HANDS
    recused: dict[UUID, Words] = Field(default={}, max_length=500)


@operation(router, "/{uuid:pk}/amend", "item.amend", ItemAtDesk)
def amend(request: HttpRequest, pk: UUID, said: ItemAmendIn) -> AgendaItem:
    return actions.amend_item(load(AgendaItem, pk, *RELATED), by=actor_of(request), **said.model_dump())


@operation(router, "/{uuid:pk}/move", "item.move", ItemAtDesk)
def move(request: HttpRequest, pk: UUID, said: MoveIn) -> AgendaItem:
    return actions.move_item(load(AgendaItem, pk, *RELATED), by=actor_of(request), position=said.position)


@operation(router, "/{uuid:pk}/remove", "item.remove", ItemAtDesk)
def remove(request: HttpRequest, pk: UUID, said: RemoveIn) -> AgendaItem:
    return actions.remove_item(load(AgendaItem, pk, *RELATED), by=actor_of(request), reason=said.reason)


@operation(router, "/{uuid:pk}/notes", "item.take_notes", ItemAtDesk)
def take_notes(request: HttpRequest, pk: UUID, said: NotesIn) -> AgendaItem:
    return actions.take_notes(load(AgendaItem, pk, *RELATED), by=actor_of(request), discussion=said.discussion)


@operation(router, "/{uuid:pk}/note", "item.note", ItemAtDesk)
def hear(request: HttpRequest, pk: UUID, said: HeardIn) -> AgendaItem:
    return actions.note_item(load(AgendaItem, pk, *RELATED), by=actor_of(request), **said.model_dump())


@operation(router, "/{uuid:pk}/vote", "item.put_to_vote", ItemAtDesk)
def put_to_vote(request: HttpRequest, pk: UUID, said: VoteIn) -> AgendaItem:
    aside = {str(one): why for one, why in said.recused.items()}
    return actions.put_to_vote(load(AgendaItem, pk, *RELATED), by=actor_of(request), method=said.method, recused=aside)


@operation(router, "/{uuid:pk}/decide", "item.decide", ItemAtDesk)
def decide(request: HttpRequest, pk: UUID) -> AgendaItem:
    return actions.decide_item(load(AgendaItem, pk, *RELATED), by=actor_of(request))


@operation(router, "/{uuid:pk}/put-off", "item.put_off", ItemAtDesk)
def put_off(request: HttpRequest, pk: UUID, said: Reason) -> AgendaItem:
    return actions.put_off_item(load(AgendaItem, pk, *RELATED), by=actor_of(request), reason=said.reason)
