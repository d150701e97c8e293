"""Verdicts of gates, runs and breaches of watches, overrides, and the tallies of what controls did."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class Verdict(Record):
    """What the gates said about one decision: one row a decision, passed or refused."""

    class Outcome(models.TextChoices):
        PASSED = "passed"
        REFUSED = "refused"
        OVERRIDDEN = "overridden"

    decision = models.CharField(max_length=80)
    at = models.DateTimeField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    passed = models.JSONField(default=list)
    refusals = models.JSONField(default=list)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["site", "decision", "at", "id"], name="controls_verdict_site_decision"),
            models.Index(fields=["subject_type", "subject_id"], name="controls_verdict_subject"),
            models.Index(fields=["site", "at"], name="controls_verdict_site_at"),
            models.Index(fields=["site", "outcome", "id"], name="controls_verdict_site_outcome"),
        ]


class Override(Record):
    """A refusal set aside by a named role with a written reason and a second person."""

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="overrides")
    control = models.CharField(max_length=80)
    reason = models.TextField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    second = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="controls_override_has_reason"),
            models.CheckConstraint(
                condition=~Q(account=models.F("second")), name="controls_override_takes_two_people"
            ),
        ]


class Breach(Record):
    """A record that breaks a watched rule, from when it was found until it was put right."""

    control = models.CharField(max_length=80)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    facts = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["control", "subject_type", "subject_id"],
                condition=Q(closed_at__isnull=True),
                name="controls_breach_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["control", "opened_at"], name="controls_breach_opened"),
            models.Index(fields=["closed_at"], name="controls_breach_closed"),
        ]


class WatchRun(Record):
    """One run of one watch over all sites. It is there also when nothing was found: proof that it looked."""

    control = models.CharField(max_length=80)
    at = models.DateTimeField()
    found = models.PositiveIntegerField()
    opened = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["control", "at"], name="controls_run_at")]


class ParameterValue(Record):
    """The value a policy gives to a control's parameter: for one site, or for the group, from a day on and
    perhaps to a last one. `source_type` and `source_id` say where it comes from."""

    control = models.CharField(max_length=80)
    parameter = models.CharField(max_length=60)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.JSONField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    source_type = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["control", "parameter", "site", "effective_from"],
                nulls_distinct=False,
                name="controls_parameter_one_value_a_day",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=models.F("effective_from")),
                name="controls_parameter_ends_after_it_begins",
            ),
        ]


class DayTally(models.Model):
    """What one control did at one site on one finished local day; without a site, for the group.

    Derived from verdicts, breaches, runs, work items and records that are in history themselves, so it is
    not. `standing` is a level, the others are counts: what stood open when the day ended (breaches of a
    watch, overdue items of a duty).
    """

    control = models.CharField(max_length=80)
    site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    passed = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    overridden = models.IntegerField(default=0)
    opened = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    standing = models.IntegerField(default=0)
    runs = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    missed = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    failing = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["control", "site", "day"], nulls_distinct=False, name="controls_tally_once"
            )
        ]
        indexes = [models.Index(fields=["site", "day"], name="controls_tally_site_day")]


class TallyMark(models.Model):
    """Up to which day the tallies of a control at a site have been counted; what is later is read live."""

    control = models.CharField(max_length=80)
    site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+")
    through = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["control", "site"], nulls_distinct=False, name="controls_mark_once"
            )
        ]
