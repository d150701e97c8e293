from __future__ import annotations

from tests.demo.conftest import loaded, small


def test_demo_is_the_same_for_the_same_seed_and_date(db: None) -> None:
    with loaded(small()) as first:
        before = first.digests
    with loaded(small()) as second:
        assert second.digests == before
