"""Agenda items: their words, their order, the vote, the announced result."""

from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, load, operation
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Body, Standing, Words
from yishiting.instruments.ballots.models import Method
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import AgendaItem, ItemKind
from yishiting.year.meetings.states import ItemState

router = Router(tags=["会议 meetings"])
RELATED = ("place", "meeting__place", "meeting__council", "poll__place")


class ItemOut(ModelSchema, Standing):
    """An item as everyone may read it."""

    kind: ItemKind
    announced: bool
    outcome: str

    class Meta:
        model = AgendaItem
        fields = ["position", "title", "text", "subject_kind", "subject_id", "touches_law", "resolution_number"]

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


class VoteIn(Body):
    """How the vote is taken, and who stands aside (their invitation) and why."""

    method: Method = Method.SHOW_OF_HANDS
    recused: dict[UUID, Words] = Field(default={}, max_length=500)


@operation(router, "/{uuid:pk}/vote", "item.put_to_vote", ItemAtDesk)
def put_to_vote(request: HttpRequest, pk: UUID, said: VoteIn) -> AgendaItem:
    aside = {str(one): why for one, why in said.recused.items()}
    return actions.put_to_vote(load(AgendaItem, pk, *RELATED), by=actor_of(request), method=said.method, recused=aside)


SHAPES[AgendaItem] = ItemAtDesk
operations(router, AgendaItem, related=RELATED, done=("item.put_to_vote",))
