"""Coming in: residents by phone and code, staff by password and authenticator; wrong ones are told what to do."""

import re

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import PASSWORD, TOTP_SECRET, Cast
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.actions import open_account
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message

pytestmark = pytest.mark.django_db


def ask_for_code(client: Client, phone: str) -> str:
    client.post("/account/sign-in/", {"phone": phone})
    body = Message.objects.latest("created_at").body
    return re.search(r"\d{6}", body).group()


def test_a_resident_comes_in_with_a_code(client: Client) -> None:
    code = ask_for_code(client, "13912345678")
    answer = client.post("/account/code/", {"code": code})
    assert answer.status_code == 302
    assert Person.objects.with_phone("13912345678").exists()
    assert Entry.objects.filter(verb="account.enter_code", facts__let_in=True).exists()


def test_a_wrong_code_is_kept_and_five_are_enough(client: Client) -> None:
    code = ask_for_code(client, "13912345678")
    wrong = "000000" if code != "000000" else "111111"
    for _n in range(5):
        answer = client.post("/account/code/", {"code": wrong})
        assert answer.status_code == 422
    answer = client.post("/account/code/", {"code": code})
    assert "已经失效" in answer.content.decode()


def test_codes_are_not_sent_faster_than_once_a_minute(client: Client) -> None:
    ask_for_code(client, "13912345678")
    answer = client.post("/account/sign-in/", {"phone": "13912345678"})
    assert "太频繁" in answer.content.decode()
    assert 'value="13912345678"' in answer.content.decode()


def test_the_phone_is_not_readable_in_the_database(client: Client) -> None:
    from django.db import connection

    ask_for_code(client, "13912345678")
    client.post("/account/code/", {"code": "1"})
    sessions = [str(Session.objects.get().get_decoded())]
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM notices_message")
        assert "13912345678" not in str([*cursor.fetchall(), *sessions])


@pytest.mark.parametrize(
    "address", ["/", "/account/sign-in/?next=/desk/", "/account/staff/?next=/me/", "/follow/", "/desk/"]
)
def test_whoever_only_looks_leaves_no_session_behind(client: Client, address: str) -> None:
    client.get(address)
    assert not Session.objects.exists()


def test_staff_come_in_with_password_and_second_factor(client: Client, cast: Cast) -> None:
    given = {"login": "wang", "password": PASSWORD, "code": pyotp.TOTP(TOTP_SECRET).now()}
    assert client.post("/account/staff/", given).status_code == 302
    again = Client().post("/account/staff/", given)
    assert "只能用一次" in again.content.decode()


def test_a_first_password_must_be_changed_before_anything_else(client: Client, cast: Cast) -> None:
    _person, first = open_account("newcomer", by=cast.system, name="新来的")
    answer = client.post("/account/staff/", {"login": "newcomer", "password": first})
    assert client.get("/account/second-factor/").status_code == 200
    assert client.get("/style/").headers["Location"] == "/account/password/"
    assert answer.status_code == 302


@pytest.mark.parametrize("spelt", ["{0} {1}", "{0}{1}\u200b ", "wide"])
def test_a_code_is_taken_however_it_was_typed(client: Client, spelt: str) -> None:
    code = ask_for_code(client, "+86 137 0000 5678")
    wide = code.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    typed = wide if spelt == "wide" else spelt.format(code[:3], code[3:])
    assert client.post("/account/code/", {"code": typed}).status_code == 302
    assert Person.objects.with_phone("１３７ 0000-5678").get().phone == "13700005678"


def test_a_code_that_is_none_uses_up_no_try(client: Client) -> None:
    code = ask_for_code(client, "13700005678")
    for _n in range(6):
        assert "请填6位数字" in client.post("/account/code/", {"code": "12345"}).content.decode()
    assert client.post("/account/code/", {"code": code}).status_code == 302


@pytest.mark.parametrize("phone", ["010-64650001", "+852 9123 0001"])
def test_where_no_text_arrives_none_is_sent(client: Client, phone: str) -> None:
    answer = client.post("/account/sign-in/", {"phone": phone})
    assert "收不到短信" in answer.content.decode()
    assert not Message.objects.exists()


def test_a_number_is_changed_by_the_code_that_came_to_it(cast: Cast, sign_in) -> None:
    mine, old = sign_in(cast.lu), cast.lu.phone
    start = f"/me/information/{cast.lu.pk}/number/"
    assert start in mine.get("/me/information/").content.decode()
    assert mine.post(start, {"phone": "137 0000 5678"}).url == f"{start}code/"
    code = re.search(r"\d{6}", Message.objects.filter(template="code").latest("created_at").body).group()
    wrong = "000000" if code != "000000" else "111111"
    assert mine.post(f"{start}code/", {"code": wrong}).status_code == 422
    assert mine.post(f"{start}code/", {"code": code}).url == "/me/information/"
    cast.lu.refresh_from_db()
    assert cast.lu.phone == "13700005678"
    assert not Person.objects.with_phone(old).exists()
    assert Entry.objects.filter(verb="account.change_phone").count() == 2


def test_the_number_of_another_account_stays_its_own(cast: Cast, sign_in) -> None:
    mine, theirs = sign_in(cast.lu), Person.objects.get(pk=cast.zhou.pk)
    theirs.set_phone("13700005678")
    theirs.save()
    mine.post(f"/me/information/{cast.lu.pk}/number/", {"phone": "13700005678"})
    code = re.search(r"\d{6}", Message.objects.filter(template="code").latest("created_at").body).group()
    answer = mine.post(f"/me/information/{cast.lu.pk}/number/code/", {"code": code})
    assert "另有一个账号" in answer.content.decode()
    assert mine.get(f"/me/information/{theirs.pk}/number/").status_code == 403


def test_staff_change_no_number_by_themselves(cast: Cast, sign_in) -> None:
    assert sign_in(cast.liu).get(f"/me/information/{cast.liu.pk}/number/").status_code == 403
