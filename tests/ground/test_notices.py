"""Messages: queued once, sent once, tried again, given up in sight, gathered, read, forgotten."""

import json
import logging
import smtplib
import time
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.cast import TODAY, Cast
from tests.ground.gateway_server import SECRET, GatewayServer
from yishiting.ground.common.refused import NotAllowed, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices import rules
from yishiting.ground.notices.actions import (
    deliver,
    forget_messages,
    gather_digests,
    read_all,
    read_message,
    resend,
    tell,
    text_message,
)
from yishiting.ground.notices.actions.delivering import _claim
from yishiting.ground.notices.gateways import HttpGateway, OutboxGateway, text_gateway
from yishiting.ground.notices.models import Audience, Delivery, Message, Way
from yishiting.ground.notices.queries import inbox, unread_count
from yishiting.ground.notices.signing import signature

PHONE = "13800000099"


@pytest.fixture
def server():
    with GatewayServer() as running:
        yield running


@pytest.fixture
def gateway(server: GatewayServer) -> HttpGateway:
    return HttpGateway(server.url, "district", SECRET, timeout=0.3)


@pytest.fixture
def message(cast: Cast) -> Message:
    text_message(PHONE, once="hello", template="meeting", body="明天上午九点开会。", place_code=cast.zaobei.code)
    return Message.objects.get(once="hello:sms")


def later(clock, minutes: float) -> None:
    clock.traveller.shift(timedelta(minutes=minutes))


def state_of(message: Message) -> str:
    message.refresh_from_db()
    return message.delivery


def test_a_message_is_queued_once_for_each_reason(message: Message) -> None:
    text_message(PHONE, once="hello", template="meeting", body="再说一遍。")
    text_message("", once="nobody", template="meeting", body="没有号码。")
    assert Message.objects.count() == 1


def test_a_signed_message_is_taken_and_never_sent_again(message: Message, server: GatewayServer, gateway) -> None:
    assert deliver(gateway=gateway) == {"sent": 1}
    assert deliver(gateway=gateway) == {}
    assert (state_of(message), message.outside_id, message.attempts) == (Delivery.SENT, "out-1", 1)
    assert server.handed == [{"id": str(message.pk), "phone": PHONE, "text": "明天上午九点开会。"}]
    assert server.unsigned == 0


def test_a_wrong_secret_makes_a_wrong_signature(message: Message, server: GatewayServer) -> None:
    deliver(gateway=HttpGateway(server.url, "district", "another", timeout=0.3))
    assert server.unsigned == 1


@pytest.mark.parametrize(
    ("answer", "says"), [(500, "500"), (503, "503"), (302, "302"), (429, "429"), ("silence", "没有按时应答")]
)
def test_a_failure_is_tried_again_after_a_while(
    message: Message, server: GatewayServer, gateway, clock, answer, says
) -> None:
    server.answers = [answer]
    assert deliver(gateway=gateway) == {"failed": 1}
    assert says in Message.objects.get().failure
    assert deliver(gateway=gateway) == {}, "not before the wait is over"
    later(clock, 1.1)
    assert deliver(gateway=gateway) == {"sent": 1}
    assert (state_of(message), message.attempts, message.failure) == (Delivery.SENT, 2, "")
    assert server.delivered() == ["明天上午九点开会。"]


def test_a_gateway_that_is_not_there_is_tried_again(message: Message) -> None:
    assert deliver(gateway=HttpGateway("http://127.0.0.1:9/send", "k", SECRET, timeout=0.3)) == {"failed": 1}
    assert Message.objects.get().failure == "连不上网关"


@pytest.mark.parametrize("answer", [400, 403, 404, "rejected"])
def test_a_message_the_gateway_will_never_take_is_given_up_at_once(message, server, gateway, answer) -> None:
    server.answers = [answer]
    assert deliver(gateway=gateway) == {"given_up": 1}
    assert deliver(gateway=gateway) == {}


def test_taken_but_answered_by_an_error_is_no_second_message(message, server, gateway, clock) -> None:
    server.answers = ["taken, then 500"]
    assert deliver(gateway=gateway) == {"failed": 1}
    later(clock, 1.1)
    assert deliver(gateway=gateway) == {"sent": 1}
    assert server.delivered() == ["明天上午九点开会。"]


def test_a_process_that_died_between_is_made_good_under_the_same_key(message, server, gateway, clock) -> None:
    claimed = _claim(message.pk)
    gateway.send(claimed.address, claimed.body, key=claimed.key)
    assert state_of(message) == Delivery.SENDING
    assert deliver(gateway=gateway) == {}, "the claim still holds"
    later(clock, 11)
    assert deliver(gateway=gateway) == {"sent": 1}
    assert server.delivered() == ["明天上午九点开会。"]


def test_two_messengers_do_not_claim_the_same_message(message: Message) -> None:
    assert _claim(message.pk) is not None
    assert _claim(message.pk) is None


