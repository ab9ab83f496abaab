"""Enough of a site to show the building blocks: no database, no other app."""

from pathlib import Path

from accreditation_engine import __file__ as package

SECRET_KEY = "preview"  # noqa: S105 -- made up: this site holds nothing
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.portal.preview.urls"
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "tests.portal.preview.apps.Parts",
]
MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware", "tests.portal.preview.urls.strict"]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"
LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [Path(package).parent / "locale"]
TIME_ZONE = "Africa/Cairo"
USE_TZ = True
FORMAT_MODULE_PATH = "accreditation_engine.portal.formats"
