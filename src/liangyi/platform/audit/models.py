"""History of every table, the log of sensitive reads, and the seals that make both tamper-evident."""

from __future__ import annotations

import pgtrigger
from django.db import models

from liangyi.platform.ids import new_id

HISTORY = pgtrigger.Trigger(
    name="history",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="PERFORM audit_record(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL;",
)


class Record(models.Model):
    """The base of every table of ours: a UUIDv7 key, and each change written to history.

    A child with its own Meta inherits from Record.Meta: `class Meta(Record.Meta)`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
        triggers = [HISTORY]


class History(models.Model):
    """One change of one row. Written by the trigger only; partitioned by month of `at`."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    tx = models.TextField()
    table = models.TextField()
    row_id = models.TextField()
    op = models.CharField(max_length=1)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    actor_kind = models.TextField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField()
    reason = models.TextField()
    request_id = models.TextField()

    class Meta:
        managed = False
        db_table = "audit_history"


class ReadLog(models.Model):
    """Somebody looked at something sensitive: a phone in the clear, a record by break-glass."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.TextField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField()
    site_id = models.UUIDField(null=True)
    subject_type = models.TextField()
    subject_id = models.UUIDField()
    what = models.TextField()
    request_id = models.TextField()

    class Meta:
        managed = False
        db_table = "audit_read"


class Seal(models.Model):
    """One link of the chain over history and reads. Written by the sealer only."""

    sequence = models.BigIntegerField(primary_key=True)
    source = models.TextField()
    count = models.BigIntegerField()
    root = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "audit_seal"
