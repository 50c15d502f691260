"""The sender: codes first, one bad message never in the way of others, nothing lost while the database is away."""

import threading
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.ground.gateway_server import RAW, SECRET, GatewayServer
from yishiting.doors.commands.sending import keep_sending
from yishiting.ground.notices.actions import Sender, deliver, tell, text_message
from yishiting.ground.notices.actions.delivering import KEPT_FOR_CODES, PLACES
from yishiting.ground.notices.gateways import HttpGateway, Outcome, text_gateway
from yishiting.ground.notices.models import Delivery, Message
from yishiting.ground.notices.queries import standstill

PHONE = "13800000099"


def queue(count: int, template: str = "meeting", start: int = 0) -> None:
    for n in range(start, start + count):
        text_message(PHONE, once=f"{template}:{n}", template=template, body=f"{template} {n}")


class Stuck:
    """A gateway that answers codes and lets everything else wait until it is let go."""

    def __init__(self, *stuck: str) -> None:
        self.stuck, self.go, self.taken = stuck, threading.Event(), []

    def send(self, phone: str, body: str, *, key: str) -> Outcome:
        if body.split(maxsplit=1)[0] in self.stuck:
            self.go.wait(20)
        self.taken.append(body)
        return Outcome(taken=True)


def test_a_code_passes_everything_that_is_stuck(cast: Cast) -> None:
    """Twenty messages to a gateway that does not answer; a code asked for afterwards goes out at once."""
    gateway = Stuck("meeting")
    queue(20)
    with Sender(gateway) as sender:
        assert sender.take() == PLACES - KEPT_FOR_CODES
        assert sender.take() == 0, "the other places are kept"
        queue(1, "code")
        assert sender.take() == 1
        assert sender.note(within=5) == {"sent": 1}
        assert gateway.taken == ["code 0"]
        gateway.go.set()
        sender.finish()
    assert len(gateway.taken) == 1 + PLACES - KEPT_FOR_CODES


def test_codes_go_before_older_messages(cast: Cast) -> None:
    gateway = Stuck()
    queue(PLACES * 2)
    queue(2, "code")
    with Sender(gateway) as sender:
        sender.take()
        sender.finish()
    assert {"code 0", "code 1"} <= set(gateway.taken)


def test_five_stuck_codes_do_not_delay_the_sixth(cast: Cast) -> None:
    gateway = Stuck("code")
    queue(5, "code")
    with Sender(gateway) as sender:
        assert sender.take() == 5
        gateway.stuck = ()
        queue(1, "code", start=5)
        assert sender.take() == 1
        assert sender.note(within=5) == {"sent": 1}
        gateway.go.set()
        sender.finish()


@pytest.mark.parametrize("answer", sorted(RAW))
def test_whatever_a_gateway_answers_is_a_failure_of_one_message(cast: Cast, answer: str) -> None:
    queue(1)
    with GatewayServer() as server:
        server.answers = [answer]
        deliver(gateway=HttpGateway(server.url, "k", SECRET, timeout=0.3))
        message = Message.objects.get()
        assert message.delivery in (Delivery.FAILED, Delivery.SENT), "a 200 whatever follows is taken"
        queue(1, start=1)
        assert deliver(gateway=HttpGateway(server.url, "k", SECRET, timeout=0.3)) == {"sent": 1}


def test_an_answer_that_drips_is_not_waited_for(cast: Cast) -> None:
    import socket
    import time

    def drip(door: socket.socket) -> None:
        client, _address = door.accept()
        with client:
            client.recv(65_536)
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n")
            for _n in range(40):
                try:
                    client.sendall(b" ")
                except OSError:
                    return
                time.sleep(0.1)

    queue(1)
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=drip, args=(door,), daemon=True).start()
        begun = time.perf_counter()
        url = f"http://127.0.0.1:{door.getsockname()[1]}/"
        assert deliver(gateway=HttpGateway(url, "k", SECRET, timeout=0.3)) == {"sent": 1}
    assert time.perf_counter() - begun < 3


class Mad:
    """A gateway with a fault of its own."""

    def send(self, phone: str, body: str, *, key: str) -> Outcome:
        raise ZeroDivisionError(f"at {phone}")


