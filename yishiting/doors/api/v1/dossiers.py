"""Files of matters: found by any number, with every piece and every way the matter was sent."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, allows, load, needs
from yishiting.doors.api.v1.declared import SHAPES
from yishiting.ground.common.verbs import labelled
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.overview.cycle.numbers import Thing, file_of, papers_with, pieces_of, seen_at, thing_of, things_with
from yishiting.year.dossiers.models import Dossier, Referral, ReferralKind
from yishiting.year.dossiers.permissions import reads_file
from yishiting.year.dossiers.queries import all_of, all_referrals, living
from yishiting.year.suggestions.models import Suggestion

router = Router(tags=["案卷 dossiers"])


class ReferralOut(Schema):
    """One way a matter was sent: where from, where to, by when, and what was answered."""

    kind: ReferralKind
    from_place: str = Field(alias="from_place.code")
    to_place: str = Field(alias="to_place.code")
    receiver: str
    reason: str
    sent_on: date
    due: date | None
    answered_on: date | None
    answer: str
    outcome: str


class PieceOut(Schema):
    """One thing in a file: a suggestion, a proposal, a project."""

    kind: str
    id: UUID
    number: str
    title: str
    place: str
    state: str


class DossierOut(Schema):
    """The living file of a matter: where it began, where it lies, and all that is in it."""

    id: UUID
    number: str
    numbers: list[str]
    origin: str = Field(alias="origin.code")
    opened_on: date
    lies_at: str = Field(alias="lies_at.code")
    pieces: list[PieceOut]
    referrals: list[ReferralOut]

    @staticmethod
    def resolve_numbers(dossier: Dossier) -> list[str]:
        """Every number that leads here."""
        return [one.number for one in all_of(dossier)]

    @staticmethod
    def resolve_pieces(dossier: Dossier) -> list[dict[str, Any]]:
        """Suggestions, proposals, projects, in the order of the year."""
        return [_piece(one) for one in pieces_of(dossier)]

    @staticmethod
    def resolve_referrals(dossier: Dossier) -> list[Referral]:
        """Every hop, oldest first."""
        return all_referrals(dossier)


def _piece(thing: Thing) -> dict[str, Any]:
    number = thing.receipt if isinstance(thing, Suggestion) else thing.number
    told = {"title": thing.title, "place": thing.place.code, "state": thing.state}
    return {"kind": labelled(thing), "id": thing.pk, "number": number, **told}


@router.get("/", response=list[DossierOut], summary="按编号查案卷")
def dossiers(request: HttpRequest, number: str) -> list[Dossier]:
    """The files that a number leads to, of those one may read: a receipt's, a file's, or any paper's."""
    about = [thing for one in papers_with(number) if (thing := thing_of(one)) is not None]
    found = {one.pk: one for one in map(file_of, [*things_with(number, seen_at(actor_of(request))), *about])}
    return [one for one in found.values() if allows(request, reads_file, one)]


class PaperOut(Schema):
    """A notice, or a resolution on no proposal: what it is, and where it lies."""

    kind: str
    id: UUID
    number: str
    title: str
    place: str
    meeting_id: UUID | None


@router.get("/papers", response=list[PaperOut], summary="按编号查公示和决议")
def papers(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """The notices and the resolutions on no proposal that bear a number; everybody may read them."""
    return [
        {
            "kind": labelled(one),
            "id": one.pk,
            "number": one.number if isinstance(one, PublicNotice) else one.resolution_number,
            "title": one.title,
            "place": one.place.code,
            "meeting_id": None if isinstance(one, PublicNotice) else one.meeting_id,
        }
        for one in papers_with(number)
    ]


@router.get("/{uuid:pk}", response=DossierOut, summary="一个案卷")
def dossier(request: HttpRequest, pk: UUID) -> Dossier:
    """One file; a number that was joined to another gives the living one."""
    kept = load(Dossier, pk, "origin", "lies_at", "merged_into")
    needs(request, reads_file, kept)
    return living(kept)


SHAPES[Referral] = ReferralOut
