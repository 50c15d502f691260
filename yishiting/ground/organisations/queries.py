"""Who holds which office, read once for each person and request; where the offices are reached."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.process_cache import held
from yishiting.ground.organisations.models import Appointment, Organisation, OrganisationKind
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Place
from yishiting.ground.places.rules import may_lead

#: Of what the process holds; see `process_cache`.
CONTACTS = "contacts"
#: Whom a resident goes to first.
RECEIVING = (
    OrganisationKind.RESIDENTS_COMMITTEE,
    OrganisationKind.SERVICE_STATION,
    OrganisationKind.SUBDISTRICT_OFFICE,
    OrganisationKind.LEADING_GROUP_OFFICE,
)


def offices_of(person: Person, today: date | None = None) -> list[Appointment]:
    """The offices a person holds on a day, today if none is said, with their places; kept on the person in hand."""
    day = today or timezone.localdate()
    kept: dict[date, list[Appointment]] = person.__dict__.setdefault("_offices", {})
    if day not in kept:
        held = Appointment.objects.filter(person=person).in_force(day)
        kept[day] = list(held.select_related("place", "organisation"))
    return kept[day]


def contacts_of(place: Place) -> list[Organisation]:
    """The organisations of a place whose telephone or address is public, those that receive people first."""
    day = timezone.localdate()
    return held(CONTACTS, (place.pk, day), lambda: _in_order(Organisation.objects.public(day).filter(place=place)))


def nearest_office(place: Place) -> Organisation | None:
    """Where people of a place go or ring: its own office, or the nearest one above that says how it is reached."""
    return held(CONTACTS, ("nearest", place.pk, timezone.localdate()), lambda: _nearest(place))


def _nearest(place: Place) -> Organisation | None:
    here: Place | None = place
    while here is not None:
        for one in contacts_of(here):
            if one.kind in RECEIVING:
                return one
        here = here.parent
    return None


def _in_order(rows: Iterable[Organisation]) -> list[Organisation]:
    first = {kind: n for n, kind in enumerate(RECEIVING)}
    return sorted(rows, key=lambda one: (first.get(OrganisationKind(one.kind), len(first)), one.kind, one.name))


def answers_for(actor: Actor, place: Place, duty: str) -> bool:
    """Whether somebody works for an office at a place or above it that leads such a duty, or for the highest there is."""
    return isinstance(actor, Person) and any(
        one.office in DESKS[one.place.level].working
        and one.place.contains(place)
        and (may_lead(one.place.level, duty) or one.place.parent_id is None)
        for one in offices_of(actor)
    )
