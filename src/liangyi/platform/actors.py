"""Who does something: every service takes an Actor, and nothing in a rule looks at a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from liangyi.platform.errors import Denied, Missing

ActorKind = Literal["staff", "patient", "link", "screen", "system"]


@dataclass(frozen=True)
class Actor:
    """An account (or the system) with what it may do where.

    `grants` maps each site the actor works at to the permission codes held there; a role held for
    the whole group is already spread over every site. `site` is the active one. `roles` are the
    codes of all roles held anywhere, `roles_at` says which are held at which site. Fails closed: an
    actor without grants may do nothing and sees nothing. One that only reads (`reads_only`: an inspector)
    changes nothing, whatever its grants say: `recorded` refuses it.
    """

    kind: ActorKind
    id: UUID | None
    name: str
    grants: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    site: UUID | None = None
    roles: frozenset[str] = frozenset()
    language: str = "zh-hans"
    request_id: str = ""
    roles_at: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    reads_only: bool = False

    @property
    def is_system(self) -> bool:
        """True for jobs, imports and the demo: the program itself, trusted with everything."""
        return self.kind == "system"

    def may(self, permission: str, site: UUID | None = None) -> bool:
        """Whether `permission` is held at `site`; without a site, at any site at all."""
        if self.is_system:
            return True
        if site is None:
            return any(permission in codes for codes in self.grants.values())
        return permission in self.grants.get(site, frozenset())

    def sites_with(self, permission: str) -> list[UUID]:
        """The sites at which `permission` is held, in a stable order. Not for the system actor."""
        return sorted(site for site, codes in self.grants.items() if permission in codes)

    def require(self, permission: str, site: UUID | None = None) -> None:
        """Raise Denied without `permission`, Missing when `site` is none of the actor's sites."""
        if self.is_system:
            return
        if site is not None and site not in self.grants:
            raise Missing()
        if not self.may(permission, site):
            raise Denied(permission)

    def at(self, site: UUID | None) -> Actor:
        """The same actor with another active site."""
        return replace(self, site=site)


def system(name: str, *, site: UUID | None = None, request_id: str = "") -> Actor:
    """The program itself, named by what it is doing: `system("job:reminders")`."""
    return Actor(kind="system", id=None, name=name, site=site, request_id=request_id)


def staff(
    account: UUID,
    name: str,
    grants: Mapping[UUID, Iterable[str]],
    *,
    site: UUID | None = None,
    roles: Iterable[str] = (),
    language: str = "zh-hans",
    request_id: str = "",
) -> Actor:
    """A person signed in with a staff account."""
    frozen = {key: frozenset(codes) for key, codes in grants.items()}
    return Actor("staff", account, name, frozen, site, frozenset(roles), language, request_id)
