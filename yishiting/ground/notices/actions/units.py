"""Telling a unit: each of its contacts, or whoever is on file there; whom nothing reaches is put on the list to ring."""

from django.db import models

from yishiting.ground.accounts.models import Person
from yishiting.ground.notices.actions.queuing import in_one_statement, reach
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import Whom
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.queries import contacts_in_force


def contacts_to_tell(unit: Organisation) -> list[Whom]:
    """Who is told for a unit, with all that is on file of how they are reached."""
    contacts = contacts_in_force(unit)
    if not contacts:
        return [Whom(unit.contact_name or unit.name, None, unit.contact_phone or unit.telephone, unit.name)]
    hashes = [one.phone_hash for one in contacts]
    accounts = {one.phone_hash: one for one in Person.objects.filter(phone_hash__in=hashes, is_active=True)}
    return [Whom(one.name, accounts.get(one.phone_hash), one.phone, unit.name) for one in contacts]


def tell_unit(unit: Organisation, *, step: str, subject: str, body: str, about: models.Model | None = None) -> None:
    """Tell everybody who acts for a unit, once for each step."""
    said = {"step": step, "template": "unit", "subject": subject, "body": body}
    with in_one_statement():
        for one in contacts_to_tell(unit):
            reach(one, place=unit.place, audience=Audience.PUBLIC, about=about, **said)
