"""What every way of running has in common. Each variable is described in docs/operations/settings.md."""

import os
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.settings.environment import ROOT, THREADS, VAR, database, flag, listed, text, whole

#: What we write, database, attachments, keys, is for the account we run as and nobody else.
os.umask(0o077)

SITE = {
    "name": text("YISHITING_SITE_NAME", "议事厅"),
    "owner": text("YISHITING_SITE_OWNER", "党政群共商共治工程领导小组办公室"),
    "code": text("YISHITING_SITE_CODE"),
    "address": text("YISHITING_ADDRESS", "http://127.0.0.1:8000"),
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "yishiting.ground.common",
    "yishiting.ground.accounts",
    "yishiting.ground.ledger",
    "yishiting.ground.places",
    "yishiting.ground.organisations",
    "yishiting.ground.seasons",
    "yishiting.ground.notices",
    "yishiting.ground.files",
    "yishiting.ground.entrance",
    "yishiting.ground.rezoning",
    "yishiting.instruments.documents",
    "yishiting.instruments.publicity",
    "yishiting.instruments.ballots",
    "yishiting.instruments.funds",
    "yishiting.year.councils",
    "yishiting.year.meetings",
    "yishiting.year.consultations",
    "yishiting.year.dossiers",
    "yishiting.year.suggestions",
    "yishiting.year.proposals",
    "yishiting.year.agreements",
    "yishiting.year.hearings",
    "yishiting.year.visits",
    "yishiting.year.inquiries",
    "yishiting.year.matters",
    "yishiting.year.scoring",
    "yishiting.year.budgeting",
    "yishiting.year.directors",
    "yishiting.year.projects",
    "yishiting.year.spending",
    "yishiting.year.evaluation",
    "yishiting.overview.cycle",
    "yishiting.overview.assessment",
    "yishiting.doors.api",
    "yishiting.doors.commands",
    "yishiting.doors.web.shared",
    "yishiting.doors.web.public",
    "yishiting.doors.web.resident",
    "yishiting.doors.web.representative",
    "yishiting.doors.web.desk",
]

MIDDLEWARE = [
    "yishiting.doors.web.shared.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yishiting.doors.web.shared.middleware.ActorMiddleware",
    "yishiting.doors.web.shared.middleware.NoStoreMiddleware",
    "yishiting.doors.web.shared.middleware.NulByteMiddleware",
    "yishiting.doors.web.shared.middleware.StaffSessionMiddleware",
    "yishiting.doors.web.shared.middleware.ConsentMiddleware",
    "yishiting.doors.web.shared.public_words.PublicWordsMiddleware",
    "yishiting.doors.web.shared.middleware.RefusedPage",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "yishiting.doors.web.shared.templatetags.yishiting_ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "yishiting.doors.web.shared.context.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

WORKERS, THREADS = whole("WORKERS", 2), whole("THREADS", THREADS)
DATABASES = {"default": database(text("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "yishiting.ground.common.shared_cache.SharedCache"}}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/account/sign-in/"
LOCKOUT_ATTEMPTS = 5
LOCKOUT_MINUTES = 15
#: The district's sign-on service for members of staff; off where no issuer is named. See docs/how-to/sign-on.md.
SIGN_ON = {
    "issuer": text("YISHITING_SIGN_ON_ISSUER"),
    "client": text("YISHITING_SIGN_ON_CLIENT"),
    "secret": text("YISHITING_SIGN_ON_SECRET"),
    "acr": text("YISHITING_SIGN_ON_ACR"),
    "name": text("YISHITING_SIGN_ON_NAME", "用统一身份认证登录"),
}
CODES_PER_CLIENT = int(text("YISHITING_CODES_PER_CLIENT", "30"))
IDLE_MINUTES = 30
PROXIES = int(text("YISHITING_PROXIES", "0"))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "yishiting.doors.web.shared.errors.stale_form"

#: Whether real people's matters are kept here: then nothing may be half configured (doors/commands/checks.py).
PRODUCTION = False
BEHIND_PLAIN_HTTP = False

SEALER = "yishiting.ground.common.secrets.Sealer"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "yishiting" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
#: Where each unit stands on the cartogram of its district (code,name,column,row); another layout is another table.
PLACE_TILES = text("YISHITING_TILES", str(ROOT / "yishiting" / "ground" / "places" / "data" / "chaoyang_tiles.csv"))
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
UPLOAD_MAX_BYTES = 20_000_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF, *listed("YISHITING_EMBED_IN")],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("SMTP_HOST", "localhost")
EMAIL_PORT = int(text("SMTP_PORT", "25"))
EMAIL_HOST_USER = text("SMTP_USER")
EMAIL_HOST_PASSWORD = text("SMTP_PASSWORD")
EMAIL_USE_TLS = flag("SMTP_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("YISHITING_MAIL_FROM", "yishiting@localhost")
SMS_GATEWAY = text("SMS_GATEWAY", "yishiting.ground.notices.gateways.OutboxGateway")
SMS_GATEWAY_URL = text("SMS_GATEWAY_URL")
SMS_GATEWAY_KEY = text("SMS_GATEWAY_KEY")
SMS_GATEWAY_SECRET = text("SMS_GATEWAY_SECRET")

#: Where a message leads: only the doors know addresses.
MESSAGE_PAGES = "yishiting.doors.common.message_pages.message_page"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LEDGER_KEY_FILE = VAR / "keys" / "ledger.pem"

JSON_LOG = flag("YISHITING_JSON_LOG")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "yishiting.ground.common.json_log.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", **({"formatter": "json"} if JSON_LOG else {})}},
    "root": {"handlers": ["console"], "level": text("YISHITING_LOG_LEVEL", "WARNING")},
}
