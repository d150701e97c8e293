"""PDFs with typst: a template of ours and data as JSON, never text put together. Fonts are our own only.

A template reads its data by `#let data = json(bytes(sys.inputs.data))` and sets `document(date: none)`:
the same data then gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils.translation import gettext_lazy as _

from liangyi.platform.documents.errors import FontsMissing

FONTS = Path(__file__).with_name("fonts")
_one_at_a_time = Lock()


def render(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of `template`, a .typ file, with `data`. Raises FontsMissing before the front end was built."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _one_at_a_time:
        made = _compiler().compile(template, sys_inputs=inputs, root=template.parent, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError(f"{template} made no single PDF")
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """One for the process: reading the fonts costs more than most documents."""
    if len(list(FONTS.glob("*.ttf"))) < 2:
        raise FontsMissing(_("缺少中文字体：请运行 make build"))
    return typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
