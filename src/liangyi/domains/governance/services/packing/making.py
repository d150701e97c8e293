"""Making a pack: one maker at a time, progress on the way, a reason where it fails."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from liangyi.domains.governance.enums import PackState
from liangyi.domains.governance.models import Pack
from liangyi.domains.governance.rules.packing import download_name
from liangyi.domains.governance.services.packing.writing import write_pack
from liangyi.platform.access.registry import permissions_of
from liangyi.platform.actors import Actor, staff
from liangyi.platform.audit.services import recorded
from liangyi.platform.documents.files import NewFile
from liangyi.platform.documents.signing import signer
from liangyi.platform.errors import LiangyiError, Missing

log = logging.getLogger(__name__)
_OPEN = (PackState.WAITING, PackState.RUNNING)


def make_pack(*, actor: Actor, at: datetime, pack: UUID) -> Pack:
    """Make what was asked for. While another makes it, and once it is made, this changes nothing.

    A maker that was killed leaves it running without a lock: the next one begins anew.
    """
    with _alone(pack) as is_mine:
        row = Pack.objects.select_related("site", "requested_by").filter(id=pack).first()
        if row is None:
            raise Missing()
        if not is_mine or row.state not in _OPEN:
            return row
        _note(actor, row, state=PackState.RUNNING, done=0)
        try:
            file = _written(actor, at, row)
        except Exception as error:  # whatever it is, whoever asked is to read why
            log.exception("pack %s failed", row.id)
            _note(actor, row, state=PackState.FAILED, error=_reason(error))
            return row
        _finish(actor, at, row, file)
    return row


def reader_of(pack: Pack) -> Actor:
    """Whoever the records are shown to: an inspector of the site, so that a pack holds no more than that."""
    grants = {pack.site_id: permissions_of("inspector")}
    asked_by = pack.requested_by
    language = asked_by.language if asked_by else "zh-hans"
    return staff(pack.id, "pack", grants, site=pack.site_id, roles=("inspector",), language=language)


def _written(actor: Actor, at: datetime, row: Pack) -> NewFile:
    reader = reader_of(row)
    with (
        translation.override(reader.language),
        NewFile(download_name(row.title, row.first_day, row.last_day)) as file,
    ):
        write_pack(file, row, reader, signer(at), at=at, progress=lambda done: _note(actor, row, done=done))
    return file


def _finish(actor: Actor, at: datetime, row: Pack, file: NewFile) -> None:
    with recorded(actor):
        row.file = file.kept(at)
        row.state, row.finished_at, row.size, row.sha256 = PackState.DONE, at, file.size, file.sha256
        row.done = len(row.clauses)
        row.save(update_fields=["file", "state", "finished_at", "size", "sha256", "done"])


def _note(actor: Actor, row: Pack, **values: object) -> None:
    """How far it has come, for whoever looks."""
    with recorded(actor):
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))


def _reason(error: Exception) -> str:
    if isinstance(error, LiangyiError):
        return str(error)
    return _("制作时出了意外（%(kind)s）；可以再试一次，仍不行请联系管理员查看日志") % {
        "kind": type(error).__name__
    }


@contextmanager
def _alone(pack: UUID) -> Iterator[bool]:
    """Whether nobody else makes this pack; a maker that dies gives the lock back with its connection."""
    key = [f"liangyi.pack.{pack}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", key)
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)
