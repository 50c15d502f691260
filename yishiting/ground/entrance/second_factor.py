"""Time-based one-time passwords (RFC 6238) through pyotp; a code works once."""

import pyotp
from django.utils import timezone

from yishiting.ground.common.reading import plain

STEP = 30
ISSUER = "议事厅"


def new_secret() -> str:
    """A fresh secret for an authenticator."""
    return pyotp.random_base32()


def address(secret: str, login: str) -> str:
    """The address an authenticator reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def step_of(secret: str, code: str, *, after: int) -> int | None:
    """The time step whose code this is, within one step of now and later than the last used; None when wrong."""
    now = int(timezone.now().timestamp()) // STEP
    totp, typed = pyotp.TOTP(secret), plain(code)
    for step in (now - 1, now, now + 1):
        if step > after and pyotp.utils.strings_equal(totp.at(step * STEP), typed):
            return step
    return None
