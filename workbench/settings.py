"""Settings of the workbench, read from the environment and safe by default.

DEBUG=1              development: demo accounts are allowed, cookies travel over plain HTTP. Only `make run` sets it.
SECRET_KEY           needed unless DEBUG; the workbench refuses to start without it.
ALLOWED_HOSTS        host names, separated by commas.
DATABASE_URL         postgres://… for PostgreSQL; otherwise SQLite in DATA_DIR.
DATA_DIR             where workbench.sqlite3 lies; default: data/ beside manage.py.
STATIC_ROOT          where `collectstatic` puts styles and scripts; default: staticfiles/ beside manage.py.
PUBLISHER_NAME       who answers for published verdicts; ClaimReview names it. PUBLISHER_URL: its address, https://… or http://…
CORRECTIONS_CONTACT  how readers ask for a correction of a verdict whose story has no page: words or an address of mail.
FETCH_PAGES=1        pages of the public internet may be read by their address; off by default.
CONTACT              an address of yours, told to the servers whose pages are read: https://… or a mail address.
CELERY_BROKER_URL    redis://… for workers on several machines (workbench/celery.py); without it manage.py work does it.
BEHIND_PROXY=1       a proxy of your own stands before it: believe its X-Forwarded-Proto, -For and X-Request-ID.
METRICS_TOKEN        figures for Prometheus at /metrics for whoever sends it: 20 characters or more; off without.
LOG_FORMAT           json: a line for each request and warning; plain: warnings alone. Default: json, with DEBUG plain.
SLOW_QUERY_MS        log queries that take so many milliseconds or longer; default 1000, 0 for none.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").resolve()
DEBUG = os.environ.get("DEBUG", "").lower() in {"1", "true", "yes"}

BEHIND_PROXY = bool(os.environ.get("BEHIND_PROXY"))

PUBLISHER_NAME = os.environ.get("PUBLISHER_NAME", "").strip()
PUBLISHER_URL = os.environ.get("PUBLISHER_URL", "").strip()
if PUBLISHER_URL and not PUBLISHER_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("PUBLISHER_URL is no address of a page: it begins with https:// or http://.")
CORRECTIONS_CONTACT = os.environ.get("CORRECTIONS_CONTACT", "").strip()

FETCH_PAGES = os.environ.get("FETCH_PAGES", "").lower() in {"1", "true", "yes"}
CONTACT = os.environ.get("CONTACT", "").strip()
if not (CONTACT.isascii() and CONTACT.isprintable()):
    raise ImproperlyConfigured("CONTACT has to be an address in plain ASCII, such as https://desk.example.org/contact.")

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "").strip()
# How often Celery's beat has waiting jobs looked up, in seconds.
LOOK_FOR_JOBS_EVERY = 5.0

METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "").strip()
if METRICS_TOKEN and (len(METRICS_TOKEN) < 20 or not (METRICS_TOKEN.isascii() and METRICS_TOKEN.isprintable())):
    raise ImproperlyConfigured("METRICS_TOKEN is too short or not plain ASCII: give it 20 random characters or more.")
if METRICS_TOKEN and find_spec("prometheus_client") is None:
    raise ImproperlyConfigured(
        "METRICS_TOKEN turns figures for Prometheus on, and their library is missing: "
        "pip install -r requirements-extra.txt"
    )
LOG_FORMAT = os.environ.get("LOG_FORMAT", "").strip().lower() or ("plain" if DEBUG else "json")
if LOG_FORMAT not in {"json", "plain"}:
    raise ImproperlyConfigured("LOG_FORMAT has to be json or plain.")
_slow = os.environ.get("SLOW_QUERY_MS", "").strip() or "1000"
if not (_slow.isascii() and _slow.isdigit() and len(_slow) < 10):
    raise ImproperlyConfigured("SLOW_QUERY_MS has to be a number of milliseconds, such as 1000, or 0 for none.")
SLOW_QUERY_MS = int(_slow)

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give the workbench a long random one in the environment variable SECRET_KEY, "
            "or set DEBUG=1 for development on your own machine."
        )
    SECRET_KEY = "development-only-" + "0" * 40

ALLOWED_HOSTS = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS if "*" not in host]
if DEBUG and not ALLOWED_HOSTS:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "claims.apps.ClaimsConfig",
    "claims.apps.WorkbenchAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "claims.web.probes.ProbeMiddleware",
    "claims.web.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # adds random bytes, so that lengths tell nothing of the secrets within
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "claims.web.private.PrivateMiddleware",
    "claims.web.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "workbench.urls"
WSGI_APPLICATION = "workbench.wsgi.application"
ASGI_APPLICATION = "workbench.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claims.web.navigation.navigation",
            ],
        },
    }
]

# SQLite as measured in docs/adr/0008-sqlite.md: readers never wait for a writer, writers wait their turn instead of
# failing, and what was answered "saved" is on the disk. Deleted content is overwritten, so that a withdrawn text does
# not linger in free pages. What a query sorts is kept in memory up to the size of the cache, then in a file: the
# default of SQLite, so that memory does not grow with what is exported.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON; PRAGMA cache_size=-16000;",
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'workbench.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
    raise ImproperlyConfigured(
        "DATABASE_URL has to begin with postgres:// or sqlite://: the workbench runs on these two databases only."
    )
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql" and find_spec("psycopg") is None:
    raise ImproperlyConfigured(
        "DATABASE_URL names a PostgreSQL database, and its driver is missing: pip install -r requirements-extra.txt"
    )
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    if str(DATABASES["default"]["NAME"]).startswith(str(DATA_DIR)):
        DATA_DIR.mkdir(parents=True, exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_USER_MODEL = "claims.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "front"
LOGOUT_REDIRECT_URL = "front"

# Ten failures lock the account name or the address, whichever comes first, for a quarter of an hour.
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_COOLOFF_TIME = 0.25
AXES_CLIENT_IP_CALLABLE = "claims.network_address.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
DATETIME_FORMAT = "j M Y, H:i"
DATE_FORMAT = "j M Y"

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or BASE_DIR / "staticfiles")
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
CSRF_FAILURE_VIEW = "claims.web.refusals.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# A form is a handful of fields; anything larger than this is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# As many as a ZIP may hold (claims/ingest/readers/limits.py).
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# Requests a minute: with a token, without one from one address, and with tokens that are not good.
API_LIMITS = {"token": 600, "address": 60, "failed": 20}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["claims.api.authentication.TokenAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.json_body.JsonBody"],
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.Operation",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "claims.api.problems.answer_exception",
    "URL_FORMAT_OVERRIDE": None,
    "UNICODE_JSON": True,
    "COMPACT_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Claim workbench",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "PREPROCESSING_HOOKS": ["claims.api.schema.only_the_api"],
    "POSTPROCESSING_HOOKS": ["claims.api.schema.finished"],
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "claims.telemetry.log_lines.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
if LOG_FORMAT == "json":
    LOGGING["handlers"]["console"]["formatter"] = "json"
    LOGGING["loggers"] = {
        "claims.web.request_log": {"level": "INFO"},
        # Its own handlers would say the same again, in words that may hold addresses.
        "django": {"handlers": [], "level": "WARNING"},
        # What was refused stands in the line of its request.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    }
