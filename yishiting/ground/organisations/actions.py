"""Organisations and offices: who is there, who holds what, from when until when."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import (
    Appointment,
    Identity,
    IdentityKind,
    Office,
    Organisation,
    OrganisationKind,
)
from yishiting.ground.organisations.permissions import MAY
from yishiting.ground.organisations.rules import office_fits
from yishiting.ground.places.models import Estate, Level, Place

#: What the field holds.
LONGEST_ESTATE = 60


@verb("organisation.register", "登记组织", MAY)
def register_organisation(
    place: Place, *, by: Actor, kind: OrganisationKind, name: str, contact_name: str = "", contact_phone: str = ""
) -> Organisation:
    """Register an organisation of a place, with its kind and a contact."""
    _must_be_new(place, name)
    organisation = Organisation.objects.create(
        place=place, kind=kind, name=name, contact_name=contact_name, contact_phone=contact_phone
    )
    write_entry(organisation, kind=str(kind), private={"name": name})
    return organisation


@verb("organisation.amend", "修改组织登记", MAY)
def amend_organisation(
    organisation: Organisation, *, by: Actor, name: str, contact_name: str, contact_phone: str
) -> Organisation:
    """Correct the name or the contact of an organisation."""
    _must_be_new(organisation.place, name, but=organisation)
    organisation.name, organisation.contact_name = name, contact_name
    organisation.contact_phone = contact_phone
    organisation.save(update_fields=["name", "contact_name", "contact_phone"])
    write_entry(organisation, private={"name": name})
    return organisation


@verb("organisation.close", "停用组织", MAY)
def close_organisation(organisation: Organisation, *, by: Actor, on: date, reason: str) -> Organisation:
    """Note that an organisation no longer takes part from a day, and why."""
    organisation.valid_to = on
    organisation.save(update_fields=["valid_to"])
    write_entry(organisation, private={"reason": reason}, on=on.isoformat())
    return organisation


@verb("appointment.make", "任职", MAY)
def appoint(
    place: Place, *, by: Actor, person: Person, office: Office, since: date, organisation: Organisation | None = None
) -> Appointment:
    """Give a person an office at a place from a day."""
    if person.administration:
        words = {"who": person, "what": person.get_administration_display()}
        raise Refused(_("%(who)s是%(what)s，三员不得兼任业务职务。") % words, field="person")
    if not person.is_staff_member:
        words = {"who": person}
        raise Refused(_("%(who)s没有工作人员账号。请先请系统管理员开通，再任职。") % words, field="person")
    if not office_fits(office, place.level):
        words = {"office": Office(office).label, "level": place.get_level_display()}
        raise Refused(_("%(office)s不是%(level)s一级的职务。") % words, field="place")
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                place=place, person=person, office=office, since=since, organisation=organisation
            )
    except IntegrityError:
        words = {"who": person, "place": place.name, "office": Office(office).label}
        raise Refused(_("%(who)s已经担任%(place)s的%(office)s。") % words, field="office") from None
    person.__dict__.pop("_offices", None)
    write_entry(appointment, private={"person": str(person.pk)}, office=str(office), since=since.isoformat())
    return appointment


@verb("appointment.end", "离任", MAY)
def end_appointment(appointment: Appointment, *, by: Actor, until: date, reason: str) -> Appointment:
    """End an office on a day, with the reason."""
    if until < appointment.since:
        raise Refused(_("离任日期不能早于任职日期%(day)s。") % {"day": said(appointment.since, "plain")}, field="until")
    appointment.until = until
    appointment.save(update_fields=["until"])
    write_entry(appointment, private={"reason": reason}, until=until.isoformat())
    return appointment


@verb("identity.note", "登记身份", MAY)
def note_identity(
    place: Place, *, by: Actor, person: Person, kind: IdentityKind, since: date, until: date | None = None
) -> Identity:
    """Note that a person belongs to a sector of the composition, with dates."""
    identity = Identity.objects.create(place=place, person=person, kind=kind, since=since, until=until)
    write_entry(identity, private={"person": str(person.pk)}, kind=str(kind), since=since.isoformat())
    return identity


@verb("estate.list", "登记小区楼院", MAY, holds=("place",))
def list_estates(place: Place, *, by: Actor, names: Sequence[str]) -> int:
    """Keep the list of estates, buildings and lanes of a community; those that suggestions name stay on it."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if place.level != Level.COMMUNITY:
        raise Refused(_("小区楼院登记在社区（村）名下。"))
    if too_long := [name for name in wanted if len(name) > LONGEST_ESTATE]:
        words = {"name": too_long[0], "most": LONGEST_ESTATE}
        raise Refused(_("“%(name)s”太长，请写到%(most)s个字以内。") % words, field="names")
    for gone in place.estates.exclude(name__in=wanted):
        with suppress(ProtectedError):  # somebody's words name it
            gone.delete()
    known = set(place.estates.values_list("name", flat=True))
    Estate.objects.bulk_create(Estate(place=place, name=name) for name in wanted if name not in known)
    write_entry(place, estates=len(wanted))
    return place.estates.count()


def _must_be_new(place: Place, name: str, *, but: Organisation | None = None) -> None:
    same = Organisation.objects.filter(place=place, name=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        words = {"place": place.name, "name": name}
        raise Refused(_("%(place)s已经登记了“%(name)s”，不必再登记。") % words, field="name")
