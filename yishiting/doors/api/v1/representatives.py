"""Representatives: the roster as everyone may read it, leaving, accounts."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from yishiting.doors.api.v1.base import page_of, place_with
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Thing
from yishiting.year.councils.choices import Publishable
from yishiting.year.councils.models import Identity, Outreach, Representative
from yishiting.year.councils.published import NOTHING, representative_name, shown
from yishiting.year.councils.queries import serving_here

router = Router(tags=["议事协商会 councils"])
identities = Router(tags=["议事协商会 councils"])
outreach = Router(tags=["议事协商会 councils"])
RELATED = ("place", "term", "constituency", "candidate", "person")


class RepresentativeOut(Thing):
    """A representative as everyone may read them: only what they agreed to."""

    term_id: UUID
    constituency: str
    sector: str
    name: str
    unit: str
    introduction: str
    identities: list[str] = Field(description="推选单位所属方面和登记的身份")
    since: date
    until: date | None
    left_early: bool

    @staticmethod
    def resolve_constituency(seat: Representative) -> str:
        """Who sent them."""
        return seat.constituency.name

    @staticmethod
    def resolve_sector(seat: Representative) -> str:
        """The sector of the composition."""
        return seat.constituency.sector

    @staticmethod
    def resolve_name(seat: Representative) -> str:
        """The name, or the surname with stars."""
        return representative_name(seat)

    @staticmethod
    def resolve_unit(seat: Representative) -> str:
        """Only with consent."""
        return shown(seat.candidate, Publishable.UNIT) if seat.candidate else NOTHING

    @staticmethod
    def resolve_introduction(seat: Representative) -> str:
        """Only with consent."""
        return shown(seat.candidate, Publishable.INTRODUCTION) if seat.candidate else NOTHING

    @staticmethod
    def resolve_identities(seat: Representative) -> list[str]:
        """Each kind once."""
        return seat.sectors(timezone.localdate())

    @staticmethod
    def resolve_left_early(seat: Representative) -> bool:
        """Whether they left before the end of the term."""
        return bool(seat.end_kind)


class RepresentativeAtDesk(RepresentativeOut):
    """A representative as the desk reads them."""

    end_kind: str
    end_reason: str
    has_account: bool

    @staticmethod
    def resolve_name(seat: Representative) -> str:
        """The whole name."""
        return seat.name

    @staticmethod
    def resolve_has_account(seat: Representative) -> bool:
        """Whether they can sign in."""
        return seat.person_id is not None


@router.get("/", response=Paged[RepresentativeOut], summary="在任代表")
def representatives(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """The representatives of a place in office today, in the order of the seat plan."""
    return page_of(
        serving_here(place_with(place), timezone.localdate()).select_related(*RELATED).prefetch_related("identities"),
        page,
        size,
    )


SHAPES[Representative] = RepresentativeAtDesk
operations(router, Representative, related=RELATED)


class IdentityOut(Thing):
    """A sector somebody belongs to besides that of the seat, from when until when; the desk reads it."""

    representative_id: UUID
    kind: str
    kind_label: str
    since: date
    until: date | None

    @staticmethod
    def resolve_kind_label(identity: Identity) -> str:
        """What it is called."""
        return str(identity)


SHAPES[Identity] = IdentityOut
operations(identities, Identity, related=("place", "representative"))


class OutreachOut(Thing):
    """A call as the desk and the representative read it."""

    representative_id: UUID
    called_on: date
    kind: str
    kind_label: str
    where: str
    people: int
    heard: str
    withdrawn_on: date | None

    @staticmethod
    def resolve_kind_label(call: Outreach) -> str:
        """What it is called."""
        return str(call.get_kind_display())


SHAPES[Outreach] = OutreachOut
operations(outreach, Outreach, related=("place", "representative"))
