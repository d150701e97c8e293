"""The named cast and the two sites every story plays at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from liangyi.config.testing import django_db_setup, one_at_a_time  # noqa: F401 the first in place of pytest-django's
from liangyi.platform import actors
from liangyi.platform.access.models import Account, Grant, Role, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

SETUP = actors.system("test")


@pytest.fixture
def at() -> datetime:
    """The moment the stories happen: Monday 2026-11-23, 09:30 in Shanghai."""
    return datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture
def setup_actor() -> Actor:
    """The system, for making what a story starts from."""
    return SETUP


@pytest.fixture
def site(db: None) -> Site:
    with recorded(SETUP):
        return Site.objects.create(name="良医医疗美容医院", name_en="Liangyi Aesthetic Hospital")


@pytest.fixture
def other_site(db: None) -> Site:
    with recorded(SETUP):
        return Site.objects.create(name="良医口腔诊所", name_en="Liangyi Dental Clinic")


@pytest.fixture
def person(site: Site) -> Callable[..., Account]:
    """`person("reception")` is an account with that built-in role at the first site (or `at_site=`)."""

    def make(role: str, username: str = "", at_site: Site | None = None) -> Account:
        with recorded(SETUP):
            account = Account(username=username or role, display_name=username or role)
            account.set_unusable_password()
            account.save()
            Grant.objects.create(account=account, role=Role.objects.get(code=role), site=at_site or site)
        return account

    return make


def _absent(what: str) -> None:
    """Skip what cannot be tested on this machine, loudly; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}; CI must have it")
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The read-only material that stands beside the checkout."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        _absent(f"NO SHARED MATERIAL: {folder} is missing")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium the browser tests drive."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        _absent("NO CHROMIUM: the browser tests did not run")
    return str(found)


@pytest.fixture(scope="session")
def migrated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HOME whose embedded cluster has every table, to be copied; made once for all workers of a run."""
    home = Path(settings.HOME) / "migrated"
    with one_at_a_time(tmp_path_factory, "migrated") as is_first:
        if is_first:
            shutil.rmtree(home, ignore_errors=True)
            others = {k: v for k, v in os.environ.items() if not k.startswith("LIANGYI_")}
            command = [sys.executable, "-m", "liangyi", "migrate", "--verbosity=0"]
            subprocess.run(command, env={**others, "LIANGYI_HOME": str(home)}, check=True)
    return home


@pytest.fixture
def copy_home(migrated_home: Path) -> Callable[[Path], None]:
    """`copy_home(home)` makes `home` as if it had been migrated before."""

    def copy(home: Path) -> None:
        subprocess.run(["cp", "-a", str(migrated_home), str(home)], check=True)  # with whose it is

    return copy