@pytest.mark.parametrize("tried_before", [False, True])
def test_of_two_who_saw_the_same_row_one_claims_it(
    message: Message, monkeypatch: pytest.MonkeyPatch, tried_before: bool
) -> None:
    if tried_before:
        past = timezone.now() - timedelta(minutes=1)
        Message.objects.update(delivery=Delivery.FAILED, attempts=1, next_attempt_at=past)
    seen = [Message.objects.get(pk=message.pk) for _n in range(2)]

    class Snapshot:
        def filter(self, **_: object) -> "Snapshot":
            return self

        def first(self) -> Message:
            return seen.pop()

    monkeypatch.setattr("yishiting.ground.notices.actions.delivering.due_messages", lambda _now: Snapshot())
    assert [_claim(message.pk) is not None for _n in range(2)] == [True, False]


def test_it_is_given_up_in_the_end_and_sent_again_by_the_desk(message, server, gateway, clock, cast: Cast) -> None:
    server.answers = [500] * 7
    for wait in (*rules.WAITS, 0):
        deliver(gateway=gateway)
        later(clock, wait + 0.1)
    assert (state_of(message), message.attempts) == (Delivery.GIVEN_UP, 7)
    assert deliver(gateway=gateway) == {}
    with pytest.raises(NotAllowed):
        resend(message, by=cast.qian)
    with pytest.raises(NotAllowed):
        resend(message, by=cast.zhou)
    resend(message, by=cast.zhao)
    assert Entry.objects.latest("seq").office == "section_head"
    assert deliver(gateway=gateway) == {"sent": 1}
    assert server.handed[0]["id"] == f"{message.pk}-1", "a new sending has a key of its own"
    with pytest.raises(WrongState, match="没有失败"):
        resend(message, by=cast.zhao)


def test_a_sign_in_code_loses_its_use(cast: Cast, gateway, server, clock) -> None:
    text_message(PHONE, once="code:1", template="code", body="验证码123456")
    later(clock, 6)
    assert deliver(gateway=gateway) == {"given_up": 1}
    assert server.handed == []
    with pytest.raises(NotAllowed):
        resend(Message.objects.get(), by=cast.wang)
    resend(Message.objects.get(), by=cast.system)


def test_nothing_personal_reaches_the_log(message, server, gateway, caplog: pytest.LogCaptureFixture) -> None:
    server.answers = [500]
    with caplog.at_level(logging.DEBUG):
        deliver(gateway=gateway)
    assert PHONE not in caplog.text
    assert "九点" not in caplog.text
    assert PHONE not in Message.objects.get().failure


def report(key: str, status: str, secret: str = SECRET, sent: int | None = None, **more: str) -> int:
    body = json.dumps({"id": key, "status": status, **more}).encode()
    timestamp = str(int(time.time()) if sent is None else sent)
    headers = {
        "X-Timestamp": timestamp,
        "X-Nonce": "n1",
        "X-Signature": signature(secret, timestamp, "n1", body),
    }
    return Client().post("/gateway/delivery/", body, content_type="application/json", headers=headers).status_code


def test_the_gateway_reports_what_became_of_a_message(message, gateway, settings) -> None:
    settings.SMS_GATEWAY_SECRET = SECRET
    deliver(gateway=gateway)
    assert report(str(message.pk), "delivered", secret="another") == 403
    assert report(str(message.pk), "delivered", sent=int(time.time()) - 3600) == 403
    assert state_of(message) == Delivery.SENT
    assert report(str(message.pk), "delivered") == 200
    assert report(str(message.pk), "failed") == 200
    assert state_of(message) == Delivery.DELIVERED, "what has arrived stays so"
    assert report("00000000-0000-0000-0000-000000000000", "delivered") == 404
    assert report("nothing", "delivered") == 404
    assert report(str(message.pk), "perhaps") == 422


def test_a_reported_failure_stands_before_the_desk(message, gateway, settings, cast: Cast) -> None:
    settings.SMS_GATEWAY_SECRET = SECRET
    deliver(gateway=gateway)
    report(str(message.pk), "failed", reason="停机")
    assert (state_of(message), message.failure) == (Delivery.GIVEN_UP, "停机")
    resend(message, by=cast.wang)
    assert report(str(message.pk), "delivered") == 404, "a report about the earlier sending is not about this one"
    deliver(gateway=gateway)
    report(message.key, "delivered")
    assert state_of(message) == Delivery.DELIVERED


def test_without_a_secret_no_report_is_believed(message, gateway, settings) -> None:
    settings.SMS_GATEWAY_SECRET = ""
    assert report(str(message.pk), "delivered", secret="") == 403


def test_the_http_gateway_wants_its_address_and_secret(settings) -> None:
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_SECRET = "file:///etc/passwd", SECRET
    with pytest.raises(ImproperlyConfigured):
        HttpGateway()


