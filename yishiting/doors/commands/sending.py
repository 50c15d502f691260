"""Sending without end: what `yishiting deliver --watch` and `yishiting work` do."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from yishiting.doors.commands.supervising import say
from yishiting.ground.notices.actions import Sender

#: Seconds to wait at most for a database that is away before it is asked again.
PATIENCE = 30.0


def keep_sending(
    stopping: threading.Event, every: float, told: Callable[[Counter[str]], None] = lambda done: None
) -> None:
    """Send what is due, look again every so many seconds, wait for a database that is away, until told to stop.

    What was on its way while the database went is written down when it is back.
    """
    pause = every
    with Sender() as sender:
        while not stopping.is_set():
            try:
                busy = _round(sender, every, told)
                pause = every
            except (OperationalError, InterfaceError) as trouble:
                busy, pause = False, min(pause * 2, PATIENCE)
                connection.close()
                say(f"数据库现在用不了（{type(trouble).__name__}），{pause:.0f}秒后再试；消息不会丢。")
            if not busy:
                stopping.wait(pause)
        with suppress(OperationalError, InterfaceError):  # it is sent again under the same key when its claim is void
            sender.finish()


def _round(sender: Sender, every: float, told: Callable[[Counter[str]], None]) -> bool:
    """One look; gives back whether something moved, so that the next look is at once."""
    close_old_connections()
    claimed = sender.take()
    done = sender.note(within=every if sender.on_the_way else 0)
    if done:
        told(done)
    return bool(claimed or done or sender.on_the_way)
