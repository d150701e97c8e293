"""Running the after-commit handlers."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from liangyi.platform import jobs
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.events.bus import HANDLE, subscription_named
from liangyi.platform.events.codec import decode
from liangyi.platform.events.models import PendingEvent

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
SWEEP_AFTER = timedelta(minutes=1)
SWEEP_ROWS = 500


def handle_pending(*, actor: Actor, at: datetime, pending: UUID) -> bool:
    """Run the handler of one pending event and delete the row, in one transaction.

    False when another worker has it or it is done. A failure is counted and raised.
    """
    try:
        with recorded(actor, reason="event"):
            return _handle(pending)
    except Exception as error:
        with recorded(actor, reason="event failed"):
            _note_failure(pending, type(error).__name__, at)
        raise


def _handle(pending: UUID) -> bool:
    row = PendingEvent.objects.select_for_update(skip_locked=True).filter(id=pending).first()
    if row is None:
        return False
    subscription = subscription_named(row.event, row.handler)
    if subscription is None:
        log.warning("nobody listens any more: %s for %s", row.handler, row.event)
    else:
        subscription.handler(decode(subscription.event_type, row.payload))
    row.delete()
    return True


def _note_failure(pending: UUID, error: str, at: datetime) -> None:
    row = PendingEvent.objects.select_for_update().filter(id=pending).first()
    if row is None:
        return
    row.attempts += 1
    row.error = error
    row.failed_at = at if row.attempts >= MAX_ATTEMPTS else None
    row.save(update_fields=["attempts", "error", "failed_at"])


def sweep_pending(*, at: datetime) -> int:
    """Queue again what was published more than a minute ago and is still there. Returns how many."""
    ids = PendingEvent.objects.filter(failed_at=None, published_at__lt=at - SWEEP_AFTER)
    found = list(ids.order_by("published_at").values_list("id", flat=True)[:SWEEP_ROWS])
    for row_id in found:
        jobs.defer(HANDLE, once=f"event:{row_id}", pending=row_id)
    return len(found)
