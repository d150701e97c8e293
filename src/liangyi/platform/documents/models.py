"""Files kept on disk, and the keys that sign what leaves the house."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.audit.models import Record


class StoredFile(Record):
    """A file kept encrypted in HOME/files under its id. Size and hash are those of the clear content."""

    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    created_at = models.DateTimeField(_("保存时间"))

    def __str__(self) -> str:
        return self.name


class SigningKey(Record):
    """An Ed25519 key of the house: the public half in hex, the private one sealed with the data key.

    A key that was replaced stays listed, so that what it signed can still be told as ours.
    """

    public = models.CharField(_("公钥"), max_length=64, unique=True)
    fingerprint = models.CharField(_("公钥指纹"), max_length=64, unique=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(_("启用时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="documents_one_key_in_use",
            )
        ]
