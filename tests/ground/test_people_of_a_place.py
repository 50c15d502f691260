"""The registers of a place: whom its papers name, who acts for a unit."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.projects import adopted_proposal
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.organisations.actions import (
    correct_person,
    leave_register,
    list_residents_representatives,
    name_contact,
    register_organisation,
    register_person,
)
from yishiting.ground.organisations.models import LocalPerson, LocalRole, Organisation, OrganisationKind
from yishiting.ground.organisations.queries import people_known, unit_named, units_of
from yishiting.year.projects.actions import open_project, set_team, write_plan

pytestmark = pytest.mark.django_db


def a_unit(cast: Cast, name: str = "枣营小学") -> Organisation:
    return register_organisation(cast.zaobei, by=cast.liu, kind=OrganisationKind.RESIDENT_UNIT, name=name)


def test_a_contact_signs_in_by_the_number_and_acts_for_the_unit(cast: Cast) -> None:
    unit = a_unit(cast)
    contact = name_contact(unit, by=cast.liu, name="陆桂芳", phone="138 0000 0001")
    assert [one.organisation for one in units_of(cast.lu)] == [unit]
    assert units_of(cast.liming) == []
    with pytest.raises(Refused, match="已经是这个单位的联络人"):
        name_contact(unit, by=cast.liu, name="陆桂芳", phone="13800000001")
    with pytest.raises(NotAllowed):
        name_contact(unit, by=cast.qian, name="李明", phone="13800000002")
    leave_register(contact, by=cast.liu, reason="换了联络人")
    cast.lu.__dict__.pop("_units")
    assert units_of(cast.lu) == []


def test_the_wrong_number_is_put_right(cast: Cast) -> None:
    contact = name_contact(a_unit(cast), by=cast.liu, name="李明", phone="13800000001")
    correct_person(contact, by=cast.liu, name="李明", phone="13800000002", reason="号码抄错了")
    assert [one.organisation.name for one in units_of(cast.liming)] == ["枣营小学"]
    with pytest.raises(Refused, match="联络人要有手机号"):
        correct_person(contact, by=cast.liu, name="李明", reason="号码抄错了")


def test_the_roll_of_residents_representatives_is_kept_whole(cast: Cast) -> None:
    list_residents_representatives(cast.zaobei, by=cast.liu, roll=[("孙丽", "3号楼"), ("周强", "5号楼")])
    kept = list_residents_representatives(cast.zaobei, by=cast.liu, roll=[("周强", "5号楼"), ("吴敏", "7号楼")])
    assert sorted(one.name for one in kept) == ["吴敏", "周强"]
    assert "孙丽" not in people_known(cast.zaobei)
    assert LocalPerson.objects.filter(name="孙丽").exists()


def test_somebody_is_registered_once_in_one_building(cast: Cast) -> None:
    given = {"role": LocalRole.NAMED, "unit": "3号楼"}
    register_person(cast.zaobei, by=cast.liu, name="赵大爷", **given)
    with pytest.raises(Refused, match="已经在名册上"):
        register_person(cast.zaobei, by=cast.liu, name="赵 大爷", **given)


def test_whoever_a_verb_names_enters_the_register_once(cast: Cast) -> None:
    project = open_project(adopted_proposal(cast), by=cast.wang)
    set_team(project, by=cast.liu, members=[("张工", "施工"), ("刘芳", "会务")])
    set_team(project, by=cast.liu, members=[("张工", "验收")])
    assert [one.name for one in cast.zaobei.people.all()] == ["张工"], "刘芳 holds an office here"
    write_plan(project, by=cast.liu, responsible_name="钱大姐", maintenance_owner="安居物业公司")
    found = unit_named(cast.zaobei, "安居物业公司")
    assert found is not None
    assert found.kind == OrganisationKind.PROPERTY_COMPANY
    assert "钱大姐" in people_known(cast.zaobei)


def test_a_page_offers_the_names_on_file(cast: Cast) -> None:
    a_unit(cast)
    list_residents_representatives(cast.zaobei, by=cast.liu, roll=[("孙丽", "3号楼")])
    project = open_project(adopted_proposal(cast), by=cast.wang)
    browser = Client()
    browser.force_login(cast.liu)
    plan = browser.get(reverse("do", args=["project.write_plan", project.pk])).content.decode()
    assert '<option value="孙丽">' in plan
    assert '<option value="枣营小学">' in plan
    team = browser.get(reverse("do", args=["project.set_team", project.pk])).content.decode()
    assert "名册上有：孙丽" in team


def test_the_desk_keeps_the_registers_on_pages(cast: Cast) -> None:
    unit = a_unit(cast)
    browser = Client()
    browser.force_login(cast.liu)
    sent = {"name": "陆桂芳", "phone": "13800000001"}
    browser.post(reverse("do", args=["organisation.name_contact", unit.pk]), sent)
    page = browser.get(reverse("desk-organisation", args=[unit.pk])).content.decode()
    assert "陆桂芳" in page
    assert "更正名册" in page
    assert "陆桂芳" in browser.get(reverse("desk-people", args=[cast.zaobei.code])).content.decode()
    stranger = Client()
    stranger.force_login(cast.lu)
    assert stranger.get(reverse("desk-organisation", args=[unit.pk])).status_code == 403
