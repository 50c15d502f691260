"""The district's sign-on service (OpenID Connect): authorization code with PKCE, state and nonce, signed ID token.

Nothing is asked of the service while a transaction is open, and nothing of it is kept but issuer and subject.
"""

import http.client
import json
import secrets
import urllib.error
import urllib.request
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.refused import Refused

TIMEOUT = 10.0
ANSWER_MOST = 200_000
LEEWAY = 60
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
CLAIMS = ["iss", "sub", "aud", "exp", "iat"]
HERE = ("localhost", "127.0.0.1", "::1")
AWAY = _("统一登录服务现在连不上，请过一会儿再试，或用登录名和密码登录。")
UNSOUND = _("统一登录没有通过，请重新登录一次。还不行的话，请告诉系统管理员。")


@dataclass(frozen=True, slots=True)
class Provider:
    """The service, as the settings name it, and who we are to it."""

    issuer: str
    client: str
    secret: str
    acr: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits in the session while the person is at the service."""

    state: str
    nonce: str
    verifier: str


def provider() -> Provider | None:
    """The service of this installation; None where none is set up."""
    told = settings.SIGN_ON
    return Provider(told["issuer"], told["client"], told["secret"], told["acr"]) if told["issuer"] else None


def begin(service: Provider, back: str) -> tuple[str, dict[str, str]]:
    """The address at the service to which the person goes, and what to keep meanwhile."""
    asked = Asked(*(secrets.token_urlsafe(32) for _n in range(3)))
    digest = sha256(asked.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": service.client,
        "redirect_uri": back,
        "scope": "openid",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        **({"acr_values": service.acr} if service.acr else {}),
    }
    address = _described(service)["authorization_endpoint"]
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(query)}", asdict(asked)


def finish(service: Provider, kept: Mapping[str, str] | None, told: Mapping[str, str], back: str) -> str:
    """The subject of whoever comes back from the service. Raises Refused when anything about it is not as it should be."""
    asked = Asked(**kept) if kept else None
    if asked is None or not secrets.compare_digest(told.get("state", "").encode(), asked.state.encode()):
        raise Refused(UNSOUND)
    if told.get("iss", service.issuer) != service.issuer or not told.get("code"):
        raise Refused(UNSOUND)
    described = _described(service)
    token = _exchange(service, described["token_endpoint"], told["code"], asked.verifier, back)
    return _subject(service, token, _read(described["jwks_uri"]), asked.nonce)


def _subject(service: Provider, token: str, keys: Any, nonce: str) -> str:
    """Whom a sound ID token means: signed by the service, for us, in answer to what we asked just now."""
    import jwt

    try:
        kid = jwt.get_unverified_header(token).get("kid")
        known = [one for one in jwt.PyJWKSet.from_dict(keys).keys if kid in (None, one.key_id)]
        if len(known) != 1:
            raise Refused(UNSOUND)
        claims = jwt.decode(
            token,
            known[0],
            algorithms=ALGORITHMS,
            audience=service.client,
            issuer=service.issuer,
            leeway=LEEWAY,
            options={"require": CLAIMS},
        )
    except (jwt.PyJWTError, AttributeError, TypeError):
        raise Refused(UNSOUND) from None
    if not _is_ours(service, claims, nonce):
        raise Refused(UNSOUND)
    return str(claims["sub"])


def _is_ours(service: Provider, claims: Mapping[str, Any], nonce: str) -> bool:
    """In answer to our question, for us alone or by us, and as strongly as we ask."""
    answers = secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode())
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    by_us = claims.get("azp", None if several else service.client) == service.client
    return answers and by_us and (not service.acr or claims.get("acr") == service.acr)


def _described(service: Provider) -> dict[str, str]:
    """What the service says of itself; it must be the one we mean."""
    told = _read(f"{service.issuer.rstrip('/')}/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not isinstance(told, dict) or told.get("issuer") != service.issuer or not all(told.get(one) for one in wanted):
        raise Refused(AWAY)
    return {one: _safe(str(told[one])) for one in wanted}


def _exchange(service: Provider, address: str, code: str, verifier: str, back: str) -> str:
    """The ID token for the code the person brought."""
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
        "client_id": service.client,
    }
    who = f"{quote(service.client, safe='')}:{quote(service.secret, safe='')}".encode()
    told = _read(address, urlencode(asked).encode(), {"Authorization": f"Basic {b64encode(who).decode()}"})
    return str(told.get("id_token", "")) if isinstance(told, dict) else ""


def _read(address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Any:
    request = urllib.request.Request(  # noqa: S310  # `_safe` has looked at it
        _safe(address), body, {"Accept": "application/json", **(headers or {})}
    )
    try:
        with urllib.request.build_opener(StayHere).open(request, timeout=TIMEOUT) as answer:
            return json.loads(answer.read(ANSWER_MOST))
    except urllib.error.HTTPError:
        raise Refused(UNSOUND if body else AWAY) from None
    except (OSError, ValueError, http.client.HTTPException):
        raise Refused(AWAY) from None


class StayHere(urllib.request.HTTPRedirectHandler):
    """The secret goes to the service and nowhere it may point to."""

    def redirect_request(self, *_args: object) -> None:
        """Never."""


def _safe(address: str) -> str:
    """Over an encrypted connection, or to this machine itself."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
        raise Refused(AWAY)
    return address
