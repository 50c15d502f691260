"""Keeping the processes of `yishiting serve` alive. No Django here: whoever keeps others alive stays small."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

#: Names the process that started this one; when that one is gone, this one ends too.
STARTED_BY = "YISHITING_STARTED_BY"
LOOKS_EVERY = 0.5
#: Seconds a process may take to finish what it is at before it is killed.
GRACE = 20.0
#: One that has lived so long has started well: the next start is at once.
LIVED_WELL = 30.0
WAIT_MOST = 30.0


@dataclass(slots=True)
class Kept:
    """One process to be kept alive."""

    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    falls: int = 0

    def start(self) -> None:
        """Start it; it ends when we do."""
        environment = {**os.environ, STARTED_BY: str(os.getpid())}
        self.process = subprocess.Popen([*self.words], env=environment)  # noqa: S603  # our own words
        self.since = time.monotonic()

    def look(self) -> None:
        """Start it again when it has ended, later each time it falls soon after."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self.falls = 0 if now - self.since > LIVED_WELL else self.falls + 1
            self.process, self.since = None, now
            say(f"{self.name}停了（{code}），{self.wait():.0f}秒后重新启动。")
        if now - self.since >= self.wait():
            self.start()

    def wait(self) -> float:
        """Seconds before the next start."""
        return min(2.0**self.falls - 1, WAIT_MOST)


@dataclass(slots=True)
class Supervisor:
    """Keeps processes alive until it is told to stop, and stops them all then."""

    kept: list[Kept]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Until SIGTERM or Ctrl+C."""
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, lambda *_: self.stopping.set())
        for one in self.kept:
            one.start()
        while not self.stopping.wait(LOOKS_EVERY):
            for one in self.kept:
                one.look()
        self.stop()

    def stop(self) -> None:
        """Ask all to finish, kill who does not."""
        alive = [one.process for one in self.kept if one.process is not None and one.process.poll() is None]
        for process in alive:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in alive:
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def end_with_starter() -> None:
    """Where a supervisor has started this process: end when it is gone, so that no orphan goes on serving."""
    starter = os.environ.get(STARTED_BY, "")
    if starter:
        threading.Thread(target=_watch, args=(int(starter),), name="end-with-starter", daemon=True).start()


def _watch(starter: int) -> None:
    while os.getppid() == starter:
        time.sleep(LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE / 2)
    os._exit(1)  # it did not listen


def say(sentence: str) -> None:
    """One line for whoever reads the log."""
    print(f"{time.strftime('%F %T')} {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    Supervisor([Kept(name, words) for name, words in json.loads(sys.argv[1]).items()]).run()
