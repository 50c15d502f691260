"""`yishiting deliver`: send the messages that wait; `--watch 2` keeps looking, for a service that never sleeps."""

import json
import time
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from yishiting.ground.notices.actions import deliver
from yishiting.ground.notices.models import Delivery


class Command(BaseCommand):
    """Send what is due, say how many came to which state."""

    help = "发送排队的短信和邮件；--watch 秒数 表示常驻，每隔几秒看一次"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once or for ever."""
        parser.add_argument("--watch", type=float, metavar="秒", help="常驻，每隔这么多秒看一次")
        parser.add_argument("--most", type=int, default=500, help="一次最多发多少条")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """One round, or round after round."""
        while True:
            self._say(deliver(most=options["most"]), as_json=options["json"], quiet=options["watch"] is not None)
            if options["watch"] is None:
                return
            close_old_connections()
            time.sleep(max(options["watch"], 0.2))

    def _say(self, done: Counter[str], *, as_json: bool, quiet: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(dict(done), ensure_ascii=False))
        elif done:
            self.stdout.write("，".join(f"{Delivery(state).label}{count}条" for state, count in done.items()))
        elif not quiet:
            self.stdout.write("没有要发送的消息。")
