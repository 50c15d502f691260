"""Secrets that are shown on the next page and never again: first passwords, tokens. Sealed while they wait."""

from yishiting.doors.web.shared.requests import Request
from yishiting.ground.common.secrets import sealer

KEY = "shown_once"


def keep(request: Request, text: str) -> None:
    """Keep a secret for the page one is led to."""
    request.session[KEY] = sealer().seal(text)


def take(request: Request) -> str:
    """The secret to show now, if there is one; it is gone afterwards."""
    return sealer().unseal(request.session.pop(KEY, ""))
