"""What the machine decides: database, keys, addresses, folders. Every other parameter lives with the part it tunes.

| variable | meaning | default |
| --- | --- | --- |
| DATABASE_URL | PostgreSQL with PostGIS | the private cluster in `var/cluster` |
| OPPIDUM_VAR | folder for what the running system writes | `var/` beside the package |
| OPPIDUM_LAKE | folder of the lake: closed months as Parquet files (docs/how-to/read-the-lake.md) | OPPIDUM_VAR/lake |
| OPPIDUM_SECRET_KEY | signs sessions and links | generated once in OPPIDUM_VAR |
| OPPIDUM_URL | public address, used in mails | http://127.0.0.1:8000 |
| OPPIDUM_HOSTS | host names answered, comma separated | 127.0.0.1, localhost and OPPIDUM_URL's |
| OPPIDUM_PROXIES | how many trusted proxies stand in front (X-Forwarded-For) | 0 |
| OPPIDUM_SMTP | smtp://user:password@host:port or smtps://... | mails are written to OPPIDUM_VAR/mail |
| OPPIDUM_MAIL_FROM | sender of the mails | ne-pas-repondre@localhost |
| OPPIDUM_MAIL_REPLY_TO | where an answer to a mail goes | none |
| OPPIDUM_MAIL_BOUNCES | where notices of delivery come back: rebonds@host takes rebonds+TOKEN@host | none: mails that come back are not known |
| OPPIDUM_SMS | https://… of the operator that takes text messages (docs/how-to/send-text-messages.md) | they are written to OPPIDUM_VAR/sms |
| OPPIDUM_SMS_KEY | the key that opens it | none |
| OPPIDUM_SMS_FROM | sender of the text messages, 11 letters and digits at most, or a number | Oppidum |
| OPPIDUM_SMS_BACK | the key with which the operator reports at /sms/reports and /sms/answers | none: no news of them, and STOP isn't heard |
| OPPIDUM_MAILDIR | Maildir folder from which the worker reads what came back | none: `oppidum mail receive` from a pipe |
| OPPIDUM_SCANNER | ClamAV's daemon: tcp://host:3310 or unix:///run/clamav/clamd.ctl | none: files are not examined, and the pages say so |
| OPPIDUM_TILES | base tiles of the maps, https://host/{z}/{x}/{y}.png | none: outlines and names |
| OPPIDUM_SOURCE | where the source code of this installation is offered (AGPL, section 13) | on request |
| OPPIDUM_PAYMENTS | payfip:CLIENT:W (T test, X activation, W production), simulated (never in production), or none | simulated at 127.0.0.1, else none |
| OPPIDUM_RULES | TOML file with the metropolis' own delays, amounts and quotas (docs/reference/clocks.md) | those of the declarations |
| OPPIDUM_HOLIDAYS | region whose public holidays count: alsace-moselle, reunion... (`core/calendar/days.py`) | those of all France |
| OPPIDUM_DEBUG | 1 for developers' error pages | off |
"""

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, SELF

from oppidum.core.cluster import private_cluster
from oppidum.core.packages import translation_folders
from oppidum.core.secret import secret_key

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("OPPIDUM_VAR", ROOT / "var"))
LAKE = Path(os.environ.get("OPPIDUM_LAKE", VAR / "lake"))
DEBUG = os.environ.get("OPPIDUM_DEBUG") == "1"
SECRET_KEY = os.environ.get("OPPIDUM_SECRET_KEY") or secret_key(VAR)
PUBLIC_URL = os.environ.get("OPPIDUM_URL", "http://127.0.0.1:8000").rstrip("/")
TRUSTED_PROXIES = int(os.environ.get("OPPIDUM_PROXIES", "0"))

_hosts = os.environ.get("OPPIDUM_HOSTS")
ALLOWED_HOSTS = _hosts.split(",") if _hosts else ["127.0.0.1", "localhost", urlsplit(PUBLIC_URL).hostname]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
SESSION_COOKIE_HTTPONLY = True
if PUBLIC_URL.startswith("https:"):
    # A browser that once came by TLS comes by no other way. TLS ends at a trusted proxy, which says so in this header.
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "oppidum.core",
    "oppidum.territory",
    "oppidum.people",
    "oppidum.bookings",
    "oppidum.cases",
    "oppidum.communes",
    "oppidum.bodies",
    "oppidum.payments",
    "oppidum.voting",
    "oppidum.figures",
    "oppidum.publishing",
    "oppidum.privacy",
    "oppidum.services",
    "oppidum.rehearsal",
    "oppidum.interfaces",
    "oppidum.interfaces.open311",
    "oppidum.interfaces.partners",
    "oppidum.web",
    "oppidum.web.portal",
    "oppidum.web.desk",
    "oppidum.web.bodies",
    "oppidum.web.bookings",
    "oppidum.web.pay",
    "oppidum.web.papers",
    "oppidum.web.lists",
    "oppidum.web.figures",
    "oppidum.web.dashboards",
    "oppidum.web.key_figures",
    "oppidum.web.data",
    "oppidum.web.privacy",
    "oppidum.web.partners",
    "oppidum.web.projects",
    "oppidum.web.registers",
    "oppidum.web.communes",
    "oppidum.web.votes",
    "oppidum.web.rehearsing",
    "oppidum.web.report",
    "oppidum.operations",
]

