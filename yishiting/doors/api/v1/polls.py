"""Votes: the sheet to key in, the two keyings, the result by its rule."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, chosen, load, needs, operation, page_of, place_with
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Body, Count, Paged, Standing
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.ballots.models import Method, Poll, PollKind
from yishiting.instruments.ballots.permissions import counts_here
from yishiting.instruments.ballots.queries import side_by_side
from yishiting.instruments.ballots.rules import fields
from yishiting.instruments.ballots.states import State

router = Router(tags=["表决 polls"])

#: The longest key is a name written on ballots: `other:` and the name.
Key = Annotated[str, Field(min_length=1, max_length=46)]


class FieldOut(Schema):
    """One number of the sheet, in the order of the paper."""

    key: str
    label: str
    about: str


class DifferenceOut(Schema):
    """A number in which the two keyings differ."""

    key: str
    label: str
    first: int
    second: int


class PollLine(ModelSchema, Standing):
    """A vote as a list shows it."""

    kind: PollKind
    method: Method
    entitled_count: int

    class Meta:
        model = Poll
        fields = ["title", "seats", "present_count", "opened_at", "counted_at", "rules_label"]


class PollOut(PollLine):
    """A vote with its sheet; once counted, with the result and the rule it was made by."""

    options: list[dict[str, str]]
    sheet_fields: list[FieldOut] = Field(description="录入计票要填的每一个数")
    takes_other_names: bool = Field(description="可以另填 other:姓名")
    rule: dict[str, Any]
    result: dict[str, Any]
    void_reason: str
    differences: list[DifferenceOut] = Field(description="两遍不一致的数")

    @staticmethod
    def resolve_sheet_fields(poll: Poll) -> list[dict[str, str]]:
        """The numbers to key in."""
        return [{"key": one.key, "label": one.label, "about": one.about} for one in fields(poll.sheet())]

    @staticmethod
    def resolve_differences(poll: Poll) -> list[dict[str, object]]:
        """Where the last two people differ, while they do."""
        return side_by_side(poll)[1] if poll.state == State.DIFFERENT else []


class TallyIn(Body):
    """One keying of the sheet: every number under its key."""

    counts: dict[Key, Count] = Field(max_length=2000)


@router.get("/", response=Paged[PollLine], summary="表决")
def polls(
    request: HttpRequest, place: str, state: State | None = None, page: int = 1, size: int = 50
) -> dict[str, Any]:
    """The votes of a place, newest first, for those who count there."""
    here = place_with(place)
    needs(request, counts_here, here)
    rows = here.polls.select_related("place").order_by("-created_at")
    return page_of(chosen(rows, state=state), page, size)


@router.get("/{uuid:pk}", response=PollOut, summary="一次表决")
def poll(request: HttpRequest, pk: UUID) -> Poll:
    """One vote with its sheet, for those who count there."""
    kept = load(Poll, pk, "place")
    needs(request, counts_here, kept)
    return kept


@operation(router, "/{uuid:pk}/tallies", "poll.enter_tally", PollOut)
def key_in(request: HttpRequest, pk: UUID, said: TallyIn) -> Poll:
    return enter_tally(load(Poll, pk, "place"), by=actor_of(request), counts=said.counts)


SHAPES[Poll] = PollOut
operations(router, Poll, related=("place",))
