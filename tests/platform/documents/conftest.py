from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from liangyi.platform.documents.archives import Archive
from liangyi.platform.documents.signing import Signer

FILES = {
    "summary.pdf": bytes(range(256)) * 20,
    "clauses.csv": "编号,条款\n1.p1,应在 5 日内答复\n".encode() * 40,
    "records/scheduling.no_overlap.json": b'[{"outcome":"passed"}]' * 60,
}


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer(Ed25519PrivateKey.from_private_bytes(b"k" * 32))


@pytest.fixture
def archive(tmp_path: Path, signer: Signer, at: datetime) -> Callable[..., Path]:
    """`archive()` is a signed archive of FILES; `archive(key=…)` one signed by somebody else."""

    def make(name: str = "pack.zip", key: Signer = signer) -> Path:
        with (tmp_path / name).open("wb") as out:
            made = Archive(out, at=at)
            for entry, content in FILES.items():
                made.add(entry, content)
            made.finish(key, {"title": "检查"})
        return tmp_path / name

    return make
