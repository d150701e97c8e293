"""One family of errors: a stable code, a sentence for the user, data. Each interface maps it to its own form.

HTTP is not known here; `kind` says which family an interface should answer with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

Kind = Literal["invalid", "denied", "missing", "conflict", "refused", "busy"]


class LiangyiError(Exception):
    """Something the caller can be told. Subclasses set `code` and `kind`."""

    code: ClassVar[str] = "error"
    kind: ClassVar[Kind] = "invalid"

    def __init__(self, message: Any = "", **data: Any) -> None:
        super().__init__(str(message))
        self.message = message
        self.data = data


class Invalid(LiangyiError):
    """Input that cannot be accepted. `fields` maps a field name to sentences; "" is the whole form."""

    code = "invalid"
    kind = "invalid"

    def __init__(self, fields: Mapping[str, Sequence[Any]], **data: Any) -> None:
        super().__init__("; ".join(str(text) for texts in fields.values() for text in texts), **data)
        self.fields = {name: list(texts) for name, texts in fields.items()}


class Denied(LiangyiError):
    """The actor's roles do not allow this. `permission` is the missing permission code."""

    code = "access.denied"
    kind = "denied"

    def __init__(self, permission: str, **data: Any) -> None:
        super().__init__(permission, permission=permission, **data)
        self.permission = permission


class Missing(LiangyiError):
    """Not there, or not for this actor's eyes: both look the same from outside."""

    code = "missing"
    kind = "missing"


class Conflict(LiangyiError):
    """The state has moved on: taken, already done, changed meanwhile."""

    code = "conflict"
    kind = "conflict"


@dataclass(frozen=True)
class Refusal:
    """Why a gate refused: texts in the reader's language (lazy), facts as JSON values."""

    control: str
    reason: Any
    facts: dict[str, Any] = field(default_factory=dict)
    remedy: Any = ""
    remedy_url: str = ""
    overridable_by: tuple[str, ...] = ()


class Refused(LiangyiError):
    """One or more gates refused what was about to happen. All refusals are reported at once."""

    code = "controls.refused"
    kind = "refused"

    def __init__(self, decision: str, refusals: Sequence[Refusal], **data: Any) -> None:
        super().__init__("; ".join(str(r.reason) for r in refusals), **data)
        self.decision = decision
        self.refusals = list(refusals)
