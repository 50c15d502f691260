"""我的信息: seen, taken home, corrected, erased; messages read; tokens shown once; consent asked."""

import json
import re
from datetime import date

import pytest
from django.test import Client

from tests.cast import OPERATOR, Cast
from tests.doors.counting import queries_of
from tests.doors.shared.test_sign_in import ask_for_code
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.actions import publish_privacy_notice
from yishiting.ground.entrance.models import Consent
from yishiting.ground.entrance.queries import has_consented, person_with_token
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience, Message
from yishiting.ground.notices.queries import unread_count

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


@pytest.fixture
def told(cast: Cast) -> Cast:
    for n in (1, 2, 3):
        tell(cast.lu, once=f"t{n}", template="unknown", subject=f"第{n}条", body="已受理。", audience=Audience.PUBLIC)
    return cast


def publish(version_text: str = "为什么收集：联系您。") -> None:
    publish_privacy_notice(version_text, by=OPERATOR, in_force_from=date(2026, 1, 1))


# ── Consent ──────────────────────────────────────────────────────────────


def enter(client: Client, phone: str) -> str:
    return client.post("/account/code/", {"code": ask_for_code(client, phone)})["Location"]


def test_consent_is_asked_once_for_each_version(client: Client, cast: Cast, clock) -> None:
    publish()
    assert "sessionid" not in client.get("/account/sign-in/?next=/me/messages/").cookies
    client.post("/account/sign-in/?next=/me/messages/", {"phone": PHONE})
    clock.traveller.shift(61)
    assert enter(client, PHONE) == "/account/consent/"
    page = client.get("/account/consent/").content.decode()
    assert "为什么收集" in page
    assert client.post("/account/consent/")["Location"] == "/me/messages/"
    person = Person.objects.with_phone(PHONE).get()
    assert Consent.objects.get(person=person).notice.version == 1
    clock.traveller.shift(120)
    assert enter(client, PHONE) != "/account/consent/"
    publish("新的一版")
    clock.traveller.shift(120)
    assert enter(client, PHONE) == "/account/consent/"


def test_nobody_is_asked_while_there_is_no_notice(client: Client, cast: Cast) -> None:
    assert enter(client, PHONE) == "/me/"
    assert client.get("/account/consent/").status_code == 302


def test_consent_can_be_taken_back(cast: Cast, sign_in) -> None:
    publish()
    client = sign_in(cast.lu)
    client.post("/account/consent/")
    assert has_consented(cast.lu)
    page = client.get("/me/information/").content.decode()
    assert "撤回同意" in page
    assert "同意隐私告知" not in page, "what one has agreed to is not asked again"
    client.post(f"/do/privacy.withdraw/{cast.lu.pk}/", {"room": "me"})
    assert not has_consented(cast.lu)
    page = client.get("/me/information/").content.decode()
    assert "已撤回同意" in page
    assert "同意隐私告知" in page
    assert f"/do/privacy.withdraw/{cast.lu.pk}/" not in page
    again = f"/do/privacy.consent/{cast.lu.pk}/?room=me"
    assert again in page
    assert "为什么收集" in client.get(again).content.decode()
    assert client.post(again)["Location"] == "/me/information/"
    assert has_consented(cast.lu)


def test_staff_do_not_come_in_by_phone_alone(client: Client, cast: Cast) -> None:
    answer = client.post("/account/code/", {"code": ask_for_code(client, "13800000003")})
    assert answer.status_code == 422
    assert "工作人员" in answer.content.decode()
    assert client.get("/desk/").status_code == 302
    assert Entry.objects.latest("seq").facts["let_in"] is False


# ── My information ───────────────────────────────────────────────────────


def test_i_see_what_is_kept_about_me(told: Cast, sign_in) -> None:
    page = sign_in(told.lu).get("/me/information/").content.decode()
    assert "陆桂芳" in page
    assert "138****0001" in page
    assert "第2条" in page


def test_i_take_home_everything_and_no_secret(told: Cast, sign_in) -> None:
    answer = sign_in(told.lu).get("/me/information/download/")
    assert answer["Content-Disposition"].startswith("attachment")
    kept = json.loads(answer.content)
    assert kept["我的账号"]["手机号"] == "13800000001"
    assert [one["标题"] for one in kept["消息"]] == ["第3条", "第2条", "第1条"]
    text = answer.content.decode()
    assert told.lu.password not in text
    assert str(told.lu.phone_hash) not in text


def test_what_staff_did_for_others_is_counted_and_not_copied(told: Cast, sign_in) -> None:
    kept = json.loads(sign_in(told.wang).get("/me/information/download/").content)
    assert [one["职务"] for one in kept["任职"]] == ["社区（村）党组织书记"]
    assert "陆桂芳" not in str(kept)
    assert told.wang.totp_secret not in str(kept)


