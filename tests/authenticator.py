"""A key in software, as a browser would ask it: it makes a pair of keys, and signs what it is asked."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HERE = "http://testserver"
PRESENT = AuthenticatorData.FLAG.UP


@dataclass
class Key:
    """One key; it answers for this origin and counts how often it has signed."""

    origin: str = HERE
    host: str = "testserver"
    uses: int = 0
    name: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    pair: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> str:
        """The answer to `navigator.credentials.create`."""
        made = AttestedCredentialData.create(
            Aaguid.NONE, self.name, ES256.from_cryptography_key(self.pair.public_key())
        )
        data = self._data(PRESENT | AuthenticatorData.FLAG.AT, made)
        words = self._words(options, CollectedClientData.TYPE.CREATE)
        return self._told(words, attestationObject=AttestationObject.create("none", data, {}))

    def sign(self, options: str) -> str:
        """The answer to `navigator.credentials.get`."""
        self.uses += 1
        data, words = self._data(PRESENT), self._words(options, CollectedClientData.TYPE.GET)
        signature = self.pair.sign(bytes(data) + words.hash, ec.ECDSA(SHA256()))
        return self._told(words, authenticatorData=data, signature=signature)

    def _data(self, flags: Any, made: AttestedCredentialData | None = None) -> AuthenticatorData:
        return AuthenticatorData.create(sha256(self.host.encode()).digest(), flags, self.uses, made or b"")

    def _words(self, options: str, kind: str) -> CollectedClientData:
        challenge = websafe_decode(json.loads(options)["publicKey"]["challenge"])
        return CollectedClientData.create(kind, challenge, self.origin)

    def _told(self, words: CollectedClientData, **parts: bytes) -> str:
        response = {name: websafe_encode(bytes(part)) for name, part in {"clientDataJSON": words, **parts}.items()}
        name = websafe_encode(self.name)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
