"""Row ids: in order, and none twice, not even in processes that were forked from one."""

from __future__ import annotations

import subprocess
import sys

from liangyi.platform.ids import new_id

FORKED = """
import os
from liangyi.platform.ids import new_id
new_id()
for _child in range(4):
    if not (child := os.fork()):
        os.write(1, "".join(f"{new_id().hex[16:]} " for _ in range(50)).encode())
        os._exit(0)
    os.waitpid(child, 0)
"""


def test_new_ids_rise() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(set(ids))


def test_new_ids_of_forked_processes_differ() -> None:
    found = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, check=True, text=True)
    ids = found.stdout.split()
    assert len(set(ids)) == len(ids) == 200
