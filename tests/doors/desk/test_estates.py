"""The building list: kept by the desk, offered on the form, never losing what somebody named."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.organisations.actions import list_estates
from yishiting.year.suggestions.actions import submit_suggestion

pytestmark = pytest.mark.django_db


def test_the_list_is_offered_where_people_say_where(cast: Cast, sign_in, client: Client) -> None:
    form = {"names": "3号楼\n5号楼\n3号楼\n", "once": "0b5c39f5-6a8d-4f5b-9a9d-0d3a8a4f3a12"}
    sign_in(cast.liu).post(reverse("do", args=["estate.list", cast.zaobei.code]), form)
    assert list(cast.zaobei.estates.values_list("name", flat=True)) == ["3号楼", "5号楼"]
    assert "5号楼" in client.get(f"/p/{cast.zaobei.code}/suggest/").content.decode()


def test_what_a_suggestion_names_stays_on_the_list(cast: Cast) -> None:
    list_estates(cast.zaobei, by=cast.liu, names=["3号楼", "5号楼"])
    one = submit_suggestion(cast.zaobei, by=Visitor(), text="灯不亮", where="3号楼2单元")
    assert str(one.estate) == "3号楼"
    list_estates(cast.zaobei, by=cast.liu, names=["7号楼"])
    assert set(cast.zaobei.estates.values_list("name", flat=True)) == {"3号楼", "7号楼"}


def test_another_community_does_not_keep_it(cast: Cast, sign_in) -> None:
    assert sign_in(cast.qian).get(f"/desk/p/{cast.zaobei.code}/estates/").status_code == 403
    assert sign_in(cast.qian).get(reverse("do", args=["estate.list", cast.zaobei.code])).status_code == 403


def test_the_whole_list_is_on_the_form_and_may_be_emptied(cast: Cast, sign_in) -> None:
    client, keep = sign_in(cast.liu), reverse("do", args=["estate.list", cast.zaobei.code])
    list_estates(cast.zaobei, by=cast.liu, names=["3号楼", "5号楼"])
    assert keep in client.get(f"/desk/p/{cast.zaobei.code}/estates/").content.decode()
    assert "3号楼\n5号楼" in client.get(keep).content.decode()
    assert client.post(keep, {"names": ""})["Location"] == f"/desk/p/{cast.zaobei.code}/estates/"
    assert not cast.zaobei.estates.exists()
