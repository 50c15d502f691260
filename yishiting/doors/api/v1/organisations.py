"""Organisations of a place: registered, amended, closed by its desk."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, chosen, load, needs, operation, page_of, place_with, under
from yishiting.doors.api.v1.shapes import Body, Code, Paged, ShortOr, Thing, Words
from yishiting.ground.organisations.actions import amend_organisation, close_organisation, register_organisation
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.ground.organisations.permissions import at_community_desk

router = Router(tags=["区划 places"])
OrganisationName = Annotated[str, Field(min_length=1, max_length=80)]


class OrganisationOut(Thing):
    """An organisation as everyone may read it."""

    kind: OrganisationKind
    name: str
    valid_from: date | None
    valid_to: date | None


class OrganisationAtDesk(OrganisationOut):
    """An organisation with its contact."""

    contact_name: str
    contact_phone: str


class OrganisationAmendIn(Body):
    """The name and the contact as they should be."""

    name: OrganisationName
    contact_name: ShortOr = ""
    contact_phone: ShortOr = ""


class OrganisationIn(OrganisationAmendIn):
    """An organisation that takes part."""

    place: Code
    kind: OrganisationKind


class OrganisationCloseIn(Body):
    """From when it takes part no longer, and why."""

    on: date
    reason: Words


@router.get("/", response=Paged[OrganisationOut], summary="组织")
def organisations(
    request: HttpRequest, place: str = "", kind: OrganisationKind | None = None, page: int = 1, size: int = 50
) -> dict[str, Any]:
    """The organisations of a place and of the places below it."""
    rows = Organisation.objects.select_related("place")
    return page_of(chosen(under(rows, place), kind=kind), page, size)


@router.get("/desk", response=Paged[OrganisationAtDesk], summary="组织和联系人")
def organisations_at_desk(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """The organisations of one place with their contacts, for its desk."""
    here = place_with(place)
    needs(request, at_community_desk, here)
    return page_of(here.organisations.select_related("place"), page, size)


@operation(router, "/", "organisation.register", {201: OrganisationAtDesk})
def register(request: HttpRequest, said: OrganisationIn) -> Organisation:
    return register_organisation(place_with(said.place), by=actor_of(request), **said.model_dump(exclude={"place"}))


@operation(router, "/{uuid:pk}/amend", "organisation.amend", OrganisationAtDesk)
def amend(request: HttpRequest, pk: UUID, said: OrganisationAmendIn) -> Organisation:
    return amend_organisation(load(Organisation, pk, "place"), by=actor_of(request), **said.model_dump())


@operation(router, "/{uuid:pk}/close", "organisation.close", OrganisationAtDesk)
def close(request: HttpRequest, pk: UUID, said: OrganisationCloseIn) -> Organisation:
    return close_organisation(load(Organisation, pk, "place"), by=actor_of(request), **said.model_dump())
