"""The demo and everyday development: keys are made on first use and kept in the data folder."""

import secrets

from config.settings.base import *
from config.settings.base import STATIC_ROOT
from config.settings.environment import VAR


def kept_key(name: str) -> str:
    """A random key made once for this installation."""
    path = VAR / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf8")
    return path.read_text(encoding="utf8")


DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = kept_key("secret_key")
SEAL_KEYS = [kept_key("seal_key")]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
WHITENOISE_USE_FINDERS = True
DEMO = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
