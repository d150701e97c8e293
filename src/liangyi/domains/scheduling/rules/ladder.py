"""The ladder of an appointment: which step may follow which."""

from __future__ import annotations

from collections.abc import Mapping

from liangyi.domains.scheduling.enums import AppointmentStatus as S

STEPS: Mapping[str, frozenset[str]] = {
    S.BOOKED: frozenset({S.ARRIVED, S.CANCELLED, S.NO_SHOW}),
    S.ARRIVED: frozenset({S.CALLED, S.IN_PROGRESS, S.CANCELLED, S.NO_SHOW}),
    S.CALLED: frozenset({S.CALLED, S.IN_PROGRESS, S.NO_SHOW}),
    S.IN_PROGRESS: frozenset({S.FINISHED}),
    S.FINISHED: frozenset(),
    S.CANCELLED: frozenset(),
    S.NO_SHOW: frozenset({S.BOOKED}),
}
"""Called to called is calling again; no-show to booked takes a mistaken no-show back."""

WAITING = frozenset({S.ARRIVED, S.CALLED})
CLOSED = frozenset({S.FINISHED, S.CANCELLED, S.NO_SHOW})
HOLDING = frozenset({S.BOOKED, S.ARRIVED, S.CALLED, S.IN_PROGRESS})


def may_step(before: str, after: str) -> bool:
    """Whether an appointment in status `before` may go to `after`."""
    return after in STEPS[S(before)]


def may_move(status: str) -> bool:
    """Only what has not begun can be given another time."""
    return status == S.BOOKED
