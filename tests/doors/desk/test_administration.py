"""管理: three administrators, apart; accounts, offices, organisations, the record, and messages that did not arrive."""

import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.cast import OPERATOR, PASSWORD, Cast
from tests.doors.counting import queries_of
from yishiting.ground.accounts.actors import Clock, Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.actions import enter_password, issue_token
from yishiting.ground.entrance.models import PrivacyNotice
from yishiting.ground.entrance.queries import person_with_token
from yishiting.ground.ledger.actions import sign_day
from yishiting.ground.ledger.models import Entry, Sealed
from yishiting.ground.notices.actions import text_message
from yishiting.ground.notices.models import Delivery, Message
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Appointment, Office, Organisation
from yishiting.ground.places.models import Place

pytestmark = pytest.mark.django_db
HERE = "/desk/administration/"
ROOMS = {
    "": {"system", "security", "audit"},
    "accounts/": {"system", "security", "audit"},
    "accounts/open/": {"system"},
    "organisations/": {"system"},
    "messages/": {"system"},
    "appointments/": {"security"},
    "appointments/make/": {"security"},
    "privacy/": {"security"},
    "ledger/": {"audit"},
    "sign-ins/": {"audit"},
    "checkpoints/": {"audit"},
    "staff-search/": {"system", "security", "audit"},
}


@pytest.mark.parametrize("room", ROOMS)
def test_each_administrator_has_rooms_of_their_own(cast: Cast, sign_in, room: str) -> None:
    people = (cast.system, cast.security, cast.audit, cast.wang, cast.lu, cast.sun)
    let_in = {one.login for one in people if sign_in(one).get(HERE + room).status_code == 200}
    assert let_in == ROOMS[room]
    assert Client().get(HERE + room).status_code == 302


def test_the_room_is_in_the_header_of_administrators_alone(cast: Cast, sign_in) -> None:
    assert f'href="{HERE}"' in sign_in(cast.audit).get("/account/privacy/").content.decode()
    assert f'href="{HERE}"' not in sign_in(cast.wang).get("/account/privacy/").content.decode()


# ── Accounts ─────────────────────────────────────────────────────────────


def do(code: str, person: Person) -> str:
    return f"/do/{code}/{person.pk}/?room=administration"


def open_one(client: Client, login: str = "zhangsan", **more: str):
    return client.post(f"{HERE}accounts/open/", {"login": login, "name": "张三", "administration": "", **more})


def shown_password(client: Client, person: Person) -> str | None:
    found = re.search(r"<code>(\S+)</code>", client.get(f"{HERE}accounts/{person.pk}/").content.decode())
    return found.group(1) if found else None


def test_an_account_is_opened_and_its_password_shown_once(cast: Cast, sign_in) -> None:
    client = sign_in(cast.system)
    assert open_one(client, phone="139 0000 1111").status_code == 302
    person = Person.objects.get(login="zhangsan")
    password = shown_password(client, person)
    assert person.check_password(password)
    assert shown_password(client, person) is None
    assert password not in str(client.session.items())
    assert (person.is_staff_member, person.password_changed_at) == (True, None)


