"""The tests: strict, fast hashing, throw-away keys, nothing leaves the machine."""

import secrets
import tempfile
from pathlib import Path

from config.settings.base import *
from config.settings.base import DATABASES

DEBUG = False
DEMO = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECRET_KEY = secrets.token_urlsafe(48)
SEAL_KEYS = ["for tests only"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="yishiting-media-"))
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="yishiting-static-"))
LEDGER_KEY_FILE = MEDIA_ROOT / "ledger.pem"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": None}
