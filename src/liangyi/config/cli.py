"""`liangyi`: the console command, with Django's commands behind it."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liangyi.config.settings")
    execute_from_command_line(sys.argv)
