"""What can go wrong with a booking."""

from __future__ import annotations

from typing import Any

from liangyi.platform.errors import Conflict, Invalid


class SlotTaken(Conflict):
    """Somebody holds the practitioner, the room or the equipment at that time.

    `data["alternatives"]` offers other free times: start, end, practitioner, room.
    """

    code = "scheduling.slot_taken"


class SlotUnavailable(Conflict):
    """Nobody works then: not on the rota, on leave, outside opening hours, no such room.

    `data["alternatives"]` as in SlotTaken, `data["why"]` says which.
    """

    code = "scheduling.slot_unavailable"


class KeyReused(Invalid):
    """The idempotency key was used for another booking."""

    code = "scheduling.key_reused"


class WrongStatus(Conflict):
    """The appointment is not at a step from which this one may follow."""

    code = "scheduling.wrong_status"


class NotToday(Conflict):
    """Arrivals are recorded on the day of the appointment."""

    code = "scheduling.not_today"


class TooEarly(Conflict):
    """Nobody is a no-show before the appointment began."""

    code = "scheduling.too_early"


class ResourceLost(Exception):
    """Between reading and reserving, another booking took a resource: read again and try the next one."""

    def __init__(self, *lost: Any) -> None:
        super().__init__(*lost)
