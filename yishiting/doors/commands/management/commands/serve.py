"""`yishiting serve`: the page server on PORT."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Serve the pages; with the production settings static files are gathered first."""

    help = "启动网页服务（PORT、HOST、WORKERS 可设）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--workers", default=os.environ.get("WORKERS", "2"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the page server."""
        must_be_free(options["host"], options["port"])
        if not getattr(settings, "WHITENOISE_USE_FINDERS", False):
            call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"议事厅：http://{options['host']}:{options['port']}/  （按 Ctrl+C 停止）")
        self.stdout.flush()
        os.execv(  # noqa: S606  # we become the server; nothing of the user's reaches a shell
            sys.executable,
            [
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                options["host"],
                "--port",
                options["port"],
                "--workers",
                options["workers"],
                "--no-ws",
                "config.wsgi:application",
            ],
        )


def must_be_free(host: str, port: str) -> None:
    """The page server would share a port with another one, and each visitor would meet now this, now that."""
    try:
        [(family, kind, protocol, _name, address), *_others] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind, protocol) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except OSError as trouble:
        raise CommandError(
            f"{host} 的端口 {port} 不能用（{trouble.strerror}）。可能已经有一个议事厅在运行；请先停止它，或换一个端口，例如 PORT=8001。"
        ) from None
