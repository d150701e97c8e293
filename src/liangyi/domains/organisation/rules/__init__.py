"""Pure decisions of the organisation: inputs, permitted levels, a site on a day."""

from __future__ import annotations

from liangyi.domains.organisation.rules.inputs import REQUIRED, Problems, is_writable
from liangyi.domains.organisation.rules.levels import LevelRule, allowed_level, level_rules
from liangyi.domains.organisation.rules.sites import (
    PHONE,
    SITE_CODE,
    SLUG,
    LicenceFacts,
    SiteFacts,
    is_credit_code,
    is_phone,
    licence_on,
)

__all__ = [
    "PHONE",
    "REQUIRED",
    "SITE_CODE",
    "SLUG",
    "LevelRule",
    "LicenceFacts",
    "Problems",
    "SiteFacts",
    "allowed_level",
    "is_credit_code",
    "is_phone",
    "is_writable",
    "level_rules",
    "licence_on",
]