def test_a_gateway_with_a_fault_of_its_own_stops_nobody(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    queue(3)
    assert deliver(gateway=Mad()) == {"failed": 3}
    assert "ZeroDivisionError" in Message.objects.first().failure
    assert PHONE not in caplog.text


def test_a_gateway_that_was_not_set_up_is_told_beside_the_message(cast: Cast, settings) -> None:
    settings.SMS_GATEWAY = "yishiting.ground.notices.gateways.HttpGateway"
    text_gateway.cache_clear()
    queue(1)
    try:
        assert deliver() == {"failed": 1}
    finally:
        text_gateway.cache_clear()
    assert "ImproperlyConfigured" in Message.objects.get().failure


def test_a_subject_of_two_lines_and_an_address_that_is_none(cast: Cast) -> None:
    cast.wang.email = "wang@example.org"
    cast.wang.save(update_fields=["email"])
    tell(cast.wang, once="a", template="meeting", subject="会议\n通知", body="开会。")
    cast.zhao.email = "zhao@example.org\nBcc: all@example.org"
    cast.zhao.save(update_fields=["email"])
    tell(cast.zhao, once="b", template="meeting", subject="会议通知", body="开会。")
    assert deliver() == {"sent": 1, "given_up": 1}


def test_an_address_no_key_opens_stands_in_nobodys_way(cast: Cast) -> None:
    queue(2)
    first = Message.objects.order_by("created_at").first()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notices_message SET address = '1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' WHERE once = %s",
            [first.once],
        )
    assert deliver() == {"failed": 1, "sent": 1}
    failure = Message.objects.defer("address").get(pk=first.pk).failure
    assert "YISHITING_SEAL_KEYS" in failure


@pytest.mark.django_db(transaction=True)
def test_the_watch_outlives_a_database_that_goes_away() -> None:
    """It goes just when the first message is through; what was on its way is written down, the second one goes too."""
    queue(1)
    stopping, told = threading.Event(), []

    def hear(done: Counter[str]) -> None:
        told.append(dict(done))
        if len(told) == 1:
            queue(1, start=1)
            raise OperationalError("server closed the connection unexpectedly")
        stopping.set()

    keep_sending(stopping, 0.05, hear)
    assert told == [{"sent": 1}, {"sent": 1}]
    assert set(Message.objects.values_list("delivery", flat=True)) == {Delivery.SENT}


@pytest.mark.django_db(transaction=True)
def test_what_came_back_while_the_database_was_away_is_written_down_later() -> None:
    queue(1)

    def away(*_: object) -> None:
        raise OperationalError("the database system is starting up")

    with Sender(Stuck()) as sender:
        sender.take()
        with connection.execute_wrapper(away), pytest.raises(OperationalError):
            sender.note(within=5)
        assert sender.note(within=5) == {"sent": 1}
    assert Message.objects.get().delivery == Delivery.SENT


# ── A queue that stands still is seen ────────────────────────────────────


def status() -> str:
    out = StringIO()
    call_command("deliver", status=True, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("template", "minutes"), [("meeting", 10), ("code", 1)])
def test_a_queue_that_stands_still_is_seen(cast: Cast, sign_in, clock, template: str, minutes: int) -> None:
    queue(2, template)
    clock.traveller.shift(timedelta(minutes=minutes - 0.5))
    assert standstill(timezone.now()) is None
    assert status() == "没有积压。\n"
    clock.traveller.shift(timedelta(minutes=1))
    assert standstill(timezone.now()).waiting == 2
    with pytest.raises(CommandError, match="2条早该发出"):
        status()
    assert Client().get("/health/ready/").json() == {"ok": True, "database": "ok", "messages": "standing still"}
    desk: Client = sign_in(cast.system)
    assert "2条早该发出" in desk.get("/desk/administration/").content.decode()
    assert "消息发不出去" in desk.get("/desk/administration/messages/").content.decode()
    deliver()
    assert standstill(timezone.now()) is None


def test_a_message_that_waits_for_its_next_try_is_no_standstill(cast: Cast, clock) -> None:
    queue(1)
    deliver(gateway=Mad())
    clock.traveller.shift(timedelta(minutes=8))
    assert standstill(timezone.now()) is None
    clock.traveller.shift(timedelta(minutes=4))
    assert standstill(timezone.now()).waiting == 1
