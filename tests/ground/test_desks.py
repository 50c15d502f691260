"""Offices by level stand in one table; the predicates ask the level of the place."""

from datetime import date

import pytest

from tests.cast import OPERATOR, Cast, person
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Predicate, Question
from yishiting.ground.organisations import permissions
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.rules import DESKS, LEVEL_OF
from yishiting.ground.places.models import Level, Place

pytestmark = pytest.mark.django_db


def test_every_level_has_a_desk_and_every_office_stands_at_one_level_once() -> None:
    offices = [office for desk in DESKS.values() for office in desk.everybody]
    assert set(DESKS) == set(Level.values)
    assert len(offices) == len(set(offices))
    assert set(offices) == set(Office.values) - {Office.HANDLING_OFFICER}, "at a unit of any level"
    assert all(desk.heads and desk.works and desk.watches for desk in DESKS.values())


def allowed(person: Person, predicate: Predicate, asked: Place) -> bool:
    return predicate.why_not(Question(person, asked, date(2026, 3, 5))) is None


@pytest.mark.parametrize("office", sorted(LEVEL_OF))
def test_an_office_acts_at_its_own_place_as_its_level_says(cast: Cast, office: str) -> None:
    level = LEVEL_OF[office]
    desk = DESKS[level]
    here = {"community": cast.zaonan, "subdistrict": cast.anzhen, "district": cast.district}[level]
    someone = person("someone", "冯新")
    appoint(here, by=OPERATOR, person=someone, office=Office(office), since=date(2025, 1, 1))
    parts = {
        "at_desk": desk.working,
        "leads_here": desk.leading,
        "heads_here": desk.heads,
        "watches_here": desk.watches,
        "reads_here": tuple(one for one in desk.everybody if one not in desk.accounts),
        "reads_money": desk.everybody,
    }
    for name, part in parts.items():
        assert allowed(someone, getattr(permissions, name), here) == (office in part), name
    assert not allowed(someone, permissions.at_desk, cast.zaobei), "only its own place"


def test_the_desk_above_is_the_one_directly_above(cast: Cast) -> None:
    above = permissions.at_desk_above
    today = date(2026, 3, 5)
    assert above.why_not(Question(cast.zhao, cast.zaobei, today)) is None
    assert above.why_not(Question(cast.sun, cast.maizidian, today)) is None
    assert above.why_not(Question(cast.sun, cast.zaobei, today)) is not None, "not two levels down"
    assert above.why_not(Question(cast.sun, cast.district, today)) is not None, "not its own"
    assert above.why_not(Question(cast.wang, cast.zaonan, today)) is not None


def test_the_refusal_names_the_offices_of_the_level(cast: Cast) -> None:
    said = [
        str(permissions.at_desk.why_not(Question(cast.lu, place, date(2026, 3, 5))))
        for place in (cast.zaobei, cast.maizidian, cast.district)
    ]
    assert "社区工作者" in said[0]
    assert "街乡科员" in said[1]
    assert "区领导小组办公室工作人员" in said[2]
    assert "社区" not in said[1] + said[2]
