"""The tables without history, each with its reason. An architecture test holds the database against it."""

from __future__ import annotations

EXCLUDED: dict[str, str] = {
    "audit_history": "is the history; protected by its own triggers and the seals",
    "audit_read": "is a log; protected by its own triggers and the seals",
    "audit_seal": "is the chain; protected by its own triggers and the mirror outside the database",
    "access_draft": "what nobody has saved is no record: encrypted, its owner's only, gone after a week",
    "access_session": "sessions hold no clinic data and change with every request; who signed in is logged",
    "axes_accessattempt": "counts wrong passwords for the lock-out; written by django-axes",
    "axes_accessattemptexpiration": "ends a lock-out; written by django-axes",
    "axes_accessfailurelog": "is a log of wrong passwords; written by django-axes",
    "axes_accesslog": "is a log of sign-ins; written by django-axes",
    "auth_group": "Django's own groups: empty, roles take their place",
    "auth_group_permissions": "Django's own groups: empty, roles take their place",
    "auth_permission": "Django's own permissions: derived from the code at every migrate",
    "controls_daytally": "counted from rows that are in history, and counted anew at any time",
    "controls_tallymark": "how far the tallies have been counted: derived, set by every count",
    "django_content_type": "Django's list of models: derived from the code at every migrate",
    "django_migrations": "what has been migrated: written by Django before any table of ours exists",
    "measures_dirtyday": "days to be recounted: derived, gone after the recount",
    "measures_measurepoint": "counted from rows that are in history, and counted anew at any time",
    "procrastinate_events": "the queue's own log; jobs hold ids only and are gone after three days",
    "procrastinate_jobs": "jobs hold ids only and are gone after three days",
    "procrastinate_periodic_defers": "when the queue last deferred a periodic job",
    "procrastinate_workers": "which workers are alive",
}
