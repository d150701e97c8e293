"""History, reads and emergency looks on screen."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from liangyi.platform.access import services
from liangyi.platform.access.models import BreakGlass
from liangyi.platform.audit.exclusions import EXCLUDED
from liangyi.platform.audit.services import log_read
from liangyi.web.access.changes import _label

pytestmark = pytest.mark.django_db
SUBJECT = ("access.account", uuid4())


def to(name, *args):
    return reverse(f"access:{name}", args=args)


def test_history_tells_who_changed_what_and_hides_secrets(signed_in, person, setup_actor, at):
    account = person("nurse")
    services.reset_password(actor=setup_actor, at=at, account=account.pk, password="temporary words 9")
    page = signed_in("admin").get(to("history", "access_account", account.pk)).content.decode()
    assert "修改" in page
    assert "〈已加密〉" in page
    assert "argon2" not in page


def test_history_of_another_sites_record_is_not_found(signed_in, person, other_site, site):
    outsider = person("dentist", "outsider", other_site)
    admin = signed_in("admin")
    for table, row in (
        ("access_account", outsider.pk),
        ("access_grant", outsider.grants.get().pk),
        ("access_site", uuid4()),
        ("no_table", site.pk),
    ):
        assert admin.get(to("history", table, row)).status_code == 404


@pytest.mark.parametrize("role", ["nurse", "reception", "cashier"])
def test_history_reads_and_reviews_are_denied_to_others(signed_in, person, role, site):
    browser = signed_in(role)
    for address in (to("history", "access_site", site.pk), to("reads"), to("break_glass")):
        assert browser.get(address).status_code == 403


def test_history_is_paged_and_costs_the_same_for_one_and_for_three(
    signed_in, site, setup_actor, at, django_assert_num_queries
):
    director = signed_in("director")
    director.get(to("history", "access_site", site.pk))
    with django_assert_num_queries(7) as first:
        director.get(to("history", "access_site", site.pk))
    for name in ("A", "B"):
        services.change_site(
            actor=setup_actor, at=at, site=site.pk, name=site.name, name_en=name, time_zone=site.time_zone
        )
    with django_assert_num_queries(len(first)):
        page = director.get(to("history", "access_site", site.pk)).content.decode()
    assert "英文名称" in page


def test_reads_are_filtered_by_person_record_and_day(signed_in, acting, site, at):
    for name in ("nurse", "cashier"):
        log_read(
            actor=acting(name),
            at=at,
            subject_type=SUBJECT[0],
            subject_id=SUBJECT[1],
            what="phone",
            site=site.pk,
        )
    quality = signed_in("quality")

    def shown(**query):
        page = quality.get(to("reads"), query).content.decode()
        return [name for name in ("nurse", "cashier") if f"<strong>{name}</strong>" in page]

    assert shown() == ["nurse", "cashier"]
    assert shown(q="nur") == ["nurse"]
    assert shown(day="2026-11-23", subject=str(SUBJECT[1])) == ["nurse", "cashier"]
    assert shown(day="2026-11-22") == []
    assert shown(subject=str(uuid4())) == []
    assert shown(day="x", subject="x", after="x_x", q="\x00") == ["nurse", "cashier"]


def test_reads_of_another_site_are_not_shown(signed_in, acting, other_site, at):
    outsider = acting("dentist", "outsider", other_site)
    log_read(actor=outsider, at=at, subject_type=SUBJECT[0], subject_id=SUBJECT[1], what="phone")
    assert "outsider" not in signed_in("quality").get(to("reads")).content.decode()


def test_break_glass_is_reviewed_by_somebody_else(signed_in, acting, site, at):
    row = services.open_break_glass(
        actor=acting("nurse"), at=at, site=site.pk, subject=SUBJECT, reason="昏迷送来，无人可问"
    )
    quality = signed_in("quality")
    assert "昏迷送来" in quality.get(to("break_glass")).content.decode()
    assert quality.post(to("break_glass_review", row.pk), {"note": ""}).status_code == 422
    quality.post(to("break_glass_review", row.pk), {"note": "属实"})
    assert BreakGlass.objects.get().review_note == "属实"
    assert "属实" in quality.get(to("break_glass_review", row.pk)).content.decode()
    assert "昏迷送来" in quality.get(to("break_glass"), {"state": "done"}).content.decode()


def test_break_glass_of_another_site_is_not_found(signed_in, acting, other_site, at):
    row = services.open_break_glass(
        actor=acting("dentist", "outsider", other_site),
        at=at,
        site=other_site.pk,
        subject=SUBJECT,
        reason="昏迷送来，无人可问",
    )
    assert signed_in("quality").get(to("break_glass_review", row.pk)).status_code == 404


def test_every_field_that_history_can_show_has_a_chinese_name():
    with translation.override("zh-hans"):
        nameless = [
            f"{model._meta.label}.{field.name}"
            for model in apps.get_models()
            if model.__module__.startswith("liangyi.") and model._meta.db_table not in EXCLUDED
            for field in model._meta.concrete_fields
            if field.name != "id" and _label(field, field.attname).isascii()
        ]
    assert nameless == []
