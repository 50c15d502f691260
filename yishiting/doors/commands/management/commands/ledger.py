"""`yishiting ledger export FILE`, `ledger checkpoint`, `ledger verify --records`.

`ledger verify FILE` needs no database and is found in `yishiting.methods.commands` (see doors/commands/main).
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yishiting.ground.accounts.actors import Operator
from yishiting.ground.ledger.actions import sign_day
from yishiting.ground.ledger.checking import Findings, compare
from yishiting.ground.ledger.models import Entry
from yishiting.ground.ledger.queries import as_exported, export_rows

SHOWN_MOST = 50


class Command(BaseCommand):
    """Take the ledger home, sign the day, or compare the database with the ledger."""

    help = "导出账册供任何人核对，签署今天的存证，或对照数据库和记录；核对导出的文件用 yishiting ledger verify 文件"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The errand and its file."""
        errands = parser.add_subparsers(dest="errand", required=True)
        export = errands.add_parser("export", help="导出全部记录")
        export.add_argument("file", type=Path)
        errands.add_parser("checkpoint", help="签署今天的存证")
        verify = errands.add_parser("verify", help="对照数据库和记录，指出在记录之外被改动的内容")
        verify.add_argument("--records", action="store_true", required=True)
        verify.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the errand."""
        getattr(self, f"_{options['errand']}")(options)

    def _checkpoint(self, options: dict[str, Any]) -> None:
        point = sign_day(timezone.localdate(), by=Operator())
        self.stdout.write(json.dumps(as_exported(point), ensure_ascii=False))

    def _export(self, options: dict[str, Any]) -> None:
        with options["file"].open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in export_rows())
        self.stdout.write(f"已导出 {Entry.objects.count()} 条记录：{options['file']}")

    def _verify(self, options: dict[str, Any]) -> None:
        findings = compare()
        self.stdout.write(json.dumps(findings.as_dict(), ensure_ascii=False) if options["json"] else _says(findings))
        if findings.faults:
            raise CommandError(f"有 {len(findings.faults)} 处与记录不符。", returncode=1)


def _says(findings: Findings) -> str:
    compared = (
        f"对照了 {findings.entries} 条记录（签名到第 {findings.signed} 条）、{findings.words} 处封存的原文、"
        f"{findings.records} 件登记的内容；另有 {findings.unknown} 行从来没有登记过。"
    )
    if not findings.faults:
        return f"{compared}都与记录一致。"
    more = len(findings.faults) - SHOWN_MOST
    rest = [f"还有 {more} 处，用 --json 看全部。如果每一条都不符，请先核对封存的密钥。"] if more > 0 else []
    return "\n".join([compared, *findings.faults[:SHOWN_MOST], *rest])
