"""Staff come in through a real OpenID Connect provider, here a small one in a thread; what it says wrongly lets nobody in."""

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tests.cast import Cast
from yishiting.doors.commands.checks import whole_configuration
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.entrance.actions import close_account, link_sign_on, unlink_sign_on
from yishiting.ground.entrance.models import SignOn
from yishiting.ground.ledger.models import Entry

pytestmark = pytest.mark.django_db
CLIENT, SECRET = "yishiting", "a secret: with/signs"
KEY, STRANGE_KEY = (rsa.generate_private_key(65537, 2048) for _n in range(2))


class Provider(ThreadingHTTPServer):
    """The service: who is signed in there, what it gives for a code, and what it says wrongly if told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.subject, self.wrong, self.key = "3f6c", dict[str, Any](), KEY
        self.asked = dict[str, dict[str, str]]()
        self.described = dict[str, str]()

    def agree(self, address: str) -> str:
        """The person signs in there; where the service sends them back to."""
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query))
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        assert (asked["client_id"], asked["response_type"], asked["scope"]) == (CLIENT, "code", "openid")
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str], header: str) -> dict[str, str] | None:
        """An ID token for a code, once, to whoever knows secret and verifier."""
        asked = self.asked.pop(sent.get("code", ""), None)
        known = b64decode(header.removeprefix("Basic ")).decode() == f"{CLIENT}:a%20secret%3A%20with%2Fsigns"
        digest = urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if asked is None or not known or digest != asked["code_challenge"]:
            return None
        if sent["redirect_uri"] != asked["redirect_uri"] or sent["grant_type"] != "authorization_code":
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], **self.wrong}
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"id_token": jwt.encode(claims, self.key, "RS256", {"kid": "k1"}), "access_token": "x"}


class Answers(BaseHTTPRequestHandler):
    """The service's three addresses."""

    server: Provider

    def do_GET(self) -> None:
        issuer = self.server.issuer
        if self.path == "/.well-known/openid-configuration":
            named = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            described = {name: f"{issuer}/{path}" for name, path in named.items()}
            self._say({"issuer": issuer, **described, **self.server.described})
        elif self.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._say({"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]})
        else:
            self._say(None)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        one_each = {name: values[0] for name, values in sent.items()}
        self._say(self.server.token(one_each, self.headers.get("Authorization", "")))

    def _say(self, told: Any) -> None:
        body = json.dumps(told or {"error": "invalid_grant"}).encode()
        self.send_response(200 if told else 400)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quietly."""


@pytest.fixture
def service(settings) -> Iterator[Provider]:
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SIGN_ON = {"issuer": server.issuer, "client": CLIENT, "secret": SECRET, "acr": "", "name": "区统一认证"}
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def linked(cast: Cast, service: Provider) -> Cast:
    link_sign_on(cast.wang, by=cast.security, subject=service.subject)
    return cast


def gone(client: Client, way: str = "/account/sign-on/") -> str:
    """The address at the service to which the button leads."""
    return client.get(way)["Location"]


def come_in(service: Provider, way: str = "/account/sign-on/") -> tuple[Client, str]:
    client = Client()
    back = urlsplit(service.agree(gone(client, way)))
    return client, client.get(f"{back.path}?{back.query}")["Location"]


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_a_linked_member_of_staff_comes_in(linked: Cast, service: Provider) -> None:
    page = Client().get("/account/staff/?next=/desk/").content.decode()
    assert "区统一认证" in page
    client, onward = come_in(service, "/account/sign-on/?next=/me/messages/")
    assert onward == "/me/messages/"
    assert is_in(client)
    entry = Entry.objects.get(verb="account.enter_sign_on")
    assert entry.facts == {"let_in": True, "way": "sign_on"}


def test_who_signs_on_needs_no_password_of_ours(linked: Cast, service: Provider) -> None:
    Person.objects.filter(pk=linked.wang.pk).update(password_changed_at=None, totp_confirmed_at=None)
    client, _onward = come_in(service)
    assert is_in(client)


def test_nobody_is_made_and_no_closed_account_opened(linked: Cast, service: Provider) -> None:
    people, service.subject = Person.objects.count(), "somebody else"
    client, onward = come_in(service)
    assert onward == "/account/staff/"
    assert "没有关联的账号" in client.get(onward).content.decode()
    assert Person.objects.count() == people
    assert Entry.objects.get(verb="account.enter_sign_on").facts["let_in"] is False
    service.subject = "3f6c"
    close_account(linked.wang, by=linked.system, reason="调离")
    client, onward = come_in(service)
    assert onward == "/account/staff/"
    assert not is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"iss": "https://another.example"}, {"exp": 1_000},
        {"sub": None}, {"exp": None}, {"aud": [CLIENT, "another"]}, {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"}, {"sub": ""},
    ],
)  # fmt: skip
def test_a_token_that_is_not_ours_lets_nobody_in(linked: Cast, service: Provider, wrong: dict[str, Any]) -> None:
    service.wrong = wrong
    client, onward = come_in(service)
    assert onward == "/account/staff/"
    assert not is_in(client)
    assert not Entry.objects.filter(verb="account.enter_sign_on", facts__let_in=True).exists()


def test_a_token_signed_by_another_lets_nobody_in(linked: Cast, service: Provider) -> None:
    service.key = STRANGE_KEY
    client, onward = come_in(service)
    assert (onward, is_in(client)) == ("/account/staff/", False)


def test_whoever_brings_the_answer_must_have_asked(linked: Cast, service: Provider) -> None:
    client, stranger = Client(), Client()
    back = urlsplit(service.agree(gone(client)))
    gone(stranger)
    assert stranger.get(f"{back.path}?{back.query}")["Location"] == "/account/staff/"
    assert Client().get(f"{back.path}?{back.query}")["Location"] == "/account/staff/"
    assert client.get(f"{back.path}?{back.query}&iss=https://another.example")["Location"] == "/account/staff/"
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/account/staff/", "an answer is looked at once"
    assert not is_in(client)


def test_an_answer_is_good_once(linked: Cast, service: Provider) -> None:
    client = Client()
    back = urlsplit(service.agree(gone(client)))
    assert client.get(f"{back.path}?{back.query}")["Location"] != "/account/staff/"
    assert Client().get(f"{back.path}?{back.query}")["Location"] == "/account/staff/"


def test_the_strength_asked_for_is_insisted_on(linked: Cast, service: Provider, settings) -> None:
    settings.SIGN_ON = {**settings.SIGN_ON, "acr": "two-factors"}
    assert "acr_values=two-factors" in gone(Client())
    client, _onward = come_in(service)
    assert not is_in(client)
    service.wrong = {"acr": "two-factors"}
    client, _onward = come_in(service)
    assert is_in(client)


@pytest.mark.parametrize(
    "described", [{"issuer": "https://another.example"}, {"authorization_endpoint": "http://another.example/a"}]
)
def test_a_service_that_is_not_itself_is_not_gone_to(
    linked: Cast, service: Provider, described: dict[str, str]
) -> None:
    service.described = described
    assert gone(Client()) == "/account/staff/"


def test_a_service_that_is_away_is_said_to_be(cast: Cast, settings) -> None:
    settings.SIGN_ON = {"issuer": "http://127.0.0.1:9", "client": CLIENT, "secret": SECRET, "acr": "", "name": "x"}
    client = Client()
    assert gone(client) == "/account/staff/"
    assert "连不上" in client.get("/account/staff/").content.decode()


def test_it_is_off_until_it_is_set_up(cast: Cast) -> None:
    assert "/account/sign-on/" not in Client().get("/account/staff/").content.decode()
    assert Client().get("/account/sign-on/").status_code == 404
    assert Client().get("/account/sign-on/return/").status_code == 404
    with pytest.raises(Refused, match="没有设置"):
        link_sign_on(cast.wang, by=cast.security, subject="3f6c")


def test_security_links_and_unlinks(cast: Cast, service: Provider, sign_in) -> None:
    client, here = sign_in(cast.security), f"/do/account.link_sign_on/{cast.wang.pk}/?room=administration"
    account = f"/desk/administration/accounts/{cast.wang.pk}/"
    assert here in client.get(account).content.decode().replace("&amp;", "&")
    assert client.post(here, {"subject": "3f6c"})["Location"] == account
    link = SignOn.objects.get()
    assert "3f6c" not in str(Entry.objects.latest("seq").event())
    with pytest.raises(NotAllowed):
        link_sign_on(cast.zhao, by=cast.system, subject="9a")
    with pytest.raises(Refused, match="另一个账号"):
        link_sign_on(cast.zhao, by=cast.security, subject="3f6c")
    with pytest.raises(Refused, match="先解除"):
        link_sign_on(cast.wang, by=cast.security, subject="9a")
    with pytest.raises(NotAllowed):
        unlink_sign_on(link, by=cast.wang)
    assert client.post(f"/do/sign_on.unlink/{link.pk}/?room=administration")["Location"] == account
    assert come_in(service)[1] == "/account/staff/"


def test_half_a_service_is_refused_in_production(settings) -> None:
    settings.PRODUCTION = True
    settings.SIGN_ON = {"issuer": "http://sso.example", "client": CLIENT, "secret": "", "acr": "", "name": "x"}
    assert {"yishiting.E010", "yishiting.E011"} <= {one.id for one in whole_configuration()}
