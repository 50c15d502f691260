"""The key that signs the day: made once at installation, readable by the service alone."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from yishiting.ground.common.keyfiles import EmptyKeyFile, kept_key
from yishiting.ground.common.refused import Refused


def signing_key() -> Ed25519PrivateKey:
    """The installation's Ed25519 key; made on first use. Refused when the file cannot be used."""
    path = settings.LEDGER_KEY_FILE
    try:
        key = serialization.load_pem_private_key(kept_key(path, _new_key), password=None)
    except EmptyKeyFile as trouble:
        raise Refused(str(trouble)) from None
    except (ValueError, TypeError):
        raise Refused(_("签名密钥文件 %(path)s 读不出来。请从备份恢复它。") % {"path": path}) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused(_("签名密钥文件 %(path)s 里不是存证用的密钥。请从备份恢复它。") % {"path": path})
    return key


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half, in hex, as it is printed on the notice board."""
    return key.public_key().public_bytes_raw().hex()
