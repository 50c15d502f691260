"""A new installation: init, the administrators, the privacy notice, the first resident who signs in and agrees."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.doors.shared.test_sign_in import ask_for_code
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.models import Consent, PrivacyNotice
from yishiting.ground.entrance.queries import notice_in_force
from yishiting.ground.entrance.rules import TO_FILL_IN

pytestmark = pytest.mark.django_db
NAMED = {"operator": "朝阳区试点街道办事处", "contact": "010-00000000"}


@pytest.fixture(autouse=True)
def _no_tree_of_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """The places are loaded for real in tests/consistency; here two lines of each table are enough."""
    from yishiting.ground.places import actions

    whole = actions.rows_of
    monkeypatch.setattr(
        actions, "rows_of", lambda district, table: whole(district, "streets")[:2] * (table == "streets")
    )


def run(command: str, *words: str, **given: str) -> str:
    said = StringIO()
    call_command(command, *words, stdout=said, **given)
    return said.getvalue()


def administrator(kind: str) -> Client:
    """Opened on the machine, and come in with the first password, which is changed; the authenticator is bound."""
    first = re.search(r"：(\S+)$", run("open-account", kind, name=kind, administration=kind).strip()).group(1)
    client = Client()
    assert client.post("/account/staff/", {"login": kind, "password": first}).status_code == 302
    changed = {"old": first, "new": f"{first}-new", "again": f"{first}-new"}
    assert client.post("/account/password/", changed).status_code == 302
    Person.objects.filter(login=kind).update(totp_confirmed_at="2026-03-05T10:00+08:00")
    return client


def come_in(phone: str) -> Client:
    client = Client()
    client.post("/account/code/", {"code": ask_for_code(client, phone)})
    return client


def test_the_first_resident_reads_who_collects_and_agrees() -> None:
    assert "已发布第一版" in run("init", **NAMED)
    assert "登录即表示" in Client().get("/account/sign-in/").content.decode()
    resident = come_in("13912345678")
    page = resident.get("/account/consent/").content.decode()
    assert all(words in page for words in NAMED.values())
    assert TO_FILL_IN not in page
    resident.post("/account/consent/")
    assert Consent.objects.get().notice == notice_in_force()
    assert "已有第1版；" in run("init", **NAMED)
    assert "与这次写的不同" in run("init", operator="另一个街道办事处", contact="010-1")
    assert PrivacyNotice.objects.count() == 1


@pytest.mark.parametrize("given", [{}, {"operator": "街道办"}, {"contact": "010-1"}, {"operator": " ", "contact": " "}])
def test_nothing_is_published_while_it_is_not_known_who_collects(given: dict[str, str]) -> None:
    assert "--operator" in run("init", **given)
    assert not PrivacyNotice.objects.exists()
    assert "请先不要填写" in Client().get("/account/sign-in/").content.decode()


def test_the_security_administrator_fills_in_the_first_notice() -> None:
    run("init")
    assert "还没有隐私告知" in administrator("system").get("/desk/administration/").content.decode()
    security = administrator("security")
    assert "填写并发布" in security.get("/desk/administration/").content.decode()
    drafted = security.get("/desk/administration/privacy/").context["form"].initial["text"]
    left = security.post("/desk/administration/privacy/", {"text": drafted, "in_force_from": "2026-3-5"})
    assert "没有填" in left.content.decode()
    assert not PrivacyNotice.objects.exists()
    filled = re.sub(f"{TO_FILL_IN}[^】]*】", "街道办事处，010-00000000", drafted)
    security.post("/desk/administration/privacy/", {"text": filled, "in_force_from": "2026-3-5"})
    assert "还没有隐私告知" not in security.get("/desk/administration/").content.decode()
    assert "街道办事处" in come_in("13912345678").get("/account/consent/").content.decode()
