"""How the offices are reached: kept one by one or as a table, shown wherever a resident may need them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, Cast
from tests.factories import suggestions as S
from tests.factories.publicity import a_notice
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.organisations.actions import (
    announce_contact,
    close_organisation,
    list_contacts,
    register_organisation,
)
from yishiting.ground.organisations.actions.contacts import ROWS
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.ground.organisations.queries import contacts_of, nearest_office
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.queries.receipts import slip_token

pytestmark = pytest.mark.django_db
PASTED = (
    "地方\t名称\t对外电话\t地址\t办公时间\t备注\n"
    "麦子店街道\t麦子店街道办事处\t010-65000001\t枣营路1号\t周一至周五 9：00—17：30\t\n"
    "110105012022\t枣营北里居委会\t65001234转8\t枣营北里甲3号楼1层\t周一至周六\t轮椅走东门"
)


def office(cast: Cast) -> Organisation:
    kind = OrganisationKind.RESIDENTS_COMMITTEE
    one = register_organisation(cast.zaobei, by=cast.liu, kind=kind, name="枣营北里居委会")
    return announce_contact(one, by=cast.liu, telephone="65001234", address="枣营北里甲3号", hours="周一至周五")


def test_a_pasted_table_is_taken_in(cast: Cast) -> None:
    list_contacts(cast.district, by=OPERATOR, rows=ROWS.read(PASTED, cast.district))
    here = nearest_office(cast.zaobei)
    assert here is not None
    assert (here.name, here.telephone, here.remark) == ("枣营北里居委会", "01065001234-8", "轮椅走东门")
    assert here.kind == OrganisationKind.RESIDENTS_COMMITTEE
    street = nearest_office(cast.zaonan)  # it says nothing itself: the subdistrict does
    assert street is not None
    assert (street.name, street.hours) == ("麦子店街道办事处", "周一至周五 9：00—17：30")


def test_a_table_amends_what_is_known(cast: Cast) -> None:
    one = office(cast)
    list_contacts(cast.zaobei, by=cast.liu, rows=[(cast.zaobei.code, one.name, "65005678", "新址", "", "")])
    one.refresh_from_db()
    assert (one.telephone, one.address) == ("01065005678", "新址")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("安贞街道", "安贞街道办事处", "65001234", "", "", ""), "第1行：本地没有“安贞街道”"),
        (("枣营北里社区", "枣营北里居委会", "6500", "", "", ""), "第1行：请检查电话号码"),
        (("枣营北里社区", "枣营北里居委会", "13800001111", "", "", ""), "第1行：请写单位的座机或热线"),
        (("枣营北里社区", "小卖部", "65001234", "", "", ""), "第1行：看不出“小卖部”是哪一类单位"),
        (("枣营北里社区", "枣营北里居委会", "", "", "周一至周五", ""), "第1行：请写电话或地址"),
    ],
)
def test_a_row_that_cannot_be_is_named(cast: Cast, row: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        list_contacts(cast.maizidian, by=OPERATOR, rows=[row])


def test_each_level_keeps_its_own(cast: Cast) -> None:
    row = [("麦子店街道", "麦子店街道办事处", "65001234", "", "", "")]
    assert list_contacts(cast.maizidian, by=cast.zhao, rows=row)
    with pytest.raises(NotAllowed):
        list_contacts(cast.maizidian, by=cast.liu, rows=row)


def test_hours_alone_lead_nowhere(cast: Cast) -> None:
    with pytest.raises(Refused, match="电话或地址"):
        announce_contact(office(cast), by=cast.liu, hours="周一至周五")


def test_a_name_that_two_places_have_is_asked_for_by_code(cast: Cast) -> None:
    Place.objects.filter(pk=cast.zaonan.pk).update(name=cast.zaobei.name)
    with pytest.raises(Refused, match="第1行：有2个地方都叫“枣营北里社区”"):
        list_contacts(cast.maizidian, by=OPERATOR, rows=[("枣营北里社区", "枣营北里居委会", "65001234", "", "", "")])


def test_a_table_says_which_one_is_closed(cast: Cast) -> None:
    one = office(cast)
    close_organisation(one, by=cast.liu, on=date(2026, 3, 5), reason="合并")
    with pytest.raises(Refused, match="第1行：这个组织已经停用"):
        list_contacts(cast.zaobei, by=cast.liu, rows=[(cast.zaobei.code, one.name, "65005678", "", "", "")])


def test_a_long_name_and_address_fit_a_notice(cast: Cast) -> None:
    address = "枣营北里甲3号楼" * 12
    kind = OrganisationKind.RESIDENTS_COMMITTEE
    one = register_organisation(cast.zaobei, by=cast.liu, kind=kind, name="枣营北里居委会" * 10)
    announce_contact(one, by=cast.liu, address=address)
    assert a_notice(cast).contact == address


def test_a_closed_one_is_not_shown(cast: Cast) -> None:
    one = office(cast)
    assert contacts_of(cast.zaobei) == [one]
    close_organisation(one, by=cast.liu, on=date(2026, 3, 5), reason="合并")
    assert contacts_of(cast.zaobei) == []
    assert nearest_office(cast.zaobei) is None


def test_where_to_ring_stands_on_every_page_a_resident_needs(cast: Cast) -> None:
    office(cast)
    one = S.a_suggestion(cast)
    marks = S.ALL_PASS | {"public_interest": "fail"}
    refused = S.a_suggestion(cast, text="我家漏水")
    S.screen_suggestion(
        refused, by=cast.liu, **marks, result="not_admissible", reason="请找人民调解委员会。", reason_code="personal"
    )
    client = Client()
    for address in (
        reverse("place", args=[cast.zaobei.code]),
        reverse("suggest-here", args=[cast.zaobei.code]),
        reverse("suggestion-receipt", args=[slip_token(one)]),
        reverse("follow-one", args=[slip_token(refused)]),
    ):
        page = client.get(address).content.decode()
        assert page.count('href="tel:01065001234"') == 1, address
        assert "010-6500 1234" in page
        assert "枣营北里甲3号" in page
