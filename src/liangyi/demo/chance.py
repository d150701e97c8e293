"""Seeded chance: the same seed makes the same clinic, ids of its history included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class Chance(Random):
    """Random numbers of one part of the demo. Parts draw apart, so that one does not move another."""

    def __init__(self, seed: int, part: str) -> None:
        super().__init__(f"liangyi:{seed}:{part}")

    def happens(self, share: float) -> bool:
        """True in this share of all cases."""
        return self.random() < share

    def weighted(self, choices: Sequence[T], weights: Sequence[float]) -> T:
        """One of `choices`, by weight."""
        return self.choices(choices, weights)[0]

    def drawn(self, shares: Mapping[T, float]) -> T:
        """One of the keys, by its share."""
        return self.weighted(list(shares), list(shares.values()))

    def id_at(self, moment: datetime) -> UUID:
        """A UUIDv7 of that moment: rows of the past sort by when they were made, as real ones do."""
        milliseconds = int(moment.timestamp() * 1000)
        value = milliseconds << 80 | self.getrandbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)
