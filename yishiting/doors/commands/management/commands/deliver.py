"""`yishiting deliver`: send the messages that wait; `--watch 2` keeps looking, for a service that never sleeps."""

import json
import signal
import threading
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yishiting.doors.commands.sending import keep_sending
from yishiting.doors.commands.supervising import end_with_starter
from yishiting.ground.common.days import chinese
from yishiting.ground.notices.actions import deliver
from yishiting.ground.notices.models import Delivery
from yishiting.ground.notices.queries import standstill

OFTEN = 0.2


class Command(BaseCommand):
    """Send what is due, say how many came to which state."""

    help = "发送排队的短信和邮件，验证码最先；--watch 秒数 表示常驻，每隔几秒看一次；--status 看有没有积压"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, for ever, or not at all."""
        parser.add_argument("--watch", type=float, metavar="秒", help="常驻，每隔这么多秒看一次")
        parser.add_argument("--most", type=int, default=500, help="一次最多发多少条")
        parser.add_argument("--status", action="store_true", help="只看有没有积压，有就以 1 结束")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, send once, or send without end."""
        if options["status"]:
            self._look()
        elif options["watch"] is None:
            self._say(deliver(most=options["most"]), as_json=options["json"])
        else:
            stopping = threading.Event()
            for wanted in (signal.SIGTERM, signal.SIGINT):
                signal.signal(wanted, lambda *_: stopping.set())
            end_with_starter()
            keep_sending(stopping, max(options["watch"], OFTEN), lambda done: self._say(done, as_json=options["json"]))

    def _look(self) -> None:
        still = standstill(timezone.now())
        if still is not None:
            raise CommandError(
                f"消息积压：{still.waiting}条早该发出，最早的排在{chinese(still.since, 'time')}。"
                "请看后台工作（yishiting work 或 yishiting deliver --watch 2）有没有在运行。"
            )
        self.stdout.write("没有积压。")

    def _say(self, done: Counter[str], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(dict(done), ensure_ascii=False))
        elif done:
            self.stdout.write("，".join(f"{Delivery(state).label}{count}条" for state, count in done.items()))
        else:
            self.stdout.write("没有要发送的消息。")
        self.stdout.flush()
