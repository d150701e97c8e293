"""Language and site."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.test import Client

from liangyi.platform.access.models import Account, Grant, Site
from liangyi.platform.audit.services import recorded

from .conftest import SETUP, browser_of


def test_language_is_kept_on_the_account(signed_in: Callable[..., Client]) -> None:
    browser = signed_in("reception")
    browser.post("/me/preferences/", {"language": "en"})
    assert Account.objects.get(username="reception").language == "en"
    assert "My work" in browser.get("/").content.decode()


def test_traditional_chinese_is_derived(signed_in: Callable[..., Client]) -> None:
    browser = signed_in("reception")
    browser.post("/me/preferences/", {"language": "zh-hant"})
    assert "退出登錄" in browser.get("/").content.decode()


def test_unknown_language_is_refused(signed_in: Callable[..., Client]) -> None:
    assert signed_in("reception").post("/me/preferences/", {"language": "xx"}).status_code == 422
    assert Account.objects.get(username="reception").language == "zh-hans"


def test_site_is_kept_on_the_account(person: Callable[..., Account], other_site: Site) -> None:
    account = person("reception")
    with recorded(SETUP):
        Grant.objects.create(account=account, role=account.grants.get().role, site=other_site)
    browser = browser_of(account)
    browser.post("/me/site/", {"site": str(other_site.pk)})
    account.refresh_from_db()
    assert account.site == other_site
    assert "当前院区：良医口腔诊所" in browser.get("/").content.decode()


def test_site_of_others_is_missing_and_nothing_changes(
    signed_in: Callable[..., Client], other_site: Site
) -> None:
    browser = signed_in("reception")
    for site in (str(other_site.pk), str(uuid4()), "nonsense", ""):
        assert browser.post("/me/site/", {"site": site}).status_code == 404
    assert Account.objects.get(username="reception").site is None
