"""At which of their sites somebody works just now."""

from __future__ import annotations

from uuid import UUID

from liangyi.platform.access.models import Account
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing


def choose_site(actor: Actor, site: UUID) -> None:
    """Keep `site` as the account's active one. Missing if it is none of the actor's."""
    if actor.id is None or site not in actor.grants:
        raise Missing()
    with recorded(actor, own=True):
        Account.objects.filter(pk=actor.id).update(site=site)
