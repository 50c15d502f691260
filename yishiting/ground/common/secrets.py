"""Sealing personal data: AES-GCM for what must be read again, a keyed hash for what is only looked up.

Keys come from the settings; the first of `SEAL_KEYS` seals, all of them unseal, so a key can be changed.
Another provider (for example SM4 and SM3) replaces `Sealer` by the setting `SEALER`.
"""

import base64
import functools
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

NONCE = 12


class Sealer:
    """AES-256-GCM with a fresh nonce; the text `1.` and base64 of nonce and ciphertext."""

    def __init__(self, keys: list[bytes]) -> None:
        self.ciphers = [AESGCM(hashlib.sha256(b"seal:" + key).digest()) for key in keys]
        self.hash_key = hashlib.sha256(b"look-up:" + keys[-1]).digest()

    def seal(self, text: str) -> str:
        """The sealed form of a text; an empty text stays empty."""
        if not text:
            return ""
        nonce = os.urandom(NONCE)
        return "1." + base64.b64encode(nonce + self.ciphers[0].encrypt(nonce, text.encode(), None)).decode()

    def unseal(self, sealed: str) -> str:
        """The text again. Raises ValueError when no key opens it."""
        if not sealed:
            return ""
        raw = base64.b64decode(sealed.removeprefix("1."))
        for cipher in self.ciphers:
            try:
                return cipher.decrypt(raw[:NONCE], raw[NONCE:], None).decode()
            except InvalidTag:
                continue
        raise ValueError("no key opens this text")

    def look_up(self, text: str) -> str:
        """A keyed hash (HMAC-SHA-256, hex) that finds equal texts without revealing them."""
        return hmac.new(self.hash_key, text.encode(), hashlib.sha256).hexdigest() if text else ""


@functools.cache
def sealer() -> Sealer:
    """The provider named in the settings."""
    provider: Sealer = import_string(settings.SEALER)([key.encode() for key in settings.SEAL_KEYS])
    return provider


class SealedField(models.TextField):  # type: ignore[type-arg]  # generic only for the stubs
    """A text stored sealed and read plain. It cannot be searched; keep a look-up hash beside it."""

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Plain text from the database's sealed one."""
        return sealer().unseal(value) if value else value

    def get_prep_value(self, value: str | None) -> str | None:
        """Sealed text for the database."""
        return sealer().seal(value) if value else value
