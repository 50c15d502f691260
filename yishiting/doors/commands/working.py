"""The work that may wait, one task after the other: what `yishiting work` does beside sending messages."""

import os
import socket
import threading
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from yishiting.doors.commands.supervising import say

EVERY, PATIENCE = 1.0, 30.0
#: One taken up on another machine for so long was left by a process that died.
LEFT_AFTER = timedelta(hours=2)
#: For so long what came of a task is kept.
KEPT = timedelta(days=14)


def keep_working(stopping: threading.Event, every: float = EVERY) -> None:
    """Do what waits, look again, outlive a database that is away, until told to stop."""
    pause = every
    while not stopping.is_set():
        try:
            close_old_connections()
            take_up_again()
            if DBTaskResult.objects.ready().exists():  # looking first: the worker locks SQLite whenever it looks
                _work()
            pause = every
        except (DatabaseError, InterfaceError) as trouble:
            connection.close()
            pause = min(pause * 2, PATIENCE)
            say(f"数据库现在用不了（{type(trouble).__name__}），后台工作{pause:.0f}秒后再试。")
        stopping.wait(pause)
    connection.close()


def _work() -> None:
    """All that is ready now, one after the other."""
    worker = Worker(
        queue_names=["*"],
        interval=EVERY,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{here()}:{get_random_string(8)}",
        excluded_queue_names=[],
    )
    worker.run()


def here() -> str:
    """This process, as a task remembers who took it up."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def take_up_again() -> int:
    """Put tasks back whose process died over them; each task goes on where it was left. Gives back how many."""
    left = [task for task in DBTaskResult.objects.running() if _is_left(task)]
    rows = DBTaskResult.objects.filter(pk__in=[task.pk for task in left], status=TaskResultStatus.RUNNING)
    return rows.update(status=TaskResultStatus.READY)


def _is_left(task: "DBTaskResult[Any, Any]") -> bool:
    host, pid, *_ = f"{task.worker_ids[-1] if task.worker_ids else ''}::".split(":")
    if host == socket.gethostname()[:40] and pid.isdecimal():
        return int(pid) != os.getpid() and not _is_alive(int(pid))
    return task.started_at is None or task.started_at < timezone.now() - LEFT_AFTER


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def forget_finished() -> int:
    """Remove tasks finished long ago; part of the daily command. Gives back how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()[0]
