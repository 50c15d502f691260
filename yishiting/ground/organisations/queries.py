"""Who holds which office, read once for each person and request; where the offices are reached."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import unit_key
from yishiting.ground.common.process_cache import held
from yishiting.ground.common.request_cache import cached
from yishiting.ground.organisations.models import (
    Appointment,
    LocalPerson,
    LocalRole,
    Organisation,
    OrganisationKind,
)
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


def works_around(actor: Actor, place: Place | None) -> bool:
    """Whether this actor has a hand in the work of a place or of one around it; who only watches has not."""
    if not isinstance(actor, Person) or place is None:
        return False
    return any(not one.only_watches and one.place.contains(place) for one in offices_of(actor))


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


def leaders_at(place: Place) -> "QuerySet[Person]":
    """Those who lead a place today."""
    return holding_at(place, DESKS[place.level].leading)


def holding_at(place: Place, offices: Iterable[str]) -> "QuerySet[Person]":
    """Who holds one of these offices at a place today; each with the office and the section it is held in."""
    posts = Appointment.objects.in_force(timezone.localdate()).filter(place=place, office__in=list(offices))
    first = posts.filter(person=OuterRef("pk")).order_by("office")
    named = {
        "office": Subquery(first.values("office")[:1]),
        "section": Subquery(first.values("organisation__name")[:1]),
    }
    return Person.objects.filter(pk__in=posts.values("person"), is_active=True).annotate(**named).order_by("name")


def answers_for(actor: Actor, place: Place, duty: str) -> bool:
    """Whether somebody works for an office at a place or above it that leads such a duty, or for the highest there is."""
    return isinstance(actor, Person) and any(
        one.office in DESKS[one.place.level].working
        and one.place.contains(place)
        and (may_lead(one.place.level, duty) or one.place.parent_id is None)
        for one in offices_of(actor)
    )


#: Where names of people of a place come from besides the register and the offices; later packages add theirs.
NAME_SOURCES: list[Callable[[Place], Iterable[str]]] = []


def people_here(place: Place) -> list[LocalPerson]:
    """The people in the register of a place today, those who speak for others first."""
    rows = LocalPerson.objects.filter(place=place).in_force(timezone.localdate()).select_related("organisation")
    return cached(f"people of {place.pk}", lambda: list(rows))


def people_known(place: Place) -> list[str]:
    """The names of people that a page offers at a place: of the register, of its offices, of what later packages know."""
    return cached(f"names of {place.pk}", lambda: list(dict.fromkeys(_names(place))))


def _names(place: Place) -> Iterator[str]:
    yield from (one.name for one in people_here(place))
    held = Appointment.objects.filter(place=place).in_force(timezone.localdate()).select_related("person")
    yield from (one.person.name for one in held)
    for source in NAME_SOURCES:
        yield from source(place)


def units_here(place: Place) -> list[Organisation]:
    """The units on file at a place and at those above it that take part today, its own first."""
    return cached(
        f"units of {place.pk}", lambda: sorted(units_reaching(place), key=lambda one: -len(one.place.division_path))
    )


def units_reaching(place: Place) -> "QuerySet[Organisation]":
    """The units on file at a place and above it that take part today."""
    in_use = Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.localdate())
    rows = Organisation.objects.filter(in_use, place__division_path__in=place.ancestor_paths())
    return rows.select_related("place")


def unit_named(place: Place, name: str) -> Organisation | None:
    """The unit of this name on file at a place, or at the nearest one above it."""
    return next((one for one in units_here(place) if unit_key(one.name) == unit_key(name)), None)


def units_of(person: Person, today: date | None = None) -> list[LocalPerson]:
    """The units a person acts for on a day, known by the number they sign in with; kept on the person in hand."""
    day = today or timezone.localdate()
    kept: dict[date, list[LocalPerson]] = person.__dict__.setdefault("_units", {})
    if day not in kept:
        mine = LocalPerson.objects.filter(role=LocalRole.UNIT_CONTACT, phone_hash=person.phone_hash or "-")
        open_then = Q(organisation__valid_to__isnull=True) | Q(organisation__valid_to__gt=day)
        kept[day] = list(mine.in_force(day).filter(open_then).select_related("organisation__place", "place"))
    return kept[day]


def contacts_in_force(organisation: Organisation) -> list[LocalPerson]:
    """Who acts for a unit today."""
    return list(organisation.contacts.in_force(timezone.localdate()).select_related("place"))
