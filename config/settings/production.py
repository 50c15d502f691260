"""Production: refuses to start half configured, and says what is missing; doors/commands/checks.py looks at the rest."""

from typing import NoReturn

from config.settings.base import *
from config.settings.environment import flag, listed, text


def missing(name: str) -> NoReturn:
    """Without this variable the service must not run."""
    raise SystemExit(f"请先设置环境变量 {name}，说明见 docs/operations/settings.md。")


def needed(name: str) -> str:
    """The value of a variable."""
    return text(name) or missing(name)


def all_needed(name: str) -> list[str]:
    """The values of a variable that holds several; an empty one, as after a last comma, is none."""
    return listed(name) or missing(name)


DEBUG = False
DEMO = False
PRODUCTION = True
SECRET_KEY = needed("YISHITING_SECRET_KEY")
SEAL_KEYS = all_needed("YISHITING_SEAL_KEYS")
ALLOWED_HOSTS = all_needed("YISHITING_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]
PROXIES = int(text("YISHITING_PROXIES", "1"))
BEHIND_PLAIN_HTTP = flag("YISHITING_BEHIND_PLAIN_HTTP")
SECURE_SSL_REDIRECT = not BEHIND_PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not BEHIND_PLAIN_HTTP
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
