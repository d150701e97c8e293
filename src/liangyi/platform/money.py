"""Money is a whole number of cents (分); rates are Decimal."""

from __future__ import annotations


def yuan(cents: int) -> str:
    """`123400` → `¥1,234.00`."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}¥{whole:,}.{rest:02d}"
