"""Production: refuses to start half configured, and says what is missing."""

import os

from config.settings.base import *
from config.settings.environment import flag, listed


def needed(name: str) -> str:
    """A variable without which the service must not run."""
    value = os.environ.get(name, "")
    if not value:
        raise SystemExit(f"请先设置环境变量 {name}，说明见 docs/operations/settings.md。")
    return value


DEBUG = False
DEMO = False
SECRET_KEY = needed("YISHITING_SECRET_KEY")
SEAL_KEYS = needed("YISHITING_SEAL_KEYS").split(",")
ALLOWED_HOSTS = listed("YISHITING_HOSTS") or [needed("YISHITING_HOSTS")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = not flag("YISHITING_BEHIND_PLAIN_HTTP")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not flag("YISHITING_BEHIND_PLAIN_HTTP")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