@pytest.mark.parametrize(
    ("login", "more", "words"),
    [
        ("wang", {}, "已经有人用了"),
        ("li si", {}, "只能用字母"),
        ("lisi", {"phone": "13800000003"}, "已经登记在另一个账号"),
    ],
)
def test_an_account_that_cannot_be_opened(cast: Cast, sign_in, login: str, more: dict[str, str], words: str) -> None:
    answer = open_one(sign_in(cast.system), login, **more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="张三"' in answer.content.decode()


def test_a_password_is_reset_and_an_account_closed(cast: Cast, sign_in) -> None:
    client, here = sign_in(cast.system), f"{HERE}accounts/{cast.wang.pk}/"
    assert client.post(do("account.reset_password", cast.wang), {"revision": cast.wang.revision})["Location"] == here
    cast.wang.refresh_from_db()
    assert cast.wang.check_password(shown_password(client, cast.wang))
    assert client.post(do("account.close", cast.wang), {"reason": ""}).status_code == 422
    desk = sign_in(cast.wang)
    client.post(do("account.close", cast.wang), {"reason": "王建国退休"})
    entry = Entry.objects.latest("seq")
    assert (entry.verb, Sealed.objects.get(entry=entry).text) == ("account.close", "王建国退休")
    assert "王建国" not in str(entry.facts)
    assert desk.get("/desk/").status_code == 302, "a session that was open is at its end too"
    assert "已停用" in client.get(here).content.decode()


def test_a_closed_account_is_opened_again_with_a_new_password(cast: Cast, sign_in) -> None:
    client, here = sign_in(cast.system), f"{HERE}accounts/{cast.wang.pk}/"
    client.post(do("account.close", cast.wang), {"reason": "借调"})
    page = client.get(here).content.decode()
    assert "重置密码" not in page
    assert "恢复账号" in page
    client.post(do("account.reopen", cast.wang))
    cast.wang.refresh_from_db()
    assert (cast.wang.is_active, cast.wang.has_usable_password()) == (True, False)
    client.post(do("account.reset_password", cast.wang))
    cast.wang.refresh_from_db()
    assert cast.wang.check_password(shown_password(client, cast.wang))


def test_nobody_administers_the_account_of_a_resident(cast: Cast, sign_in) -> None:
    answer = sign_in(cast.system).post(do("account.reset_password", cast.lu))
    assert "居民自己的账号" in answer.content.decode()
    cast.lu.refresh_from_db()
    assert cast.lu.check_password(PASSWORD)


def test_security_takes_a_token_back(cast: Cast, sign_in) -> None:
    token, text = issue_token(cast.wang, by=cast.wang, name="取数", expires_on=date(2026, 4, 1))
    client, here = sign_in(cast.security), f"{HERE}accounts/{cast.wang.pk}/"
    assert f"/do/token.revoke/{token.pk}/" in client.get(here).content.decode()
    assert f"/do/token.revoke/{token.pk}/" not in sign_in(cast.system).get(here).content.decode()
    sent = {"revision": token.token, "room": "administration"}
    assert client.post(f"/do/token.revoke/{token.pk}/", sent)["Location"] == here
    assert person_with_token(text) is None


def test_a_stale_page_is_told_so(cast: Cast, sign_in) -> None:
    client, here = sign_in(cast.system), do("account.reset_password", cast.wang)
    client.post(here, {"revision": cast.wang.revision})
    answer = client.post(here, {"revision": cast.wang.revision})
    assert answer.status_code == 422
    assert "已经被别人处理过" in answer.content.decode()


def test_a_locked_account_is_unlocked_by_security(cast: Cast, sign_in) -> None:
    for _n in range(5):
        enter_password("wang", by=Visitor(), password="wrong")
    client, here = sign_in(cast.security), f"{HERE}accounts/{cast.wang.pk}/"
    assert "王建国" in client.get(f"{HERE}accounts/?state=locked").content.decode()
    assert "解锁账号" in client.get(here).content.decode()
    assert sign_in(cast.system).post(do("account.unlock", cast.wang)).status_code == 403
    client.post(do("account.unlock", cast.wang))
    assert enter_password("wang", by=Visitor(), password=PASSWORD).field == "code"
    assert "王建国" not in client.get(f"{HERE}accounts/?state=locked").content.decode()


def test_a_lost_authenticator_is_forgotten_with_a_reason(cast: Cast, sign_in) -> None:
    client, here = sign_in(cast.security), f"{HERE}accounts/{cast.wang.pk}/"
    assert client.post(do("account.reset_second_factor", cast.wang), {"reason": "手机更换"}).status_code == 302
    cast.wang.refresh_from_db()
    assert cast.wang.totp_confirmed_at is None
    assert "重置动态码" not in client.get(here).content.decode()


def test_accounts_nobody_uses_are_listed(cast: Cast, sign_in) -> None:
    Person.objects.update(created_at=timezone.now() - timedelta(days=200), last_login=timezone.now())
    Person.objects.filter(pk=cast.liu.pk).update(last_login=timezone.now() - timedelta(days=91))
    page = sign_in(cast.security).get(f"{HERE}accounts/?state=inactive").content.decode()
    assert "刘芳" in page
    assert "王建国" not in page


@pytest.mark.parametrize("words", ["王建", "wang", "13800000003"])
def test_accounts_are_found_by_name_login_and_phone(cast: Cast, sign_in, words: str) -> None:
    page = sign_in(cast.system).get(f"{HERE}accounts/", {"q": words}).content.decode()
    assert "王建国" in page
    assert "刘芳" not in page


def test_the_list_takes_as_many_queries_for_one_as_for_many(cast: Cast, sign_in) -> None:
    client = sign_in(cast.system)
    many = queries_of(client, f"{HERE}accounts/")
    Person.objects.filter(is_staff_member=True).exclude(pk=cast.system.pk).update(is_staff_member=False)
    assert queries_of(client, f"{HERE}accounts/") == many


# ── Offices ──────────────────────────────────────────────────────────────


def give(client: Client, person: Person, office: str, place: str, since: str = "2026-3-1"):
    where = Place.objects.get(name=place).code
    given = {"person": person.name, "person_key": str(person.pk), "office": office, "since": since}
    return client.post(reverse("do", args=["appointment.make", where]) + "?room=administration", given)


def test_an_office_is_given_and_ended(cast: Cast, sign_in) -> None:
    client = sign_in(cast.security)
    answer = client.get(f"{HERE}appointments/make/", {"place": "枣营北里社区"})
    assert answer["Location"] == f"/do/appointment.make/{cast.zaobei.code}/?room=administration"
    assert give(client, cast.liu, "committee_director", "枣营北里社区")["Location"] == f"{HERE}accounts/{cast.liu.pk}/"
    made = Appointment.objects.get(person=cast.liu, office=Office.COMMITTEE_DIRECTOR)
    assert (made.place, made.since) == (cast.zaobei, date(2026, 3, 1))
    page = client.get(f"{HERE}appointments/", {"q": "刘芳"}).content.decode()
    assert "居（村）委会主任" in page
    assert "王建国" not in page
    ending = reverse("do", args=["appointment.end", made.pk])
    assert ending in page
    answer = client.post(ending, {"until": "2026-2-1", "reason": "换届"})
    assert "不能早于任职日期" in answer.content.decode()
    client.post(ending, {"until": "2026-3-5", "reason": "换届"})
    made.refresh_from_db()
    assert made.until == date(2026, 3, 5)
    assert "更正任职" in client.post(ending, {"until": "2026-3-4", "reason": "换届"}).content.decode()
    assert sign_in(cast.system).post(ending, {}).status_code == 403


def test_what_was_entered_wrongly_of_an_office_is_put_right(cast: Cast, sign_in) -> None:
    """The wrong person, the wrong community, the wrong last day: the record keeps what it was."""
    client = sign_in(cast.security)
    give(client, cast.liu, "committee_director", "枣营南里社区")
    made = Appointment.objects.get(office=Office.COMMITTEE_DIRECTOR, person=cast.liu)
    here = reverse("do", args=["appointment.correct", made.pk])
    assert here in client.get(f"{HERE}accounts/{cast.liu.pk}/").content.decode()
    assert "刘芳（liu）" in client.get(here).content.decode()
    right = {
        "person": "钱",
        "person_key": str(cast.qian.pk),
        "office": "committee_director",
        "place": str(cast.zaobei.pk),
        "since": "2026-3-2",
        "reason": "选错了人",
    }
    answer = client.post(here, {**right, "until": "2026-3-1"})
    assert "不能早于任职日期" in answer.content.decode()
    assert client.post(here, right)["Location"] == f"{HERE}accounts/{cast.qian.pk}/"
    made.refresh_from_db()
    assert (made.person, made.place, made.since, made.until) == (cast.qian, cast.zaobei, date(2026, 3, 2), None)
    entry = Entry.objects.get(verb="appointment.correct")
    assert {one.name: one.text for one in entry.sealed.all()}["was_person"] == str(cast.liu.pk)
    assert sign_in(cast.wang).get(here).status_code == 403


def test_an_office_stands_at_its_own_level(cast: Cast, sign_in) -> None:
    answer = give(sign_in(cast.security), cast.liu, "district_director", "枣营北里社区")
    assert answer.status_code == 422
    assert "不是社区" in answer.content.decode()


def test_nobody_is_made_two_things_or_a_second_administrator(cast: Cast, sign_in) -> None:
    client = sign_in(cast.security)
    assert "三员不得兼任" in give(client, cast.audit, "auditor", "朝阳区").content.decode()
    assert "已经担任" in give(client, cast.wang, "community_secretary", "枣营北里社区").content.decode()


def test_the_form_starts_with_the_person_whose_page_led_there(cast: Cast, sign_in) -> None:
    client = sign_in(cast.security)
    where = client.get(f"{HERE}appointments/make/?person={cast.liu.pk}").content.decode()
    assert f'name="person" value="{cast.liu.pk}"' in where
    way = client.get(f"{HERE}appointments/make/?person={cast.liu.pk}&place=枣营南里社区")["Location"]
    assert "刘芳（liu）" in client.get(way).content.decode()


def test_a_page_made_from_a_declaration_finds_people_while_typing(cast: Cast, sign_in) -> None:
    here = reverse("do-find", args=["appointment.make", cast.zaobei.code, "person"])
    client = sign_in(cast.security)
    assert str(cast.wang.pk) in client.get(here, {"q": "建国"}).content.decode()
    assert client.get(here, {"q": " "}).content.strip() == b""
    assert str(cast.lu.pk) not in client.get(here, {"q": "陆桂芳"}).content.decode()
    assert sign_in(cast.wang).get(here, {"q": "建国"}).status_code == 403
    assert client.get(reverse("do-find", args=["appointment.make", cast.zaobei.code, "since"])).status_code == 404


def test_people_and_organisations_are_found_while_typing(cast: Cast, sign_in) -> None:
    client = sign_in(cast.security)
    assert str(cast.wang.pk) in client.get(f"{HERE}staff-search/?q=建国").content.decode()
    assert str(cast.wang.pk) not in client.get(f"{HERE}staff-search/?q=").content.decode()
    assert str(cast.lu.pk) not in client.get(f"{HERE}staff-search/?q=陆桂芳").content.decode()


# ── The privacy notice ───────────────────────────────────────────────────


def test_a_new_version_of_the_notice_is_published(cast: Cast, sign_in) -> None:
    client = sign_in(cast.security)
    client.post(f"{HERE}privacy/", {"text": "第一版", "in_force_from": "2026-3-5"})
    client.post(f"{HERE}privacy/", {"text": "第二版", "in_force_from": "2026-3-6"})
    assert list(PrivacyNotice.objects.values_list("version", "text")) == [(2, "第二版"), (1, "第一版")]
    assert "第二版</textarea>" in client.get(f"{HERE}privacy/").content.decode()


# ── The record ───────────────────────────────────────────────────────────


def test_the_record_is_searched_by_place_person_verb_and_day(cast: Cast, sign_in, clock) -> None:
    client = sign_in(cast.audit)
    clock.to(date(2026, 3, 9))
    appoint(cast.zaonan, by=cast.security, person=cast.liu, office=Office.COMMUNITY_WORKER, since=date(2026, 3, 9))

    def found(**query: str) -> int:
        page = client.get(f"{HERE}ledger/", query).content.decode()
        return int(match.group(1)) if (match := re.search(r"共(\d+)条", page)) else 0

    assert found() == Entry.objects.count()
    assert found(verb="appointment.make", since="2026-3-9") == 1
    assert found(actor="security") == 1
    assert found(place="枣营南里社区") == 2
    assert found(place="麦子店街道", verb="appointment.make") == 6
    assert found(until="2026-3-8") == Entry.objects.count() - 1
    assert "看不出是哪一天" in client.get(f"{HERE}ledger/", {"since": "昨儿"}).content.decode()


def test_the_record_is_taken_home_without_names(cast: Cast, sign_in) -> None:
    answer = sign_in(cast.audit).get(f"{HERE}ledger/", {"verb": "appointment.make", "export": "1"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[2][0] == "记录号"
    assert len(rows) == 3 + Entry.objects.filter(verb="appointment.make").count()
    assert "王建国" not in str(rows)


def test_who_came_in_and_who_did_not(cast: Cast, sign_in) -> None:
    enter_password("wang", by=Visitor(), password="wrong")
    client = sign_in(cast.audit)
    assert "wang" in client.get(f"{HERE}sign-ins/?result=no").content.decode()
    assert "wang" not in client.get(f"{HERE}sign-ins/?result=yes").content.decode()


def test_the_signed_days_are_listed(cast: Cast, sign_in) -> None:
    point = sign_day(date(2026, 3, 4), by=Clock())
    assert point.root in sign_in(cast.audit).get(f"{HERE}checkpoints/").content.decode()


# ── Organisations ────────────────────────────────────────────────────────


def test_an_organisation_is_registered_amended_and_closed(cast: Cast, sign_in) -> None:
    client = sign_in(cast.system)
    answer = client.get(f"{HERE}organisations/", {"place": "枣营北里社区"})
    here = f"/desk/p/{cast.zaobei.code}/organisations/"
    assert answer["Location"] == here
    given = {"kind": "property_company", "name": "枣营物业", "contact_name": "吴经理", "contact_phone": "010-65001234"}
    register = reverse("do", args=["organisation.register", cast.zaobei.code])
    assert register in client.get(here).content.decode()
    kept = client.post(register, given)["Location"]
    assert kept == reverse("desk-organisation", args=[Organisation.objects.get().pk])
    assert client.post(register, given).status_code == 422
    unit = Organisation.objects.get()
    amend, close, reopen = (
        reverse("do", args=[f"organisation.{name}", unit.pk]) for name in ("amend", "close", "reopen")
    )
    client.post(amend, {"name": "枣营物业中心", "contact_name": "", "contact_phone": ""})
    client.post(close, {"on": "2026-3-5", "reason": "合同到期"})
    page = client.get(here).content.decode()
    assert "枣营物业中心" in page
    assert "停用" in page
    assert amend not in page
    assert "恢复它" in client.post(register, {**given, "name": "枣营物业中心"}).content.decode()
    assert reopen in page
    client.post(reopen)
    assert amend in client.get(here).content.decode()


def test_the_desk_of_the_place_keeps_its_organisations_too(cast: Cast, sign_in) -> None:
    here = f"/desk/p/{cast.zaobei.code}/organisations/"
    assert sign_in(cast.liu).get(here).status_code == 200
    assert sign_in(cast.qian).get(here).status_code == 403


# ── Messages ─────────────────────────────────────────────────────────────


@pytest.fixture
def lost(cast: Cast) -> Message:
    text_message("13800000099", once="lost", template="meeting", body="绝密的话", place_code=cast.zaobei.code)
    Message.objects.update(delivery=Delivery.GIVEN_UP, failure="网关应答500")
    return Message.objects.get()


def test_the_desk_sees_what_did_not_arrive_and_sends_it_again(cast: Cast, sign_in, lost: Message) -> None:
    here = f"/desk/p/{cast.zaobei.code}/messages/"
    client = sign_in(cast.liu)
    page = client.get(here).content.decode()
    assert "会议通知" in page
    assert "138****0099" in page
    assert "网关应答500" in page
    assert "绝密" not in page
    answer = client.post(f"/do/message.resend/{lost.pk}/", {"revision": lost.token, "room": "desk"})
    assert answer["Location"] == here
    lost.refresh_from_db()
    assert lost.delivery == Delivery.QUEUED
    assert "没有这样的消息" in client.get(here).content.decode()
    assert "会议通知" in client.get(here, {"delivery": "all"}).content.decode()


def test_messages_are_seen_from_above_and_not_from_beside(cast: Cast, sign_in, lost: Message) -> None:
    assert "会议通知" in sign_in(cast.zhao).get(f"/desk/p/{cast.maizidian.code}/messages/").content.decode()
    assert sign_in(cast.qian).get(f"/desk/p/{cast.zaobei.code}/messages/").status_code == 403
    assert sign_in(cast.qian).post(f"/do/message.resend/{lost.pk}/").status_code == 403
    assert "会议通知" in sign_in(cast.system).get(f"{HERE}messages/").content.decode()


def test_a_message_without_an_address_is_not_offered_again(cast: Cast, sign_in, lost: Message) -> None:
    client, here = sign_in(cast.liu), f"/desk/p/{cast.zaobei.code}/messages/"
    assert f"/do/message.resend/{lost.pk}/" in client.get(here).content.decode()
    Message.objects.filter(pk=lost.pk).update(address="")
    page = client.get(here).content.decode()
    assert "已清除" in page
    assert f"/do/message.resend/{lost.pk}/" not in page


def test_the_list_of_messages_takes_as_many_queries_for_one_as_for_three(cast: Cast, sign_in, lost: Message) -> None:
    client, here = sign_in(cast.liu), f"/desk/p/{cast.zaobei.code}/messages/?delivery=all"
    one = queries_of(client, here)
    for n in range(2):
        text_message("13800000099", once=f"more{n}", template="meeting", body="x", place_code=cast.zaobei.code)
    Message.objects.update(delivery=Delivery.GIVEN_UP)
    assert queries_of(client, here) == one


def test_the_operator_may_do_what_the_first_administrators_need(cast: Cast) -> None:
    made = appoint(cast.zaobei, by=OPERATOR, person=cast.qian, office=Office.COMMUNITY_WORKER, since=date(2026, 3, 1))
    assert made.place == cast.zaobei
