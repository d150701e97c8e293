"""Django settings, made from the LIANGYI_* variables alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from liangyi.config import env
from liangyi.config.database import database_settings
from liangyi.config.keys import load_keys
from liangyi.config.logs import logging_settings
from liangyi.config.mail import mail_settings
from liangyi.config.security import security_settings

ENV = env.read()
PACKAGE = Path(__file__).resolve().parent.parent
HOME = ENV.home.resolve()
DEBUG = False
IS_PRODUCTION = ENV.mode == "production"

KEYS = load_keys(ENV)
SECRET_KEY = KEYS.secret
DATA_KEY = KEYS.data
ALLOWED_HOSTS = list(ENV.allowed_hosts)
BASE_URL = ENV.base_url
DEMO_PASSWORD = ENV.demo_password


def _apps(layer: str) -> list[str]:
    """The rooms of a layer that are Django apps: whoever has an apps.py."""
    return [f"liangyi.{layer}.{path.parent.name}" for path in sorted((PACKAGE / layer).glob("*/apps.py"))]


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_vite",
    "csp",
    "axes",
    "pgtrigger",
    "procrastinate.contrib.django",
    *_apps("platform"),
    *_apps("domains"),
    *_apps("web"),
    *(["liangyi.demo"] if (PACKAGE / "demo" / "apps.py").exists() else []),
    "liangyi.config",
]

MIDDLEWARE = [
    "liangyi.config.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "liangyi.config.rest.RestMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

ROOT_URLCONF = "liangyi.config.urls"
WSGI_APPLICATION = "liangyi.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {"default": database_settings(ENV)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
SESSION_ENGINE = "liangyi.platform.access.sessions"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
# Each language is named in itself.
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English"), ("zh-hant", "繁體中文")]
LOCALE_PATHS: list[str] = []
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in (PACKAGE / "web" / "static",) if path.is_dir()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+(\.map)?$"
DJANGO_VITE = {
    "default": {
        "manifest_path": PACKAGE / "web" / "static" / "dist" / "manifest.json",
        "static_url_prefix": "dist",
    }
}

LOGGING = logging_settings(ENV.log_level)
globals().update(security_settings(ENV))
globals().update(mail_settings(ENV))
