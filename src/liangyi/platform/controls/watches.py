"""Running the watches: breaches are opened for what is found, and closed when it is found no more."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor, system
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.catalogue import Control, Finding, controls, watches
from liangyi.platform.controls.models import Breach, WatchRun
from liangyi.platform.controls.permissions import RUN_WATCHES
from liangyi.platform.worklist.calendar import add_working_days
from liangyi.platform.worklist.services import finish_for, open_item

log = logging.getLogger(__name__)

BREACH_KIND = "controls.breach"
BREACH_DAYS = 2


def run_watches(
    at: datetime, *, actor: Actor | None = None, codes: Iterable[str] | None = None
) -> dict[str, WatchRun]:
    """Run all watches (or those of `codes`), each in a transaction of its own, for all sites.

    Each leaves a row that says what it found, also when that is nothing. One that fails leaves none and does
    not keep the others from running; its error is raised at the end.
    """
    actor = actor or system("job:watches")
    actor.require(RUN_WATCHES)
    wanted = sorted(watches() if codes is None else codes)
    runs: dict[str, WatchRun] = {}
    failed: list[Exception] = []
    for code in wanted:
        try:
            runs[code] = _run(controls()[code], actor, at)
        except Exception as error:
            log.exception("watch %s failed", code)
            failed.append(error)
    if failed:
        raise failed[0]
    return runs


def _run(control: Control, actor: Actor, at: datetime) -> WatchRun:
    with recorded(actor, reason=control.code):
        _one_at_a_time(control)
        is_open = {
            (b.subject_type, b.subject_id): b
            for b in Breach.objects.select_for_update().filter(control=control.code, closed_at=None)
        }
        found = {(f.subject_type, f.subject_id): f for f in watches()[control.code](at)}
        opened = _open(control, [found[key] for key in found if key not in is_open], actor, at)
        closed = [breach for key, breach in is_open.items() if key not in found]
        for breach in closed:
            _close(breach, actor, at)
        return WatchRun.objects.create(
            control=control.code, at=at, found=len(found), opened=opened, closed=len(closed)
        )


def _one_at_a_time(control: Control) -> None:
    """Two runs of one watch at once would both open what is new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"watch:{control.code}"])


def _open(control: Control, findings: list[Finding], actor: Actor, at: datetime) -> int:
    breaches = Breach.objects.bulk_create(
        (
            Breach(
                control=control.code,
                site_id=finding.site,
                subject_type=finding.subject_type,
                subject_id=finding.subject_id,
                facts=finding.facts,
                opened_at=at,
            )
            for finding in findings
        ),
    )
    sites = Site.objects.in_bulk({f.site for f in findings if f.site})
    for breach in breaches:
        if breach.site_id:
            _open_work(control, breach, sites[breach.site_id], actor, at)
    return len(breaches)


def _open_work(control: Control, breach: Breach, site: Site, actor: Actor, at: datetime) -> None:
    open_item(
        actor=actor,
        at=at,
        kind=BREACH_KIND,
        site=site,
        subject=("controls.breach", breach.id),
        role=control.owner_role,
        due_at=add_working_days(at, BREACH_DAYS, site.time_zone),
        facts={"control": control.code, "subject": [breach.subject_type, str(breach.subject_id)]},
    )


def _close(breach: Breach, actor: Actor, at: datetime) -> None:
    breach.closed_at = at
    breach.save(update_fields=["closed_at"])
    finish_for(("controls.breach", breach.id), BREACH_KIND, actor=actor, at=at)
