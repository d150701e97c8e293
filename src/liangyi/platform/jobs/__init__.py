"""Work done later, by procrastinate on the same database.

The rule every caller keeps: a job is only a wake-up. It is deferred after the commit (NOTIFY inside a
business transaction locks at commit), so a process that dies in between loses it. Therefore what a job
does must also be found by a periodic task from rows written in the transaction itself: waiting
messages, dirty days, pending events. Running a job twice must do nothing the second time.

Tasks stand in a room's `tasks.py`, are plain functions of ids, act as `actors.system("job:<name>")`,
and are thin: ids in, a service called.
"""

from __future__ import annotations

from liangyi.platform.jobs.arguments import NotForJobsError
from liangyi.platform.jobs.queue import defer, run_pending
from liangyi.platform.jobs.registry import Task, periodic, registered, task

__all__ = ["NotForJobsError", "Task", "defer", "periodic", "registered", "run_pending", "task"]
