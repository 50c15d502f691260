"""`yishiting ledger export FILE`, `ledger checkpoint`; `ledger verify FILE` needs no database (see doors/commands/main)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from yishiting.ground.accounts.actors import Operator
from yishiting.ground.ledger.actions import sign_day
from yishiting.ground.ledger.models import Entry
from yishiting.ground.ledger.queries import as_exported, export_rows


class Command(BaseCommand):
    """Take the ledger home, or sign the day."""

    help = "导出账册供任何人核对，或签署今天的存证；核对用 yishiting ledger verify 文件"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The errand and its file."""
        errands = parser.add_subparsers(dest="errand", required=True)
        export = errands.add_parser("export", help="导出全部记录")
        export.add_argument("file", type=Path)
        errands.add_parser("checkpoint", help="签署今天的存证")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the errand."""
        if options["errand"] == "checkpoint":
            point = sign_day(timezone.localdate(), by=Operator())
            self.stdout.write(json.dumps(as_exported(point), ensure_ascii=False))
            return
        with options["file"].open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in export_rows())
        self.stdout.write(f"已导出 {Entry.objects.count()} 条记录：{options['file']}")
