"""Posts as defined for the group."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.models import Post
from liangyi.domains.organisation.permissions import MANAGE
from liangyi.domains.organisation.rules import SLUG, Problems
from liangyi.platform.access.models import Role
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing

_TAKEN = {"organisation_post_code_key": ("code", _("已有岗位用这个代码"))}


def add_post(*, actor: Actor, at: datetime, code: str, name: str, duties: str = "", role: str = "") -> Post:
    """Define a post; `role` is the code of the role its holder needs in the program, if any."""
    actor.require(MANAGE)
    post = Post(code=code, name=name, duties=duties, role=role)
    _check(post)
    with once(**_TAKEN), recorded(actor):
        post.save()
    return post


def change_post(
    *, actor: Actor, at: datetime, post: UUID, code: str, name: str, duties: str = "", role: str = ""
) -> Post:
    """Change a post's name, duties or role. Roles already granted stay as they are."""
    actor.require(MANAGE)
    with once(**_TAKEN), recorded(actor):
        row = Post.objects.select_for_update().filter(id=post).first()
        if row is None:
            raise Missing()
        row.code, row.name, row.duties, row.role = code, name, duties, role
        _check(row)
        row.save()
    return row


def _check(post: Post) -> None:
    problems = Problems()
    post.code = problems.text("code", post.code, most=40).lower()
    problems.check(
        not post.code or bool(SLUG.fullmatch(post.code)), "code", _("用小写字母、数字、- 和 _，40 个字符以内")
    )
    post.name = problems.text("name", post.name, most=60)
    post.duties = problems.text("duties", post.duties, most=5000, required=False, lines=True)
    if post.role:
        problems.check(Role.objects.filter(code=post.role).exists(), "role", _("请从列表中选择"))
    problems.done()
