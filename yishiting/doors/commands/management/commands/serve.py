"""`yishiting serve`: the pages on PORT and the work behind them, kept alive."""

import json
import os
import socket
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from yishiting.doors.commands.upgrading import must_be_up_to_date

#: Connections left for the work behind the pages, the daily command and whoever looks in.
LEFT_FREE = 10
#: Seconds to wait for a port that one killed a moment ago still holds.
PATIENCE = 5.0


class Command(BaseCommand):
    """Serve the pages; with the production settings static files are gathered first."""

    help = "启动网页服务和后台工作，停了自动重启（PORT、HOST、WORKERS、THREADS 可设；--web-only 只启动网页）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, with how many processes and threads."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--workers", type=int, default=settings.WORKERS)
        parser.add_argument("--threads", type=int, default=settings.THREADS)
        parser.add_argument("--web-only", action="store_true", help="不启动后台工作（另有 yishiting work 在运行时）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look whether everything is ready, then keep the processes alive until told to stop."""
        must_be_free(options["host"], options["port"])
        must_be_ready(options["workers"] * options["threads"])
        if not getattr(settings, "WHITENOISE_USE_FINDERS", False):
            call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"议事厅：http://{options['host']}:{options['port']}/  （按 Ctrl+C 停止）")
        self.stdout.flush()
        sys.stderr.flush()
        words = [sys.executable, "-m", "yishiting.doors.commands.supervising", json.dumps(processes(**options))]
        os.execv(sys.executable, words)  # noqa: S606  # we become the small process that keeps the others; no shell


def processes(*, host: str, port: str, workers: int, threads: int, web_only: bool, **_: Any) -> dict[str, list[str]]:
    """What runs: the page server, and the work behind it."""
    os.environ["THREADS"] = str(threads)  # as many connections may be held
    python = [sys.executable, "-m"]
    web = [*python, "yishiting.doors.commands.page_server", host, port, str(workers), str(threads)]
    work = [*python, "django", "work"]
    return {"网页服务": web} | ({} if web_only else {"后台工作": work})


def must_be_ready(threads: int) -> None:
    """The tables are there and PostgreSQL takes a connection of each thread; it may also be away now."""
    try:
        must_be_up_to_date()
        most = connections_offered()
    except OperationalError:
        return
    if most is not None and threads + LEFT_FREE > most:
        raise CommandError(
            f"网页服务最多要用 {threads} 个数据库连接（WORKERS 乘 THREADS），另留 {LEFT_FREE} 个；PostgreSQL 只给 {most} 个。"
            "请减少 WORKERS 或 THREADS，或调高 PostgreSQL 的 max_connections。"
        )


def connections_offered() -> int | None:
    """How many connections PostgreSQL gives to ordinary users; SQLite does not count."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
        )
        return int(cursor.fetchone()[0])


def must_be_free(host: str, port: str, patience: float = PATIENCE) -> None:
    """The page server would share a port with another one, and each visitor would meet now this, now that."""
    until = time.monotonic() + patience
    while (trouble := why_taken(host, port)) is not None:
        if not isinstance(trouble, socket.gaierror) and time.monotonic() < until:
            time.sleep(0.5)
            continue
        raise CommandError(
            f"{host} 的端口 {port} 不能用（{trouble.strerror}）。可能已经有一个议事厅在运行；请先停止它，或换一个端口，例如 PORT=8001。"
        )


def why_taken(host: str, port: str) -> OSError | None:
    """Why this port cannot be had; nothing when it can."""
    try:
        [(family, kind, protocol, _name, address), *_others] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind, protocol) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except OSError as trouble:
        return trouble
    return None
