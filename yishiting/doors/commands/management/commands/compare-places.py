"""`yishiting compare-places`: a new table of places beside those there are; shows what differs and changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yishiting.ground.common.refused import Refused
from yishiting.ground.places.queries import top_place
from yishiting.ground.rezoning.comparing import COMMUNITIES, STREETS, differences, divisions, read_rows


class Command(BaseCommand):
    """Show what a new table has otherwise, with the command that would change it."""

    help = "把新一年的区划表和现在的区划逐项对照，只显示不同之处，不改动；每一处按文件用相应的命令办理"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two tables, either of which may be left out."""
        parser.add_argument("--streets", type=Path, help="街乡表（CSV，列：code,name）")
        parser.add_argument("--communities", type=Path, help="社区（村）表（CSV，列：code,name,streetCode）")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each difference, the command below it."""
        district = top_place()
        if district is None:
            raise CommandError("还没有载入区划，请先运行 yishiting init。")
        try:
            streets, communities = _read(options["streets"], STREETS), _read(options["communities"], COMMUNITIES)
        except (OSError, Refused) as trouble:
            raise CommandError(str(trouble)) from None
        found = differences(district, divisions(district, streets, communities))
        for one in found:
            self.stdout.write(f"{one.says}\n    {one.command}")
        self.stdout.write(f"共{len(found)}处不同，没有改动。" if found else "没有不同。")


def _read(path: Path | None, wanted: tuple[str, ...]) -> list[dict[str, str]]:
    return read_rows(path.read_bytes(), wanted) if path is not None else []
