"""The directors' meeting: its sittings, what is on their agendas, what they decide."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Standing
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.directors.models import Present, Sitting, SittingItem, Topic
from yishiting.year.directors.queries import RELATED, items_of

router = Router(tags=["主任办公会 directors"])


class SittingItemOut(Schema):
    """One item of the agenda; `responsible` and `section` are what was decided where it names who answers."""

    id: UUID
    topic: Topic
    title: str
    suggestion_id: UUID | None
    proposal_id: UUID | None
    responsible: str
    section: str
    decision: str
    decided_on: date | None

    @staticmethod
    def resolve_responsible(item: SittingItem) -> str:
        """The name of the leader."""
        return item.responsible.name if item.responsible is not None else ""

    @staticmethod
    def resolve_section(item: SittingItem) -> str:
        """The name of the section."""
        return item.section.name if item.section is not None else ""


class PresentOut(Schema):
    """Who was there, in which office."""

    name: str
    office: str

    @staticmethod
    def resolve_name(one: Present) -> str:
        """Their name."""
        return str(one.person.name)


class SittingOut(ModelSchema, Standing):
    """A sitting with its agenda and what was decided."""

    items: list[SittingItemOut]
    present: list[PresentOut]

    class Meta:
        model = Sitting
        fields = ["year", "number", "held_on", "venue", "issued_on", "cancelled_because"]

    @staticmethod
    def resolve_items(sitting: Sitting) -> Any:
        """What stands on the agenda, in order."""
        return items_of(sitting)

    @staticmethod
    def resolve_present(sitting: Sitting) -> Any:
        """Everybody who was there."""
        return sitting.present.select_related("person")


@router.get("/{uuid:pk}", response=SittingOut, summary="一次主任办公会")
def sitting(request: HttpRequest, pk: UUID) -> Sitting:
    """One sitting, for the desk of the place and those above it."""
    kept = load(Sitting, pk, *RELATED)
    needs(request, reads_here, kept)
    return kept


SHAPES[Sitting] = SittingOut
operations(router, Sitting, related=RELATED)
