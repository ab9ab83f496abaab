"""Settings. What differs between installations comes from the environment; docs/deploy.md lists it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import dj_database_url

from accreditation_engine.closed_files import closed_database, closed_folder
from accreditation_engine.file_store import file_store
from accreditation_engine.secrets import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = closed_folder(Path(os.environ.get("VAR_DIR", BASE_DIR / "var")))

# The address under which people reach the site. https switches on everything that needs it.
SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"

DEBUG = os.environ.get("DEBUG") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY") or secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = [_site.hostname or "127.0.0.1", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "accreditation_engine.trail",
    "accreditation_engine.engine",
    "accreditation_engine.uploads",
    "accreditation_engine.organisations",
    "accreditation_engine.dossiers",
    "accreditation_engine.reviews",
    "accreditation_engine.decisions",
    "accreditation_engine.certificates",
    "accreditation_engine.complaints",
    "accreditation_engine.portal",
    "accreditation_engine.portal.administration",
    "accreditation_engine.api",
    "accreditation_engine.demo",
    # After the portal, whose templates stand before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accreditation_engine.portal.compressed.PagesCompressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "accreditation_engine.api.problems.as_problems",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page asks who is there; those for strangers say so themselves.
    "accreditation_engine.portal.middleware.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "accreditation_engine.portal.account.second_factor.SecondFactor",
    "accreditation_engine.portal.account.last_seen.last_seen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accreditation_engine.portal.interests.closed.ClosedFiles",
    "accreditation_engine.portal.edition_unusable.ToldInWords",
    "accreditation_engine.portal.auditor.looked_at.looked_at",
    "accreditation_engine.portal.unchanged.known_by_content",
    "accreditation_engine.portal.middleware.content_security_policy",
    "accreditation_engine.portal.middleware.kept_by_nobody",
    "accreditation_engine.portal.session_ended.middleware.typed_given_back",
]

ROOT_URLCONF = "accreditation_engine.urls"
WSGI_APPLICATION = "accreditation_engine.wsgi.application"

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
                "accreditation_engine.portal.context.site",
            ],
        },
    }
]

# One writer at a time is what SQLite can do: a transaction that will write says so from its first statement
# on (IMMEDIATE), instead of finding out half-way that somebody else was faster.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
    closed_database(Path(DATABASES["default"]["NAME"]))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
CSRF_FAILURE_VIEW = "accreditation_engine.portal.errors.page_too_old"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# How people come in (docs/decisions/034): by e-mail address and password, and a second factor where their roles
# need one. On the plain http of a machine on which the site is tried they do not, unless asked for.
SECOND_FACTOR_REQUIRED = (
    os.environ.get("SECOND_FACTOR") or ("required" if HTTPS else "optional")
) != "optional"
ACCOUNT_ADAPTER = "accreditation_engine.portal.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody's mailbox is filled by strangers
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_SIGNUP_REDIRECT_URL = "organisations"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")  # no code by mail: there is no page for it
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE says
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/key",  # of codes; passwords count in portal/account/throttle.py
    "reset_password": "20/m/ip,3/h/key,8/d/key",
    "confirm_email": "1/3m/key,8/d/key",
}
ACCOUNT_FORMS = {
    "signup": "accreditation_engine.portal.account.forms.SignUpForm",
    "reset_password": "accreditation_engine.portal.account.forms.ForgottenForm",
    "reset_password_from_key": "accreditation_engine.portal.account.forms.NewPasswordForm",
    "reauthenticate": "accreditation_engine.portal.account.forms.PasswordAgainForm",
}
MFA_ADAPTER = "accreditation_engine.portal.account.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers give passkeys to http://localhost as well
MFA_TOTP_TOLERANCE = 1  # clocks of phones go before or after by half a minute
MFA_FORMS = {
    "authenticate": "accreditation_engine.portal.account.forms.CodeForm",
    "reauthenticate": "accreditation_engine.portal.account.forms.CodeAgainForm",
    "activate_totp": "accreditation_engine.portal.account.forms.FirstCodeForm",
    "add_webauthn": "accreditation_engine.portal.account.forms.PasskeyForm",
}
# What is counted for all processes lies where all of them look.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "sessions_seen": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "sessions_seen",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "accreditation_engine" / "locale"]
FORMAT_MODULE_PATH = "accreditation_engine.portal.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Africa/Cairo")

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "evidence"
STORAGES = {
    "default": file_store(os.environ),
    "staticfiles": {"BACKEND": "accreditation_engine.portal.static_files.StaticFiles"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # a self-assessment of 1,000 criteria has three fields a criterion
DATA_UPLOAD_MAX_NUMBER_FILES = 6000  # an input in which no file was chosen counts as well

# What people send: how large one file may be, all of one request, and all of a dossier. ClamAV, where there is
# one, looks at each.
EVIDENCE_MAX_BYTES = int(os.environ.get("FILE_MAX_MB") or 25) * 2**20
UPLOAD_MAX_BYTES = 10 * EVIDENCE_MAX_BYTES
DOSSIER_MAX_BYTES = 100 * EVIDENCE_MAX_BYTES
FILE_UPLOAD_HANDLERS = ["accreditation_engine.uploads.receiving.Bounded"]
CLAMAV = os.environ.get("CLAMAV", "")  # unix:///run/clamav/clamd.ctl or tcp://host:3310

# What need not be done before a page answers waits in the database for `manage.py work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Checkpoints of the trail bear this name, also when the site moves; their keys lie apart from the database.
TRAIL_ORIGIN = os.environ.get("TRAIL_ORIGIN") or f"{_site.netloc}/trail"
KEYS_DIR = Path(os.environ.get("KEYS_DIR", VAR_DIR / "keys"))
CLOCKS_MAY_DIFFER = timedelta(minutes=2)  # of this machine and of the database
TOKEN_SECONDS = float(os.environ.get("TOKEN_SECONDS") or 30)

# A body's own templates of certificates: SCHEME.typ, or certificate.typ for all schemes that have none.
CERTIFICATE_TEMPLATES = Path(os.environ.get("CERTIFICATE_TEMPLATES", VAR_DIR / "templates"))

# Webhooks go out over https alone, and never into the network of the site. True is for tests.
WEBHOOKS_ANYWHERE = False

# Who accredits: the name at the head of pages and certificates.
ACCREDITING_BODY = {
    "ar": os.environ.get("BODY_AR", "جهة اعتماد تجريبية"),
    "en": os.environ.get("BODY_EN", "Trial Accrediting Body"),
}
# How somebody who has no account reaches it: at the foot of every page.
BODY_EMAIL, BODY_PHONE = os.environ.get("BODY_EMAIL", ""), os.environ.get("BODY_PHONE", "")
ARABIC_DIGITS: Literal["western", "arabic-indic"] = (
    "arabic-indic" if os.environ.get("ARABIC_DIGITS") == "arabic-indic" else "western"
)

WORKFLOWS_DIR = BASE_DIR / "workflows"
RUBRICS_DIR = BASE_DIR / "rubrics"

EMAIL_SECURITY = os.environ.get("EMAIL_SECURITY", "")
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or {"starttls": 587, "tls": 465}.get(EMAIL_SECURITY, 25))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 30  # seconds; a server that says nothing for so long may have taken the mail or not
DEFAULT_FROM_EMAIL = os.environ.get("FROM_EMAIL", f"accreditation@{_site.hostname}")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("BEHIND_PROXY") == "1" else None
)
NINJA_NUM_PROXIES = 1 if SECURE_PROXY_SSL_HEADER else 0  # whose address counts where requests are limited
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
