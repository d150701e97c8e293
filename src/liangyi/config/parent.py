"""A child of `liangyi run` ends when its parent is gone, even one killed with -9."""

from __future__ import annotations

import os
import signal
import threading
import time

GRACE_SECONDS = 10


def end_with_parent(*, may_be_first: bool = True) -> None:
    """From now on this process ends itself (as by SIGTERM) within half a second of its parent's end.

    `may_be_first`: the parent can be process 1, as in a container. Where it cannot, process 1 means that
    the parent was killed while this one was starting.
    """
    parent = os.getppid() if may_be_first or os.getppid() != 1 else -1
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
