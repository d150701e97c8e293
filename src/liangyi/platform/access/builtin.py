"""The roles every clinic starts with: code -> (Chinese name, English name)."""

from __future__ import annotations

BUILTIN_ROLES: dict[str, tuple[str, str]] = {
    "reception": ("前台", "Reception"),
    "consultant": ("咨询师", "Consultant"),
    "surgeon": ("外科医生", "Surgeon"),
    "dentist": ("口腔医生", "Dentist"),
    "nurse": ("护士", "Nurse"),
    "anaesthetist": ("麻醉医生", "Anaesthetist"),
    "pharmacist": ("药师", "Pharmacist"),
    "storekeeper": ("库管", "Storekeeper"),
    "cashier": ("收银", "Cashier"),
    "quality": ("质量经理", "Quality manager"),
    "director": ("院长", "Director"),
    "admin": ("管理员", "Administrator"),
    "inspector": ("检查员", "Inspector"),
}

# Held only by accounts opened for somebody from outside: until a named hour, and for reading alone.
GUEST_ROLES = frozenset({"inspector"})
