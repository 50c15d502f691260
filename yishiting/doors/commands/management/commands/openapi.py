"""`yishiting openapi`: the description of the API, for programs and for those who write them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from yishiting.doors.commands.catalogue import openapi


class Command(BaseCommand):
    """Print the description in OpenAPI's words."""

    help = "打印接口说明（OpenAPI，JSON）"

    def handle(self, *args: Any, **options: Any) -> None:
        """The same text as docs/api/openapi.json."""
        with translation.override("zh-hans"):
            self.stdout.write(openapi(), ending="")
