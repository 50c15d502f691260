"""Organisations and offices: a name once for each place, an office where there is one."""

from datetime import date

import pytest

from tests.cast import OPERATOR, TODAY, Cast
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.organisations.actions import (
    amend_organisation,
    appoint,
    close_organisation,
    correct_appointment,
    end_appointment,
    list_estates,
    register_organisation,
    reopen_organisation,
)
from yishiting.ground.organisations.actions.offices import WHO
from yishiting.ground.organisations.models import Office, OrganisationKind
from yishiting.ground.organisations.queries import offices_of

pytestmark = pytest.mark.django_db
NOBODY = {"contact_name": "", "contact_phone": ""}


def test_a_name_stands_once_at_a_place(cast: Cast) -> None:
    first = register_organisation(cast.zaobei, by=cast.liu, kind=OrganisationKind.PROPERTY_COMPANY, name="第一物业")
    other = register_organisation(cast.zaobei, by=cast.liu, kind=OrganisationKind.PROPERTY_COMPANY, name="第二物业")
    with pytest.raises(Refused, match="已经登记") as refused:
        amend_organisation(other, by=cast.liu, name="第一物业", **NOBODY)
    assert refused.value.field == "name"
    assert amend_organisation(first, by=cast.liu, name="第一物业", contact_name="郑经理", contact_phone="").contact_name
    register_organisation(cast.zaonan, by=cast.qian, kind=OrganisationKind.PROPERTY_COMPANY, name="第一物业")


def test_an_organisation_is_closed_from_a_day(cast: Cast) -> None:
    one = register_organisation(cast.zaobei, by=cast.liu, kind=OrganisationKind.RESIDENT_UNIT, name="小学")
    assert close_organisation(one, by=cast.liu, on=TODAY, reason="迁走").valid_to == TODAY


@pytest.mark.parametrize(
    ("who", "office", "where", "sentence"),
    [
        ("audit", Office.AUDITOR, "district", "三员不得兼任"),
        ("liu", Office.DISTRICT_DIRECTOR, "zaobei", "不是社区（村）一级的职务"),
        ("wang", Office.COMMUNITY_SECRETARY, "zaobei", "已经担任"),
        ("lu", Office.COMMUNITY_WORKER, "zaobei", "没有工作人员账号"),
    ],
)
def test_an_office_that_does_not_fit_is_refused(
    cast: Cast, who: str, office: Office, where: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        appoint(getattr(cast, where), by=cast.security, person=getattr(cast, who), office=office, since=TODAY)


def test_an_office_ends_on_its_last_day(cast: Cast) -> None:
    held = cast.liu.appointments.get()
    with pytest.raises(Refused, match="不能早于任职日期2025年1月1日"):
        end_appointment(held, by=OPERATOR, until=date(2024, 12, 31), reason="记错")
    end_appointment(held, by=OPERATOR, until=TODAY, reason="调离")
    assert [one.office for one in offices_of(cast.liu, TODAY)] == [Office.COMMUNITY_WORKER]
    assert offices_of(cast.liu, date(2026, 3, 6)) == []


def test_a_departure_entered_wrongly_is_taken_back(cast: Cast) -> None:
    held = cast.liu.appointments.get()
    end_appointment(held, by=OPERATOR, until=TODAY, reason="登记错了人")
    with pytest.raises(WrongState, match="更正任职"):
        end_appointment(held, by=OPERATOR, until=TODAY, reason="再登记一次")
    as_it_is = {"person": held.person, "office": held.office, "place": held.place, "since": held.since}
    correct_appointment(held, by=OPERATOR, **as_it_is, reason="还在任")
    assert offices_of(cast.liu, date(2026, 3, 6)) == [held]
    twice = {**as_it_is, "person": cast.wang, "office": Office.COMMUNITY_SECRETARY}
    with pytest.raises(Refused, match="已经担任"):
        correct_appointment(held, by=OPERATOR, **twice, reason="选错了人")


def test_people_are_read_by_what_they_are_called(cast: Cast) -> None:
    assert WHO.read("王建国", cast.zaobei) == WHO.read("wang", cast.zaobei) == cast.wang
    assert WHO.read(str(cast.lu.pk), cast.zaobei) == cast.lu
    with pytest.raises(Refused, match="没有找到"):
        WHO.read("陆桂芳", cast.zaobei)


def test_a_closed_organisation_is_reopened_and_not_amended(cast: Cast) -> None:
    one = register_organisation(cast.zaobei, by=cast.liu, kind=OrganisationKind.RESIDENT_UNIT, name="小学")
    with pytest.raises(WrongState, match="不必恢复"):
        reopen_organisation(one, by=cast.liu)
    close_organisation(one, by=cast.liu, on=TODAY, reason="迁走")
    with pytest.raises(WrongState, match="恢复组织"):
        amend_organisation(one, by=cast.liu, name="小学", **NOBODY)
    with pytest.raises(Refused, match="恢复它"):
        register_organisation(cast.zaobei, by=cast.liu, kind=OrganisationKind.RESIDENT_UNIT, name="小学")
    assert reopen_organisation(one, by=cast.liu).valid_to is None


def test_estates_are_of_communities_and_have_short_names(cast: Cast) -> None:
    with pytest.raises(WrongState, match="登记在社区"):
        list_estates(cast.maizidian, by=cast.system, names=["3号楼"])
    with pytest.raises(Refused, match="最多60字") as refused:
        list_estates(cast.zaobei, by=cast.liu, names=["楼" * 61])
    assert refused.value.field == "names"
