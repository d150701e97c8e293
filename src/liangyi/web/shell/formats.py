"""How times, money and phones are written on every screen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from liangyi.platform import clock, money

# Chromium's kin say "Chrome" and "Safari" too, so the particular comes before the general.
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_PREFIXES = ("+86", "0086")


def moment(value: Any) -> str:
    """`2026-11-21 14:30`, in the active site's zone."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else ""


def day(value: Any) -> str:
    """`2026-11-21`."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else ""


def hour(value: Any) -> str:
    """`14:30`, in the active site's zone."""
    return f"{timezone.localtime(value):%H:%M}" if isinstance(value, datetime) else ""


def weekday(value: Any) -> str:
    """`周六`."""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return names[value.weekday()] if isinstance(value, date) else ""


def minutes(value: Any) -> str:
    """`12 分钟`, from minutes or a timedelta."""
    if isinstance(value, timedelta):
        value = round(value.total_seconds() / 60)
    if value is None or value == "":
        return ""
    return ngettext("%(count)s 分钟", "%(count)s 分钟", int(value)) % {"count": f"{int(value):,}"}


def span(value: Any) -> str:
    """A distance in time as a person says it: `12 分钟`, `3 小时`, `5 天`."""
    total = abs(int(value.total_seconds())) // 60 if isinstance(value, timedelta) else 0
    if total < 60:
        return minutes(total)
    if total < 48 * 60:
        return ngettext("%(count)s 小时", "%(count)s 小时", total // 60) % {"count": total // 60}
    return ngettext("%(count)s 天", "%(count)s 天", total // 1440) % {"count": total // 1440}


def since(value: Any) -> str:
    """How far `value` lies from now: `3 小时前`, `2 天后`."""
    if not isinstance(value, datetime):
        return ""
    gap = clock.now() - value
    text = span(gap)
    return _("%(span)s前") % {"span": text} if gap >= timedelta(0) else _("%(span)s后") % {"span": text}


def yuan(value: Any) -> str:
    """`¥1,234.00`, from cents."""
    return money.yuan(int(value)) if value is not None and value != "" else ""


def named(thing: Any) -> str:
    """The name of a site, role or service in the reader's language (`name_en` where there is one)."""
    english = getattr(thing, "name_en", "") if (get_language() or "").startswith("en") else ""
    return english or getattr(thing, "name", "")


def listed(values: Any) -> str:
    """Several names in one line, with the comma of the reader's language."""
    comma = ", " if (get_language() or "").startswith("en") else "、"
    return comma.join(str(value) for value in values or ())


def device(agent: Any) -> str:
    """`Chrome · Windows`: a browser's own description of itself, made short."""
    text = str(agent or "")
    browser = next((name for mark, name in _BROWSERS if mark in text), "")
    system = next((name for mark, name in _SYSTEMS if mark in text), "")
    return " · ".join(part for part in (browser, system) if part) or _("未知设备")


def masked_phone(value: Any) -> str:
    """`138****1234`: the first three and last four digits stay."""
    digits = "".join(letter for letter in str(value or "") if letter.isdigit())
    for prefix in _PREFIXES:
        bare = prefix.lstrip("+")
        if len(digits) > 11 and digits.startswith(bare):
            digits = digits[len(bare) :]
    if len(digits) < 8:
        return "*" * len(digits)
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"
