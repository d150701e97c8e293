"""Setting a refusal aside: by a named role, for a written reason, with a second person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.errors import WrongOverride
from liangyi.platform.errors import Refusal
from liangyi.platform.worklist.permissions import roles_at


@dataclass(frozen=True)
class Override:
    """The wish to go ahead in spite of the refusals of `codes`: those whoever asks for it has seen.

    `second` is another person of staff, who has proved to be there: the interface has checked their
    password before it makes an actor of them.
    """

    codes: tuple[str, ...]
    reason: str
    second: Actor

    def people(self, actor: Actor) -> tuple[UUID, UUID]:
        """The accounts of the two. Raises WrongOverride for anybody who is not staff."""
        if actor.id is None or self.second.id is None or {actor.kind, self.second.kind} != {"staff"}:
            raise WrongOverride({"second": [_("越过闸口需要两名员工。")]})
        return actor.id, self.second.id


def split(
    refusals: Iterable[Refusal], override: Override | None, actor: Actor, site: UUID | None
) -> tuple[list[Refusal], list[Refusal]]:
    """(refusals that stand, refusals set aside). Only the roles a control names can set it aside."""
    standing: list[Refusal] = []
    aside: list[Refusal] = []
    for refusal in refusals:
        waived = (
            override is not None
            and refusal.control in override.codes
            and may_override(actor, refusal.control, site)
        )
        (aside if waived else standing).append(refusal)
    return standing, aside


def may_override(actor: Actor, code: str, site: UUID | None) -> bool:
    """Whether one of the actor's roles at the site may set aside what this control refuses there."""
    control = controls().get(code)
    return control is not None and bool(roles_at(actor, site) & set(control.overridable_by))


def may_override_all(actor: Actor, refusals: Collection[Refusal], site: UUID | None) -> bool:
    """Whether nothing stands that this actor could not set aside."""
    return bool(refusals) and all(may_override(actor, refusal.control, site) for refusal in refusals)


def check(override: Override, actor: Actor, site: UUID | None) -> None:
    """Raise WrongOverride without a reason, or with a second person who is the first, only reads (an
    inspector), or works elsewhere."""
    first, second = override.people(actor)
    wrong = {}
    if not override.reason.strip():
        wrong["reason"] = [_("请写明越过的理由。")]
    if first == second:
        wrong["second"] = [_("第二人不能是本人。")]
    elif override.second.reads_only:
        wrong["second"] = [_("第二人不能是只读的账号。")]
    elif site is not None and site not in override.second.grants:
        wrong["second"] = [_("第二人不在本院区任职。")]
    if wrong:
        raise WrongOverride(wrong)
