"""Settings: values, read from the environment once. A library's own rules are rows that librarians edit."""

import os
from pathlib import Path

from wenlan.config.database import database_settings
from wenlan.config.home import find_home, read_installation, secret_key

WENLAN_HOME = find_home()
_installation = read_installation(WENLAN_HOME)
WENLAN_CLOCK_OFFSET_SECONDS = int(os.environ.get("WENLAN_CLOCK_OFFSET_SECONDS", _installation.clock_offset_seconds))
WENLAN_SEARCH_DIR = WENLAN_HOME / "search"
WENLAN_SEARCH_URL = os.environ.get("WENLAN_SEARCH_URL", "")
WENLAN_ADMIN_EMAIL = os.environ.get("WENLAN_ADMIN_EMAIL", "")
WENLAN_DATABASE_URL = os.environ.get("WENLAN_DATABASE_URL") or _installation.database_url

SECRET_KEY = secret_key(WENLAN_HOME)
DEBUG = os.environ.get("WENLAN_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("WENLAN_ALLOWED_HOSTS", "*").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "wenlan.ui",
    "wenlan.jobs",
    "wenlan.network",
    "wenlan.staff",
    "wenlan.ledger",
    "wenlan.files",
    "wenlan.registers",
    "wenlan.catalogue",
    "wenlan.patrons",
    "wenlan.notices",
    "wenlan.facilities",
    "wenlan.credit",
    "wenlan.holdings",
    "wenlan.digital",
    "wenlan.activities",
    "wenlan.circulation",
    "wenlan.outreach",
    "wenlan.acquisitions",
    "wenlan.moving",
    "wenlan.interlending",
    "wenlan.enquiries",
    "wenlan.volunteers",
    "wenlan.publicity",
    "wenlan.shelving",
    "wenlan.indicators",
    "wenlan.annual_report",
    "wenlan.protocols",
    "wenlan.web",
    "wenlan.demo",
    "wenlan.config",
]
AUTH_USER_MODEL = "staff.StaffMember"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "wenlan.config.middleware.rest_on_demand",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wenlan.staff.middleware.DeskMiddleware",
    "wenlan.web.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "wenlan.config.urls"
WSGI_APPLICATION = "wenlan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "wenlan.web.context.shell",
            ],
        },
    },
]

DATABASES = {"default": database_settings(WENLAN_DATABASE_URL, WENLAN_HOME)}
ATOMIC_REQUESTS = False
SESSION_ENGINE = "wenlan.staff.sessions"
SESSION_COOKIE_NAME = "wenlan_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "/desk/sign-in/"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [
    Path(__file__).resolve().parent.parent / "kernel" / "locale"
]  # the one package with words that is no application
USE_I18N = True
USE_TZ = True
TIME_ZONE = _installation.time_zone

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/wenlan/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = WENLAN_HOME / "media"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"wenlan": {"level": "INFO"}},
}
