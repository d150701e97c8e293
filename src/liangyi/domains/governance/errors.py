"""Why a policy cannot be read."""

from __future__ import annotations

from typing import ClassVar

from liangyi.platform.errors import LiangyiError


class UnreadablePolicy(LiangyiError):
    """A file that no policy can be read from. `reason` is a stable word for it."""

    code: ClassVar[str] = "governance.unreadable_policy"

    def __init__(self, reason: str, message: object) -> None:
        super().__init__(message, reason=reason)
        self.reason = reason
