"""The demo: keys are made on first use and kept in the data folder, codes are shown, nothing leaves the machine."""

import secrets

from config.settings.base import *
from config.settings.base import STATIC_ROOT
from config.settings.environment import VAR
from yishiting.ground.common.keyfiles import EmptyKeyFile, kept_key


def own_key(name: str) -> str:
    """A random key made once for this installation."""
    try:
        return kept_key(VAR / "keys" / name, lambda: secrets.token_urlsafe(48).encode()).decode()
    except EmptyKeyFile as trouble:
        raise SystemExit(str(trouble)) from None


DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = own_key("secret_key")
SEAL_KEYS = [own_key("seal_key")]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
WHITENOISE_USE_FINDERS = True
DEMO = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
