"""The process that holds the port and keeps the web workers: granian, with threads that are counted. No Django here."""

import os
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from yishiting.doors.commands.supervising import STARTED_BY, end_with_starter

#: Seconds after which an idle thread ends, and after which a worker that does not stop is killed.
IDLE_SECONDS, KILL_SECONDS = 60, 15
#: Seconds between the start of a worker and the next.
BETWEEN = 0.5
#: How many requests of a worker may wait for a thread; more wait at the door.
WAITING = 512


def main(host: str, port: str, workers: str, threads: str) -> None:
    """Serve until told to stop."""
    end_with_starter()
    os.environ[STARTED_BY] = str(os.getpid())  # the workers end with this process
    Server(
        "config.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=int(threads),
        blocking_threads_idle_timeout=IDLE_SECONDS,
        backpressure=WAITING,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=BETWEEN,
        workers_kill_timeout=KILL_SECONDS,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
