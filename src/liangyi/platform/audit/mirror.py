"""The newest roots, kept in a file outside the database: its owner alone cannot rewrite history unseen.

HOME/seals/head.log gets a line "sequence root sealed_at" for every seal. Copy the file to a place where
it can only be appended to, and neither of the two owners can.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from liangyi.platform.audit.models import Seal

_LINE = re.compile(rb"(\d{1,18}) ([0-9a-f]{64}) \S+\n")
_LONGEST = 200


def path() -> Path:
    """Where the mirror is kept."""
    return Path(settings.HOME) / "seals" / "head.log"


def size() -> int:
    """The mirror's length in bytes; 0 when there is none."""
    return path().stat().st_size if path().exists() else 0


def entries(upto: int) -> Iterator[tuple[int, bytes]]:
    """(sequence, root) of every whole line in the first `upto` bytes; a torn line is left out."""
    if not path().exists():
        return
    with path().open("rb") as file:
        while file.tell() < upto and (line := file.readline(_LONGEST)):
            if match := _LINE.fullmatch(line):
                yield int(match[1]), bytes.fromhex(match[2].decode())


def append_missing() -> None:
    """Append the roots that are newer than the mirror's last, also after a crash in between."""
    seals = Seal.objects.filter(sequence__gt=_newest()).order_by("sequence")
    lines = [f"{s.sequence} {bytes(s.root).hex()} {s.sealed_at.isoformat()}\n" for s in seals.iterator()]
    if not lines:
        return
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a+b") as file:
        file.write((_line_end() + "".join(lines)).encode())
        file.flush()
        os.fsync(file.fileno())


def begin_anew(at: datetime) -> None:
    """After a restore: what was mirrored of the replaced database is kept beside as evidence, and a new
    mirror begins with the seals that are there now."""
    if path().exists():
        path().rename(path().with_name(f"head-until-{at:%Y%m%dT%H%M%SZ}.log"))
    append_missing()


def _newest() -> int:
    """The last sequence in the mirror: from its end, unless a line was torn there."""
    near_end = list(_LINE.finditer(_ending(4 * _LONGEST)))
    return int(near_end[-1][1]) if near_end else 0


def _line_end() -> str:
    return "\n" if _ending(1) not in (b"", b"\n") else ""


def _ending(count: int) -> bytes:
    if not path().exists():
        return b""
    with path().open("rb") as file:
        file.seek(max(0, size() - count))
        return file.read()