def test_every_relation_to_a_person_is_either_about_them_or_counted() -> None:
    """A new table that points at people appears in 我的信息 by itself; this asks that its kind has a name in words."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and not relation.concrete:
            name = str(relation.related_model._meta.verbose_name)
            assert re.search("[\u4e00-\u9fff]", name), relation.related_model


def test_i_correct_my_name(cast: Cast, sign_in) -> None:
    client = sign_in(cast.lu)
    here = f"/do/account.correct/{cast.lu.pk}/?room=me"
    assert here in client.get("/me/information/").content.decode()
    assert 'value="陆桂芳"' in client.get(here).content.decode()
    answer = client.post(here, {"name": "陆桂芬", "email": "不是邮箱", "language": "zh-hans"})
    assert answer.status_code == 422
    assert 'value="不是邮箱"' in answer.content.decode()
    said = {"name": "陆桂芬", "email": "lu@example.org", "language": "zh-hans"}
    assert client.post(here, said)["Location"] == "/me/information/"
    cast.lu.refresh_from_db()
    assert (cast.lu.name, cast.lu.email) == ("陆桂芬", "lu@example.org")
    client.post(here, said | {"email": ""})
    cast.lu.refresh_from_db()
    assert cast.lu.email == ""


def test_i_am_forgotten(told: Cast, sign_in) -> None:
    client = sign_in(told.lu)
    here = f"/me/information/{told.lu.pk}/erase/"
    assert here in client.get("/me/information/").content.decode()
    assert client.post(here, {"once": "x"}).status_code == 422
    assert client.post(here, {"sure": "on"})["Location"] == "/"
    told.lu.refresh_from_db()
    assert (told.lu.name, told.lu.phone, told.lu.phone_hash, told.lu.is_active) == ("", "", None, False)
    assert {m.body for m in Message.objects.filter(to=told.lu)} == {""}
    assert client.get("/me/information/").status_code == 302
    assert Entry.objects.filter(verb="account.erase", subject_id=str(told.lu.pk)).exists()


def test_staff_are_not_erased_by_themselves(cast: Cast, sign_in) -> None:
    answer = sign_in(cast.wang).post(f"/me/information/{cast.wang.pk}/erase/", {"sure": "on"})
    assert answer.status_code == 422
    assert "系统管理员" in answer.content.decode()


@pytest.mark.parametrize("page", ["information/", "information/download/", "messages/", "tokens/"])
def test_a_visitor_is_led_to_sign_in(client: Client, page: str) -> None:
    assert client.get(f"/me/{page}")["Location"].startswith("/account/sign-in/")


# ── Messages ─────────────────────────────────────────────────────────────


def test_i_read_my_messages(told: Cast, sign_in) -> None:
    client = sign_in(told.lu)
    assert "有3条没有看过" in client.get("/me/messages/").content.decode()
    one = Message.objects.filter(to=told.lu).latest("created_at")
    client.post(f"/do/message.read/{one.pk}/")
    assert unread_count(told.lu) == 2
    assert sign_in(told.liming).post(f"/do/message.read/{one.pk}/").status_code == 403
    client.post("/me/messages/read/")
    assert unread_count(told.lu) == 0
    assert "没有看过" not in client.get("/me/messages/").content.decode()


def test_the_inbox_takes_as_many_queries_for_one_as_for_three(told: Cast, sign_in) -> None:
    client = sign_in(told.lu)
    three = queries_of(client, "/me/messages/")
    Message.objects.filter(to=told.lu).exclude(subject="第1条").delete()
    assert queries_of(client, "/me/messages/") == three


# ── Tokens ───────────────────────────────────────────────────────────────


def test_a_token_is_shown_once_and_can_be_revoked(cast: Cast, sign_in) -> None:
    client = sign_in(cast.wang)
    issue = f"/do/token.issue/{cast.wang.pk}/?room=me"
    assert issue in client.get("/me/tokens/").content.decode()
    assert client.post(issue, {"name": "数据平台", "expires_on": "2026-6-1"})["Location"] == "/me/tokens/"
    page = client.get("/me/tokens/").content.decode()
    text = re.search(r"<code>(\S+)</code>", page).group(1)
    assert person_with_token(text) == cast.wang
    assert "<code>" not in client.get("/me/tokens/").content.decode()
    token = cast.wang.tokens.get()
    assert sign_in(cast.liu).post(f"/do/token.revoke/{token.pk}/").status_code == 403
    assert client.post(f"/do/token.revoke/{token.pk}/", {"room": "me"})["Location"] == "/me/tokens/"
    assert person_with_token(text) is None


@pytest.mark.parametrize(("until", "words"), [("2026-3-5", "晚于今天"), ("2027-6-1", "最长一年")])
def test_a_token_has_an_end_within_a_year(cast: Cast, sign_in, until: str, words: str) -> None:
    answer = sign_in(cast.wang).post(f"/do/token.issue/{cast.wang.pk}/", {"name": "数据平台", "expires_on": until})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_residents_have_no_tokens(cast: Cast, sign_in) -> None:
    assert sign_in(cast.lu).get("/me/tokens/").status_code == 403