def test_the_gateway_of_the_settings_is_the_outbox(message: Message) -> None:
    assert isinstance(text_gateway(), OutboxGateway)
    out = StringIO()
    call_command("deliver", stdout=out)
    assert out.getvalue() == "已发送1条\n"
    call_command("deliver", json=True, stdout=out)
    assert out.getvalue().endswith("{}\n")
    assert state_of(message) == Delivery.SENT


# ── E-mail and the digest ────────────────────────────────────────────────


def with_mail(cast: Cast) -> None:
    cast.wang.email = "wang@example.org"
    cast.wang.save(update_fields=["email"])


def told(cast: Cast, once: str, template: str) -> None:
    tell(cast.wang, once=once, template=template, subject="会议通知", body="3月12日开会。", audience=Audience.DESK)


def test_an_email_goes_where_the_template_says_so(cast: Cast, settings) -> None:
    settings.SITE = {**settings.SITE, "address": "https://yst.example.org"}
    with_mail(cast)
    told(cast, "m1", "meeting")
    told(cast, "m1", "meeting")
    told(cast, "m2", "unknown")
    assert deliver() == {"sent": 1}
    assert mail.outbox[0].to == ["wang@example.org"]
    assert "https://yst.example.org/desk/" in mail.outbox[0].body
    assert str(Message.objects.get(way=Way.EMAIL).pk) in mail.outbox[0].extra_headers["Message-ID"]
    assert {m.delivery for m in inbox(cast.wang)} == {Delivery.DELIVERED}


def test_someone_without_an_address_gets_no_email(cast: Cast) -> None:
    told(cast, "m1", "meeting")
    assert list(Message.objects.values_list("way", flat=True)) == [Way.ON_SITE]


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (smtplib.SMTPServerDisconnected("gone"), "failed"),
        (ConnectionRefusedError("closed"), "failed"),
        (smtplib.SMTPRecipientsRefused({"wang@example.org": (550, b"unknown")}), "given_up"),
    ],
    ids=["disconnected", "closed", "no such address"],
)
def test_a_mail_server_that_refuses(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, problem: Exception, state: str
) -> None:
    def refuse(self: object, fail_silently: bool = False) -> int:
        raise problem

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with_mail(cast)
    told(cast, "m1", "meeting")
    assert deliver() == {state: 1}
    assert "wang" not in Message.objects.get(way=Way.EMAIL).failure


def test_what_can_wait_goes_once_a_day_in_one_email(cast: Cast, clock) -> None:
    with_mail(cast)
    told(cast, "late1", "late")
    told(cast, "late2", "late")
    assert deliver() == {}
    assert gather_digests(TODAY) == 1
    assert gather_digests(TODAY) == 0
    told(cast, "late3", "late")
    assert gather_digests(TODAY) == 0, "what comes after the digest waits for tomorrow"
    assert deliver() == {"sent": 1}
    assert "2件事" in mail.outbox[0].subject
    assert mail.outbox[0].body.count("3月12日开会。") == 2
    assert gather_digests(date(2026, 3, 6)) == 1
    assert deliver() == {"sent": 1}
    assert len(mail.outbox) == 2


# ── Reading and forgetting ───────────────────────────────────────────────


def test_reading_is_for_the_addressee_alone(cast: Cast) -> None:
    told(cast, "m1", "meeting")
    told(cast, "m2", "meeting")
    first = inbox(cast.wang).get(once__startswith="m1")
    with pytest.raises(NotAllowed):
        read_message(first, by=cast.liu)
    read_message(first, by=cast.wang)
    at = first.read_at
    read_message(first, by=cast.wang)
    assert (first.read_at, unread_count(cast.wang)) == (at, 1)
    with pytest.raises(NotAllowed):
        read_all(cast.wang, by=cast.liu)
    assert read_all(cast.wang, by=cast.wang) == 1
    assert unread_count(cast.wang) == 0
    assert Entry.objects.latest("seq").verb == "message.read_all"


def test_a_message_on_site_is_not_sent_again(cast: Cast) -> None:
    told(cast, "m1", "meeting")
    with pytest.raises(WrongState):
        resend(inbox(cast.wang).get(), by=cast.system)


def test_the_messages_of_a_forgotten_person_are_emptied(cast: Cast) -> None:
    with_mail(cast)
    told(cast, "m1", "meeting")
    forget_messages(cast.wang)
    assert deliver() == {}
    assert {(m.address, m.subject, m.body) for m in Message.objects.all()} == {("", "", "")}
    with pytest.raises(WrongState, match="已经删除"):
        resend(Message.objects.get(way=Way.EMAIL), by=cast.system)


def test_the_waits_grow_and_end() -> None:
    now = timezone.now()
    waits = [rules.next_try(n, now) for n in range(1, 8)]
    assert [w - now for w in waits if w] == sorted(timedelta(minutes=m) for m in rules.WAITS)
    assert waits[-1] is None
