"""What a verb asks that names somebody or some unit of a place: offered from the registers, and a new name enters them.

A verb that asks for a name says so by the kind of its parameter. Its page offers the names on file, a program and a
command may write any; once the verb is done, whoever is new stands in the register of the place.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.names import clean_unit, name_key, read_roll
from yishiting.ground.common.parameters import Label, Text
from yishiting.ground.common.people_parameters import Name, Names, Roll
from yishiting.ground.common.predicates import place_of
from yishiting.ground.organisations.models import LocalPerson, LocalRole, Organisation, OrganisationKind
from yishiting.ground.organisations.queries import people_here, people_known, unit_named, units_here
from yishiting.ground.places.models import Place
from yishiting.methods.errors import Unusable

#: What a unit is called tells what it is; the first that fits.
CALLED = (
    ("居委会|居民委员会|村委会|村民委员会", OrganisationKind.RESIDENTS_COMMITTEE),
    ("服务站|服务中心", OrganisationKind.SERVICE_STATION),
    ("办事处|乡政府|人民政府|街道办", OrganisationKind.SUBDISTRICT_OFFICE),
    ("科$|科室$", OrganisationKind.SECTION),
    ("领导小组办公室", OrganisationKind.LEADING_GROUP_OFFICE),
)
ALSO_CALLED = (
    ("物业", OrganisationKind.PROPERTY_COMPANY),
    ("业委会|业主委员会", OrganisationKind.OWNERS_COMMITTEE),
    ("协调委员会", OrganisationKind.COORDINATION_COMMITTEE),
    ("行业协会|商会", OrganisationKind.INDUSTRY_ASSOCIATION),
    ("协会|社$|队$|基金会|志愿", OrganisationKind.SOCIAL_ORGANISATION),
    ("党委|党总支|党支部", OrganisationKind.PARTY_ORGANISATION),
    ("局$|委员会$|办$|中队$|派出所|处$", OrganisationKind.DEPARTMENT),
)
#: What ends like this is a unit and not a person.
A_UNIT = re.compile(
    r"公司|中心|学校|小学|中学|幼儿园|医院|银行|超市|商场|饭店|酒店|委员会|[委支]会|居委|物业|服务站|办事处|党[委支]|协会|商会"
    r"|.{2}[局科处办室队社站所院店厂部会]$"
)


def kind_called(name: str) -> OrganisationKind | None:
    """The kind that the name of an office says; None where it says nothing."""
    return next((kind for called, kind in CALLED if re.search(called, name)), None)


def is_a_unit(name: str) -> bool:
    """Whether a name is that of a unit, by its words."""
    return A_UNIT.search(name) is not None


class FromRegister(ABC):
    """Marks what is offered from a register of the place."""

    __slots__ = ()

    @abstractmethod
    def known(self, thing: Any) -> list[str]:
        """The names on file, for a page to offer."""


@dataclass(frozen=True, slots=True)
class PersonHere(Name, FromRegister):
    """One person by name, offered from the register of people; somebody new enters it."""

    def known(self, thing: Any) -> list[str]:
        """Everybody the place knows by name."""
        here = place_of(thing)
        return people_known(here) if here is not None else []

    def keep(self, value: Any, thing: Any) -> None:
        """A new name enters the register."""
        enter_people(place_of(thing), [value])


@dataclass(frozen=True, slots=True)
class PeopleHere(Names, FromRegister):
    """Several people by name in one field, offered from the register of people."""

    def known(self, thing: Any) -> list[str]:
        """Everybody the place knows by name."""
        here = place_of(thing)
        return people_known(here) if here is not None else []

    def keep(self, value: Any, thing: Any) -> None:
        """New names enter the register."""
        enter_people(place_of(thing), value)


@dataclass(frozen=True, slots=True)
class UnitHere(Text, FromRegister):
    """A unit by name, offered from the register of organisations here and above; a new one enters it."""

    _: KW_ONLY
    most: int = 80
    rows: int = 1

    def clean(self, value: Any, thing: Any) -> str:
        """As the register writes it, where it is on file."""
        name, here = Text.clean(self, clean_unit(str(value)), thing), place_of(thing)
        found = unit_named(here, name) if here is not None and name else None
        return found.name if found is not None else name

    def known(self, thing: Any) -> list[str]:
        """The units on file here and above."""
        here = place_of(thing)
        return [one.name for one in units_here(here)] if here is not None else []

    def keep(self, value: Any, thing: Any) -> None:
        """A new unit enters the register."""
        here = place_of(thing)
        if here is not None and value:
            unit_called(here, value)


@dataclass(frozen=True, slots=True)
class WhoHere(UnitHere):
    """A unit or a person by name: who sees to something."""

    def known(self, thing: Any) -> list[str]:
        """The units and the people on file."""
        here = place_of(thing)
        return [*UnitHere.known(self, thing), *people_known(here)] if here is not None else []

    def keep(self, value: Any, thing: Any) -> None:
        """A new name enters the register it belongs to."""
        if is_a_unit(value):
            UnitHere.keep(self, value, thing)
        else:
            enter_people(place_of(thing), [value])


def roll_known(place: Place) -> list[tuple[str, str]]:
    """The residents' representatives in the register of a place, each with the building."""
    here = [one for one in people_here(place) if one.role == LocalRole.RESIDENTS_REPRESENTATIVE]
    return [(one.name, one.unit) for one in here]