MIDDLEWARE = [
    "oppidum.interfaces.direct.DirectMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "oppidum.web.language.LanguageMiddleware",
    "oppidum.web.sizes.RequestSizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "oppidum.web.errors.RefusalMiddleware",
]

ROOT_URLCONF = "oppidum.urls"
CSRF_FAILURE_VIEW = "oppidum.web.errors.csrf_failure"
WSGI_APPLICATION = "oppidum.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Officer"
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:inbox"
LOGOUT_REDIRECT_URL = "portal:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oppidum.web.context.house",
            ],
            "builtins": [
                "oppidum.web.templatetags.components",
                "oppidum.web.templatetags.communes",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or private_cluster(VAR).url("oppidum"),
        engine="django.contrib.gis.db.backends.postgis",
        conn_max_age=600,
    )
}
# The engines' hot statements are bound by the server and prepared after their fifth use (core/sql.py).
DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 5

# Debian 12 has GDAL 3.6; it only ever reads files that an operator names on the command line.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = translation_folders()
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [VAR / "vendor"]
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# An uploaded photo is read once, checked and re-encoded; nothing larger than this reaches a view.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

MAP_TILES = os.environ.get("OPPIDUM_TILES", "")
SOURCE_URL = os.environ.get("OPPIDUM_SOURCE", "")
_tiles_host = ["{0.scheme}://{0.netloc}".format(urlsplit(MAP_TILES))] if MAP_TILES else []

_local = urlsplit(PUBLIC_URL).hostname in ("127.0.0.1", "localhost")
PAYMENTS = os.environ.get("OPPIDUM_PAYMENTS", "simulated" if _local else "").replace("none", "")
_payment_host = ["https://www.payfip.gouv.fr"] if PAYMENTS.startswith("payfip:") else []

# Accounts elsewhere with which residents may come: docs/how-to/accounts-elsewhere.md.
_oidc = os.environ.get("OPPIDUM_OIDC")
OIDC = tomllib.loads(Path(_oidc).read_text(encoding="utf-8")) if _oidc else {}
_oidc_hosts = sorted({"{0.scheme}://{0.netloc}".format(urlsplit(held["issuer"])) for held in OIDC.values()})

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_tiles_host],
        "connect-src": [SELF, *_tiles_host],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "frame-ancestors": ["'none'"],
        # A browser holds the page where a sent form is led on to this rule too.
        "form-action": [SELF, *_payment_host, *_oidc_hosts],
    }
}

_smtp = os.environ.get("OPPIDUM_SMTP")
if _smtp:
    _parts = urlsplit(_smtp)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _parts.hostname, _parts.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _parts.username or "", _parts.password or ""
    EMAIL_USE_SSL = _parts.scheme == "smtps"
    EMAIL_USE_TLS = _parts.scheme == "smtp" and bool(_parts.username)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("OPPIDUM_MAIL_FROM", "Oppidum <ne-pas-repondre@localhost>")
MAIL_REPLY_TO = os.environ.get("OPPIDUM_MAIL_REPLY_TO", "")
MAIL_BOUNCES = os.environ.get("OPPIDUM_MAIL_BOUNCES", "")
SMS_GATEWAY = os.environ.get("OPPIDUM_SMS", "")
SMS_FOLDER = VAR / "sms"
SMS_KEY = os.environ.get("OPPIDUM_SMS_KEY", "")
SMS_FROM = os.environ.get("OPPIDUM_SMS_FROM", "Oppidum")
SMS_BACK = os.environ.get("OPPIDUM_SMS_BACK", "")
MAILDIR = os.environ.get("OPPIDUM_MAILDIR", "")
SCANNER = os.environ.get("OPPIDUM_SCANNER", "")
# The worker (oppidum procrastinate worker): mails wait for their server in one thread while the other goes on.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "delete_jobs": "successful", "shutdown_graceful_timeout": 8.0}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_keys": {"()": "oppidum.core.logs.Formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_keys"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"oppidum": {"level": "INFO"}},
}
