"""`liangyi verify_audit [--json]`: is history what it was, and are the rows what history says?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from liangyi.platform import clock
from liangyi.platform.audit.verification import Report, Tail, verify


class Command(BaseCommand):
    """Prints what is wrong, by table and row; exit code 1 when anything is."""

    requires_system_checks: list[str] = []
    help = "Check history, the chain of seals and the mirror outside; exits with 1 if anything was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        report = verify()
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(report)
        if not report.is_clean:
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        for finding in report.findings:
            self.stdout.write(f"✗ {finding}")
        summary = _("核对了 %(seals)d 个封存（%(sealed)d 条记录）、%(tables)d 张表（%(rows)d 行）")
        self.stdout.write(
            summary
            % {
                "seals": report.seals,
                "sealed": report.sealed_rows,
                "tables": report.tables,
                "rows": report.rows,
            }
        )
        for tail in report.tails:
            self.stdout.write(_tail_line(tail))
        self.stdout.write(
            _("没有发现改动") if report.is_clean else _("发现改动：%d 处") % len(report.findings)
        )


def _tail_line(tail: Tail) -> str:
    name = {"history": _("变更历史"), "read": _("查阅记录")}[tail.source]
    if tail.oldest is None:
        return _("%(name)s：全部已封存") % {"name": name}
    age = max(0, int((clock.now() - tail.oldest).total_seconds()))
    return _("%(name)s：%(rows)d 条尚未封存，最早的在 %(age)d 秒前") % {
        "name": name,
        "rows": tail.rows,
        "age": age,
    }