@dataclass(frozen=True, slots=True)
class PastedRoll(Text):
    """A roll of residents' representatives as it is pasted; who is new enters the register."""

    def keep(self, value: Any, thing: Any) -> None:
        """Who is new enters the register."""
        with suppress(Unusable):  # the verb itself says what is wrong
            enter_people(place_of(thing), read_roll(value) if value else [], LocalRole.RESIDENTS_REPRESENTATIVE)


@dataclass(frozen=True, slots=True)
class RollHere(Roll):
    """A roll of residents' representatives, offered from the register."""

    def keep(self, value: Any, thing: Any) -> None:
        """Who is new enters the register."""
        enter_people(place_of(thing), value, LocalRole.RESIDENTS_REPRESENTATIVE)


def enter_people(
    place: Place | None, named: Iterable[str | tuple[str, str]], role: LocalRole = LocalRole.NAMED
) -> None:
    """Enter those into the register of a place whom nothing there knows yet; not a verb: what verbs ask keeps it."""
    pairs = [(one, "") if isinstance(one, str) else (one[0], one[1]) for one in named]
    if place is None or not pairs:
        return
    known = _known(place, role)
    new = {name_key(name): (name, unit) for name, unit in pairs if name and name_key(name) not in known}
    today = timezone.localdate()
    LocalPerson.objects.bulk_create(
        LocalPerson(place=place, name=name[:40], unit=unit, role=role, since=today) for name, unit in new.values()
    )


def _known(place: Place, role: LocalRole) -> set[str]:
    if role == LocalRole.NAMED:
        return {name_key(one) for one in people_known(place)}
    return {name_key(one.name) for one in people_here(place) if one.role == role}


def unit_called(place: Place, typed: str) -> Organisation:
    """The unit of this name on file here or above; a new one enters the register of the place. Not a verb.

    What follows a comma (a telephone, whom to ask for) is no part of the name.
    """
    name = re.split("[，,;；]", typed)[0].strip()[:80]
    found = unit_named(place, name) or Organisation.objects.filter(place=place, name=name).first()
    if found is not None:
        return found
    kinds: Sequence[tuple[str, OrganisationKind]] = (*CALLED, *ALSO_CALLED)
    kind = next((kind for called, kind in kinds if re.search(called, name)), OrganisationKind.RESIDENT_UNIT)
    return Organisation.objects.create(place=place, name=name, kind=kind)


def hint_of(names: Sequence[str]) -> Label:
    """How a page says whom the register offers, where they cannot be picked one by one."""
    return _("名册上有：%(names)s。写上名字就行，名册上没有的会记入名册。") % {"names": "、".join(names)}
