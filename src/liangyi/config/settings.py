"""Django settings, made from the LIANGYI_* variables alone."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from liangyi.config import env
from liangyi.config.database import database_settings
from liangyi.config.keys import load_keys

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
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DEMO_PASSWORD = ENV.demo_password



def _apps(layer: str) -> list[str]:
    """The rooms of a layer that are Django apps: whoever has an apps.py."""
    return [f"liangyi.{layer}.{path.parent.name}" for path in sorted((PACKAGE / layer).glob("*/apps.py"))]


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
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
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

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
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English")), ("zh-hant", _("繁體中文"))]
LOCALE_PATHS: list[str] = []
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
DJANGO_VITE = {"default": {"manifest_path": PACKAGE / "web" / "static" / "dist" / "manifest.json", "static_url_prefix": "dist"}}
STATIC_ROOT = HOME / "static"
SILENCED_SYSTEM_CHECKS: list[str] = []
