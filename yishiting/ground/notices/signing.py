"""Signing what goes to the gateway and checking what comes from it: HMAC-SHA-256 over time, nonce and body."""

import hashlib
import hmac


def signature(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """The signature in hex of `timestamp \\n nonce \\n body`."""
    return hmac.new(secret.encode(), f"{timestamp}\n{nonce}\n".encode() + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, timestamp: str, nonce: str, body: bytes, offered: str) -> bool:
    """Whether the signature offered is ours; compared in constant time. Nothing is signed without a secret."""
    return bool(secret) and hmac.compare_digest(signature(secret, timestamp, nonce, body).encode(), offered.encode())
