"""The ways out of the house. A gateway says what came of one try; it never logs a number or a word of a message."""

import functools
import http.client
import json
import secrets
import smtplib
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import BadHeaderError, EmailMessage
from django.utils.module_loading import import_string

from yishiting.ground.notices.signing import signature

TIMEOUT = 8.0
ALREADY_TAKEN = 409
TRY_AGAIN = {408, 425, 429}
LED_ELSEWHERE = range(300, 400)
SERVER_FAULT = 500
ANSWER_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try: taken or not, under which outside number, why not, and whether to try again."""

    taken: bool
    outside_id: str = ""
    failure: str = ""
    hopeless: bool = False


class Gateway(Protocol):
    """Sends one short message. The same `key` is the same message, however often it is handed over."""

    def send(self, phone: str, body: str, *, key: str) -> Outcome:
        """Hand one message over."""


class OutboxGateway:
    """Nothing leaves the machine: the message stays in the table of messages, where the demo reads it."""

    def send(self, phone: str, body: str, *, key: str) -> Outcome:
        """Take note, that is all."""
        return Outcome(taken=True, outside_id="outbox")


class StayHere(urllib.request.HTTPRedirectHandler):
    """Elsewhere is not the gateway: what is led there would arrive without the message, or at somebody else's."""

    def redirect_request(self, *_: object) -> None:
        """Never."""


class HttpGateway:
    """A text message service over HTTP: JSON in, JSON out, every request signed.

    Sends `{"id", "phone", "text"}` with the headers X-Key, X-Timestamp, X-Nonce, X-Signature and Idempotency-Key.
    2xx and 409 (handed over before) mean taken; being led elsewhere, 408, 425, 429, 5xx and silence mean again later;
    the rest means never.
    """

    def __init__(self, url: str = "", key: str = "", secret: str = "", timeout: float = TIMEOUT) -> None:
        self.url = url or settings.SMS_GATEWAY_URL
        self.key, self.secret = key or settings.SMS_GATEWAY_KEY, secret or settings.SMS_GATEWAY_SECRET
        self.timeout = timeout
        if urlsplit(self.url).scheme not in {"http", "https"} or not self.secret:
            raise ImproperlyConfigured("SMS_GATEWAY_URL and SMS_GATEWAY_SECRET must be set for the HTTP gateway")

    def send(self, phone: str, body: str, *, key: str) -> Outcome:
        """Hand one message over, and read what the service says."""
        request = self._request(json.dumps({"id": key, "phone": phone, "text": body}).encode(), key)
        try:
            with urllib.request.build_opener(StayHere).open(request, timeout=self.timeout) as answer:
                return _read(_within(answer, self.timeout))
        except urllib.error.HTTPError as problem:
            with problem:
                return _refused(problem.code)
        except TimeoutError:
            return Outcome(taken=False, failure="网关没有按时应答")
        except OSError as problem:
            late = isinstance(getattr(problem, "reason", None), TimeoutError)
            return Outcome(taken=False, failure="网关没有按时应答" if late else "连不上网关")
        except http.client.HTTPException:
            return Outcome(taken=False, failure="网关的应答看不懂，请核对地址是 http 还是 https")

    def _request(self, body: bytes, key: str) -> urllib.request.Request:
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
        headers = {
            "Content-Type": "application/json",
            "X-Key": self.key,
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": signature(self.secret, timestamp, nonce, body),
            "Idempotency-Key": key,
        }
        return urllib.request.Request(self.url, body, headers, method="POST")  # noqa: S310  # http(s) only, checked above


def _within(answer: http.client.HTTPResponse, seconds: float) -> bytes:
    """What the service says, as far as it says it in time: one that drips may not hold the sender."""
    until, said = time.monotonic() + seconds, b""
    while len(said) < ANSWER_MOST and time.monotonic() < until and (part := answer.read1(ANSWER_MOST)):
        said += part
    return said


def _read(answer: bytes) -> Outcome:
    """A taken message may come back with the service's own number, or as rejected."""
    try:
        said = json.loads(answer or b"{}")
    except ValueError:
        said = {}
    said = said if isinstance(said, dict) else {}
    if said.get("status") == "rejected":
        return Outcome(taken=False, failure="网关拒收", hopeless=True)
    return Outcome(taken=True, outside_id=str(said.get("id", ""))[:80])


def _refused(code: int) -> Outcome:
    if code == ALREADY_TAKEN:
        return Outcome(taken=True)
    again = code in TRY_AGAIN or code in LED_ELSEWHERE or code >= SERVER_FAULT
    return Outcome(taken=False, failure=f"网关应答{code}", hopeless=not again)


def send_email(address: str, subject: str, body: str, *, key: str) -> Outcome:
    """One e-mail by the mail server; its Message-ID is made of the key, so that a repeated one can be recognised."""
    host = urlsplit(settings.SITE["address"]).hostname or "localhost"
    mail = EmailMessage(
        " ".join(subject.split()),
        body,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        headers={"Message-ID": f"<{key}@{host}>"},
    )
    try:
        mail.send()
    except BadHeaderError:
        return Outcome(taken=False, failure="邮件地址写得不对", hopeless=True)
    except smtplib.SMTPRecipientsRefused:
        return Outcome(taken=False, failure="邮件服务器不认这个地址", hopeless=True)
    except (smtplib.SMTPException, OSError):
        return Outcome(taken=False, failure="邮件服务器没有收下")
    return Outcome(taken=True)


@functools.cache
def text_gateway() -> Gateway:
    """The gateway named in the settings."""
    gateway: Gateway = import_string(settings.SMS_GATEWAY)()
    return gateway
