"""`yishiting import-suggestions FILE --place CODE --channel hotline [--dry-run] [--json]`."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yishiting.ground.accounts.actors import Operator
from yishiting.ground.common.refused import Refused
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions import bring_in_the_rest, import_suggestions
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.models import Channel
from yishiting.year.suggestions.queries.importing import plan_import
from yishiting.year.suggestions.sheets import read_sheet, write_back

BAR = 30
SHOWN = 20


class Command(BaseCommand):
    """Bring in a file of suggestions (CSV or .xlsx); bringing it in again changes nothing."""

    help = "导入建议（CSV 或 .xlsx），逐行说明结果；同一文件再导一次不会重复。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, where it belongs, where it comes from, and how to say what happened."""
        parser.add_argument("file", type=Path, help="CSV 或 .xlsx 文件")
        parser.add_argument("--place", required=True, help="社区（村）的区划代码，例如 110105012022")
        parser.add_argument("--channel", choices=Channel.values, default=Channel.HOTLINE.value, help="渠道")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不收入")
        parser.add_argument("--json", action="store_true", help="用 JSON 输出，便于程序读取")
        parser.add_argument("--refused", type=Path, help="把原表另存为 .xlsx，附一列未收原因")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, bring in, account for every row."""
        place, content = self._place(options["place"]), self._content(options["file"])
        started = time.perf_counter()
        try:
            told = (
                self._dry_run(place, content, options) if options["dry_run"] else self._import(place, content, options)
            )
        except (Refused, Unreadable) as problem:
            raise CommandError(str(problem)) from problem
        told["seconds"] = round(time.perf_counter() - started, 2)
        if options["refused"]:
            reasons = {row["row"]: row["reason"] for row in told["reasons"]}
            options["refused"].write_bytes(write_back(read_sheet(content), reasons))
        self._say(told, as_json=options["json"])

    def _dry_run(self, place: Place, content: bytes, options: dict[str, Any]) -> dict[str, Any]:
        plan = plan_import(place, options["channel"], content, timezone.localdate())
        left = [{"row": row.line, "duplicate": row.duplicate, "reason": row.reason} for row in plan.left]
        counts = (plan.rows, len(plan.fresh), plan.duplicates, plan.rejected)
        remarks = [{"row": one.line, "says": one.says} for one in plan.remarks]
        return {**_told(place, options, counts, left), "remarks": remarks}

    def _import(self, place: Place, content: bytes, options: dict[str, Any]) -> dict[str, Any]:
        plain = options["json"] or not sys.stderr.isatty()
        bar = Bar(self.stderr, None if plain else len(read_sheet(content).lines))
        batch = import_suggestions(
            place,
            by=Operator(),
            channel=options["channel"],
            name=options["file"].name,
            content=content,
            alone=True,
        )
        bar.step(batch.rows - batch.waiting)
        bring_in_the_rest(batch, by=Operator(), progress=bar.step)
        batch.refresh_from_db()
        bar.end()
        counts = (batch.rows, batch.accepted, batch.duplicates, batch.rejected)
        return {**_told(place, options, counts, batch.errors), "batch": str(batch.pk)}

    def _place(self, code: str) -> Place:
        place = Place.objects.filter(code=code).first()
        if place is None:
            raise CommandError(f"没有区划代码 {code}。请先运行 yishiting init 载入区划，或核对代码。")
        return place

    def _content(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as problem:
            raise CommandError(f"打不开文件 {path}：{problem.strerror}。") from problem

    def _say(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        head = "试导（没有写入）" if told["dry_run"] else "导入完成"
        self.stdout.write(
            f"{head}：共 {told['rows']} 行，收入 {told['accepted']}，重复 {told['duplicates']}，"
            f"未收 {told['rejected']}，用时 {told['seconds']} 秒。"
        )
        for row in told["reasons"][:SHOWN]:
            self.stdout.write(f"  第 {row['row']} 行：{row['reason']}")
        if len(told["reasons"]) > SHOWN:
            self.stdout.write(f"  另有 {len(told['reasons']) - SHOWN} 行，用 --json 或 --refused 文件.xlsx 查看全部。")
        for one in told.get("remarks", [])[:SHOWN]:
            row = f"第 {one['row']} 行" if one["row"] else ""
            self.stdout.write(f"  照收，但请核对{row}：{one['says']}")


def _told(
    place: Place, options: dict[str, Any], counts: tuple[int, int, int, int], left: list[dict[str, Any]]
) -> dict[str, Any]:
    names = ("rows", "accepted", "duplicates", "rejected")
    return {
        "place": place.code,
        "channel": str(options["channel"]),
        "dry_run": options["dry_run"],
        **dict(zip(names, counts, strict=True)),
        "reasons": left,
    }


class Bar:
    """A progress bar on a terminal; silent when there is none."""

    def __init__(self, out: Any, whole: int | None) -> None:
        self.out, self.whole, self.done = out, whole, 0

    def step(self, more: int) -> None:
        """So many rows more are in."""
        self.done += more
        if self.whole:
            filled = BAR * min(self.done, self.whole) // self.whole
            self.out.write(f"\r收入 [{'█' * filled}{'·' * (BAR - filled)}] {self.done}/{self.whole}", ending="")

    def end(self) -> None:
        """Leave the line."""
        if self.whole:
            self.out.write("")
