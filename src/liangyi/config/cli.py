"""`liangyi`: the console command, with Django's commands behind it."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from liangyi.config.env import SettingError, read


def main() -> None:
    """Run one command. A setting that cannot be used ends it with one line and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liangyi.config.settings")
    try:
        if sys.argv[1:2] == ["load_demo"] and read().mode == "production":
            raise SettingError("load_demo is refused in production: its accounts share a published password")
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.stderr.write(f"liangyi: {error}\n")
        raise SystemExit(2) from None
