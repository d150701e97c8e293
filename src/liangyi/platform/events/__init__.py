"""What happened, told to whoever stands above: frozen dataclasses with names in the past tense.

    events.subscribe(AppointmentBooked, remind)                      in the publisher's transaction
    events.subscribe(AppointmentBooked, greet, after_commit=True)    as a job, once it is committed

An error of the first kind undoes the whole transaction. The second kind is written down in the
transaction and runs at least once: its handler must bear being called twice. Its events hold ids,
codes, numbers and dates only.
"""

from __future__ import annotations

from liangyi.platform.events.bus import publish, subscribe, subscribers

__all__ = ["publish", "subscribe", "subscribers"]
