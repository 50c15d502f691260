"""Passkeys and hardware keys (WebAuthn) through python-fido2, which is loaded only where it is used.

The state of a ceremony, its challenge, waits in the session; the answer is what the browser's key signed.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings

from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.models import Passkey


@dataclass(frozen=True, slots=True)
class Site:
    """Where the person is: a key signs for this host and this origin alone."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What a key was asked, and what it answered."""

    site: Site
    state: dict[str, Any] | None
    answer: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A new key: its public part, a hash of its name, how often it has signed."""

    credential: str
    credential_hash: str
    uses: int


def begin_adding(person: Person, site: Site) -> tuple[str, dict[str, Any]]:
    """What the browser is told so that it makes a key for this person, and the state to keep."""
    user: Any = {"id": person.pk.bytes, "name": str(person.login), "displayName": str(person)}
    options, state = _server(site).register_begin(user, _known(person), user_verification=_preferred())
    return json.dumps(dict(options)), state


def begin_entering(person: Person, site: Site) -> tuple[str, dict[str, Any]]:
    """What the browser is told so that one of this person's keys signs, and the state to keep."""
    options, state = _server(site).authenticate_begin(_known(person), user_verification=_preferred())
    return json.dumps(dict(options)), state


def registered(ceremony: Ceremony) -> Registered | None:
    """The new key, if the answer is one to what was asked."""
    answer = _read(ceremony.answer)
    if ceremony.state is None or answer is None:
        return None
    try:
        made = _server(ceremony.site).register_complete(ceremony.state, answer)
    except (ValueError, KeyError, TypeError):
        return None
    if made.credential_data is None:
        return None
    kept, name = bytes(made.credential_data), made.credential_data.credential_id
    return Registered(b64encode(kept).decode(), sha256(name).hexdigest(), made.counter)


def signed(person: Person, ceremony: Ceremony) -> tuple[Passkey, int] | None:
    """Which of the person's keys signed what was asked, and how often it has signed; None when none did.

    A key that counts must have counted on: a lower number comes from a copy of it.
    """
    answer = _read(ceremony.answer)
    if ceremony.state is None or answer is None:
        return None
    try:
        used = _server(ceremony.site).authenticate_complete(ceremony.state, _known(person), answer)
        uses = _uses(answer)
    except (ValueError, KeyError, TypeError):
        return None
    key = person.passkeys.filter(credential_hash=sha256(used.credential_id).hexdigest(), removed_at=None).first()
    return None if key is None or ((uses or key.uses) and uses <= key.uses) else (key, uses)


def _uses(answer: dict[str, Any]) -> int:
    from fido2.webauthn import AuthenticationResponse

    return AuthenticationResponse.from_dict(answer).response.authenticator_data.counter


def _known(person: Person) -> list[Any]:
    from fido2.webauthn import AttestedCredentialData

    rows = person.passkeys.filter(removed_at=None)
    return [AttestedCredentialData(b64decode(one.credential)) for one in rows]


def _server(site: Site) -> Any:
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    house = PublicKeyCredentialRpEntity(id=site.host, name=str(settings.SITE["name"]))
    return Fido2Server(house, verify_origin=lambda origin: origin == site.origin)


def _preferred() -> Any:
    """The password was the first factor: a PIN or a finger besides is welcome and not demanded."""
    from fido2.webauthn import UserVerificationRequirement

    return UserVerificationRequirement.PREFERRED


def _read(answer: str) -> dict[str, Any] | None:
    try:
        told = json.loads(answer)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
