"""The key that signs the day: made once at installation, readable by the service alone."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def signing_key() -> Ed25519PrivateKey:
    """The installation's Ed25519 key; made on first use."""
    path = settings.LEDGER_KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(
            Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the ledger is signed with an Ed25519 key")
    return key


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half, in hex, as it is printed on the notice board."""
    return key.public_key().public_bytes_raw().hex()
