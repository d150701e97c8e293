"""Answers written as JSON at once: what we have put together ourselves is not checked a second time.

That they are as the OpenAPI document says is tested.
"""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse


def answer(value: Any, status: int = 200) -> HttpResponse:
    """A JSON response of dicts, lists, texts, numbers, ids, days and moments (ISO 8601 with offset)."""
    return HttpResponse(orjson.dumps(value), status=status, content_type="application/json; charset=utf-8")
