"""A kind of work and a kind of subject that only the tests know."""

from __future__ import annotations

import pytest

from liangyi.platform import subjects
from liangyi.platform.worklist import kinds
from liangyi.platform.worklist.kinds import WorkKind


@pytest.fixture
def _letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work "letter.answer" about subjects "letter", which everybody may see but those called 0."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds.kinds()))
    monkeypatch.setattr(subjects, "_types", dict(subjects._types))
    kinds.register(
        WorkKind("letter.answer", lambda facts: f"回信 {facts.get('n', '')}", lambda item: "/letters/")
    )
    subjects.register(
        "letter",
        label=lambda ids: {row_id: f"信 {row_id.int}" for row_id in ids},
        url=lambda row_id: f"/letters/{row_id.int}/",
        may_see=lambda actor, ids: {row_id for row_id in ids if row_id.int},
    )
