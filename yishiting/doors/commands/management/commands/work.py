"""`yishiting work`: the work behind the pages, for ever: messages are sent, imports are brought in."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from yishiting.doors.commands.sending import keep_sending
from yishiting.doors.commands.supervising import end_with_starter
from yishiting.doors.commands.working import keep_working

EVERY = 1.0


class Command(BaseCommand):
    """Send and work until told to stop; any number may run, on any number of machines."""

    help = "后台工作：发送短信和邮件，办理导入等要等一会儿的事；yishiting serve 会自己启动它"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often to look."""
        parser.add_argument("--every", type=float, default=EVERY, metavar="秒", help="每隔几秒看一次有没有事")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sending in this thread, the tasks in another."""
        stopping = threading.Event()
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, lambda *_: stopping.set())
        end_with_starter()
        tasks = threading.Thread(target=keep_working, args=(stopping, options["every"]), name="tasks", daemon=True)
        tasks.start()
        keep_sending(stopping, options["every"])
        tasks.join(timeout=10)
