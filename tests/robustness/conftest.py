"""A small clinic, with something of everything a screen can show."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from liangyi.platform.access.models import Site

_FILE = Path(__file__).parents[1] / "domains" / "scheduling" / "clinic.py"


@pytest.fixture
def clinic(site: Site) -> Any:
    """The clinic of the scheduling stories at the first site."""
    if "liangyi_test_clinic" not in sys.modules:
        spec = importlib.util.spec_from_file_location("liangyi_test_clinic", _FILE)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["liangyi_test_clinic"] = module
        spec.loader.exec_module(module)
    return sys.modules["liangyi_test_clinic"].open_clinic(site)
