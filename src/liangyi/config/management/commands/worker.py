"""`liangyi worker`: run the jobs."""

from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app

from liangyi.config.parent import end_with_parent

GRACE_SECONDS = 8.0


class Command(BaseCommand):
    help = "Run the jobs until SIGTERM. `liangyi run` starts one; more may run on other machines."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--with-parent", action="store_true", help="end when the parent process ends")

    def handle(self, **options: Any) -> None:
        if options["with_parent"]:
            end_with_parent()
        asyncio.run(_work())


async def _work() -> None:
    """The queue is read on connections of its own; the jobs themselves run in threads on Django's."""
    worker_app = app.with_connector(app.connector.get_worker_connector())
    async with worker_app.open_async() as worker:
        await worker.run_worker_async(
            concurrency=settings.ENV.threads,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE_SECONDS,
        )
