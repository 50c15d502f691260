"""Changes of places in law: the days, the papers, what became of what."""

from datetime import date

from django.http import HttpRequest
from ninja import Router

from yishiting.doors.api.v1.base import page_of, place_with
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Standing
from yishiting.ground.places.models import ChangeKind, PlaceChange
from yishiting.ground.places.queries import changes_under
from yishiting.ground.rezoning.queries import change_said

router = Router(tags=["区划 places"])
RELATED = ("place__parent", "successor", "parent_before")


class PlaceChangeOut(Standing):
    """One change, in words and by its parts."""

    kind: ChangeKind
    says: str
    takes_effect: date
    document: str
    name_before: str
    name: str
    code: str
    successor_code: str | None = None

    @staticmethod
    def resolve_says(change: PlaceChange) -> str:
        """The whole in one sentence."""
        return change_said(change)

    @staticmethod
    def resolve_successor_code(change: PlaceChange) -> str | None:
        """Where it went, came under, or the new place."""
        return change.successor.code if change.successor else None


@router.get("/", response=Paged[PlaceChangeOut], summary="区划变动")
def place_changes(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, object]:
    """What changed in law at a place and below it, and what is registered to come, newest first."""
    return page_of(changes_under(place_with(place)), page, size)


SHAPES[PlaceChange] = PlaceChangeOut
operations(router, PlaceChange, related=RELATED)
