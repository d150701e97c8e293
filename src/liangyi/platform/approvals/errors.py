"""Why an approval cannot go on."""

from __future__ import annotations

from typing import ClassVar

from liangyi.platform.errors import Conflict


class AlreadyWaiting(Conflict):
    """The same is being asked for already."""

    code: ClassVar[str] = "approvals.already_waiting"


class AlreadyClosed(Conflict):
    """Somebody was faster: decided, or withdrawn."""

    code: ClassVar[str] = "approvals.already_closed"
