"""The first run: an empty database becomes a clinic with one administrator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation import services as organisation
from liangyi.domains.organisation.errors import AlreadyFounded
from liangyi.platform.access import services as access
from liangyi.platform.access.models import Account
from liangyi.platform.actors import system
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid

_LOCK = 0x4C59_0001  # "LY": one first run at a time
ROLES = ("admin", "director")


@dataclass(frozen=True)
class NewClinic:
    """What the first run asks for, in the sections of its page."""

    institution: Mapping[str, str]
    site: Mapping[str, str]
    licence: Mapping[str, Any]
    administrator: Mapping[str, str]


def found_clinic(*, at: datetime, clinic: NewClinic) -> Account:
    """Institution, first site with its licence, and an administrator for the whole group, at once.

    Possible only while no account exists: raises AlreadyFounded. Fields of Invalid carry their
    section: `site.code`.
    """
    actor = system("first run")
    with recorded(actor, reason=str(_("首次设置"))):
        _alone()
        if Account.objects.exists():
            raise AlreadyFounded(_("机构已经建立"))
        with _section("institution"):
            organisation.found_institution(actor=actor, at=at, **clinic.institution)
        with _section("site"):
            site = organisation.set_up_site(actor=actor, at=at, **clinic.site)
        with _section("licence"):
            organisation.add_licence(actor=actor, at=at, site=site.id, **clinic.licence)
        with _section("administrator"):
            account = access.create_account(
                actor=actor, at=at, must_change=False, site=site.id, **clinic.administrator
            )
        for role in ROLES:
            access.grant_role(actor=actor, at=at, account=account.id, role=role, site=None)
    return account


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@contextmanager
def _section(name: str) -> Iterator[None]:
    try:
        yield
    except Invalid as error:
        raise Invalid({f"{name}.{field}": texts for field, texts in error.fields.items()}) from error
