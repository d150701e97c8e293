"""Who can see a patient when, with which room and device: a day's free places, kept in memory.

History is made from it, so that even there nobody is in two rooms at once; today's and coming bookings
are proposed by it and decided by the booking service.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from liangyi.demo.chance import Chance
from liangyi.demo.world import Offer, Place, Span, Worker, World

GRID = 15
TRIES = 5
# How much is asked for by the hour of the day: mornings before noon, then the middle of the afternoon.
BY_HOUR = {9: 7, 10: 12, 11: 9, 12: 2, 13: 5, 14: 9, 15: 10, 16: 8, 17: 6, 18: 5, 19: 4}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A visit that fits: nobody and nothing is needed twice."""

    worker: Worker
    offer: Offer
    room: UUID
    minute: int

    @property
    def ends(self) -> int:
        """When it is over, without the cleaning."""
        return self.minute + self.offer.plan.minutes[1]


@dataclass
class Day:
    """One site on one day."""

    world: World
    place: Place
    day: date
    taken: dict[Hashable, list[Span]] = field(default_factory=lambda: defaultdict(list))

    def proposals(self, wanted: int, chance: Chance) -> list[Proposal]:
        """Up to `wanted` visits in order of time; none on a closing day."""
        if self.day in self.place.closed:
            return []
        code = self.place.code
        present = [(w, spans) for w in self.world.workers if (spans := w.spans(code, self.day))]
        present = [(w, spans) for w, spans in present if w.offers.get(code)]
        if not present:
            return []
        found = (self._propose(present, chance) for _n in range(wanted))
        return sorted((p for p in found if p), key=lambda p: (p.minute, p.worker.name))

    def _propose(self, present: list[tuple[Worker, list[Span]]], chance: Chance) -> Proposal | None:
        for _try in range(TRIES):
            worker, spans = chance.choice(present)
            offers = worker.offers[self.place.code]
            offer = chance.weighted(offers, [offer.plan.weight for offer in offers])
            minute = self._minute(spans, offer, chance)
            if minute is not None and (proposal := self.take(worker, offer, minute)):
                return proposal
        return None

    def _minute(self, spans: list[Span], offer: Offer, chance: Chance) -> int | None:
        length = offer.plan.minutes[1]
        starts = [minute for first, last in spans for minute in range(first, last - length + 1, GRID)]
        if not starts:
            return None
        return chance.weighted(starts, [BY_HOUR.get(minute // 60, 1) for minute in starts])

    def take(self, worker: Worker, offer: Offer, minute: int) -> Proposal | None:
        """Keep everything a visit needs, if all of it is free."""
        prepare, length, clean = offer.plan.minutes
        mine, around = (minute, minute + length), (minute - prepare, minute + length + clean)
        if not self._is_free(worker.id, mine):
            return None
        lanes = self.world.lanes[self.place.code, offer.plan.room]
        lane = next((lane for lane in lanes if self._is_free(lane, around)), None)
        piece = self._piece(offer, around)
        if lane is None or (offer.device and piece is None):
            return None
        self.taken[worker.id].append(mine)
        self.taken[lane].append(around)
        if piece:
            self.taken[piece].append(around)
        return Proposal(worker, offer, lane[0], minute)

    def _piece(self, offer: Offer, span: Span) -> UUID | None:
        if offer.device is None:
            return None
        pieces = self.world.pieces[self.place.code, offer.device]
        usable = (piece.id for piece in pieces if piece.due is None or piece.due >= self.day)
        return next((id for id in usable if self._is_free(id, span)), None)

    def _is_free(self, key: Hashable, span: Span) -> bool:
        return not any(first < span[1] and span[0] < last for first, last in self.taken[key])
