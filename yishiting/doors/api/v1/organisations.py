"""Organisations of a place: registered, amended, closed by its desk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router

from yishiting.doors.api.v1.base import chosen, load, needs, page_of, under
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Thing
from yishiting.ground.organisations.models import LocalPerson, LocalRole, Organisation, OrganisationKind
from yishiting.ground.organisations.permissions import at_desk

router, people_router = Router(tags=["区划 places"]), Router(tags=["区划 places"])


class OrganisationOut(ModelSchema, Thing):
    """An organisation as everyone may read it."""

    kind: OrganisationKind

    class Meta:
        model = Organisation
        fields = ["name", "telephone", "address", "hours", "remark", "valid_from", "valid_to"]


class OrganisationAtDesk(OrganisationOut):
    """An organisation with its contact."""

    contact_name: str
    contact_phone: str


@router.get("/", response=Paged[OrganisationOut], summary="组织")
def organisations(
    request: HttpRequest, place: str = "", kind: OrganisationKind | None = None, page: int = 1, size: int = 50
) -> dict[str, Any]:
    """The organisations of a place and of the places below it."""
    rows = Organisation.objects.select_related("place")
    return page_of(chosen(under(rows, place), kind=kind), page, size)


@router.get("/{uuid:pk}", response=OrganisationAtDesk, summary="组织和联系人")
def organisation(request: HttpRequest, pk: UUID) -> Organisation:
    """One organisation with its contact, for its desk."""
    kept = load(Organisation, pk, "place")
    needs(request, at_desk, kept)
    return kept


class LocalPersonOut(ModelSchema, Thing):
    """Somebody in the register of people of a place, for its desk."""

    role: LocalRole
    phone: str

    class Meta:
        model = LocalPerson
        fields = ["name", "unit", "since", "until"]


@people_router.get("/{uuid:pk}", response=LocalPersonOut, summary="名册上的人")
def local_person(request: HttpRequest, pk: UUID) -> LocalPerson:
    """Somebody in the register, for the desk of the place."""
    kept = load(LocalPerson, pk, "place")
    needs(request, at_desk, kept)
    return kept


SHAPES[Organisation], SHAPES[LocalPerson] = OrganisationAtDesk, LocalPersonOut
operations(router, Organisation, related=("place",))
operations(people_router, LocalPerson, related=("place", "organisation"))
