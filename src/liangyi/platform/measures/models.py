"""Points: what reports read instead of counting records."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from liangyi.platform.access.models import Site, Unit
from liangyi.platform.audit.models import Record


class MeasurePoint(models.Model):
    """One measure on one day: n, sum, and for durations the counts of a fixed-bucket histogram
    (its empty end cut off).

    `source` is empty for the clinic's own work, else the name of the import it came from. Points are
    derived from records that are in history themselves, so they are not.
    """

    code = models.CharField(max_length=20)
    source = models.CharField(max_length=40, blank=True)
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    numerator = models.BigIntegerField(default=0)
    denominator = models.BigIntegerField(default=0)
    histogram = ArrayField(models.IntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "site", "source", "unit", "day"],
                nulls_distinct=False,
                name="measures_point_once",
            )
        ]


class DirtyDay(models.Model):
    """A day whose points must be counted again because a record of it changed.

    Rows are only added, and removed by the recount that saw them: adding one never waits for anybody.
    """

    code = models.CharField(max_length=20)
    source = models.CharField(max_length=40, blank=True)
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    day = models.DateField()


class MeasureTarget(Record):
    """What a site aims at with a measure, from a day on; `value` is the measure's own unit."""

    code = models.CharField(max_length=20)
    site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+")
    value = models.DecimalField(max_digits=12, decimal_places=4)
    effective_from = models.DateField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["code", "site", "effective_from"], nulls_distinct=False, name="measures_target_once"
            )
        ]
