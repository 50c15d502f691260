"""`yishiting docs`: the documents made from code; `--check` says which are out of step."""

import importlib
import pkgutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import yishiting
from yishiting.doors.commands import catalogue

ROOT = Path(yishiting.__file__).parents[1]


class Command(BaseCommand):
    """Write, or check, docs/verbs.md, docs/permissions.md, docs/rules.md, docs/lifecycles/ and docs/api/."""

    help = "生成由代码得出的文档：动作目录、权限表、规则目录、生命周期图、接口说明"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Write or check."""
        parser.add_argument("--check", action="store_true", help="只检查，不写")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each page is compared with what the code says now."""
        load_everything()
        pages = catalogue.pages()
        stale = [path for path, text in pages.items() if out_of_step(ROOT / path, text)]
        if options["check"] and stale:
            raise CommandError(f"这些文档与代码不一致，请运行 make docs：{'、'.join(stale)}")
        for path, text in pages.items():
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(text, encoding="utf-8")
        self.stdout.write(f"文档 {len(pages)} 份，{'一致' if options['check'] else f'更新 {len(stale)} 份'}")


def out_of_step(path: Path, text: str) -> bool:
    """Whether the page on disk differs."""
    return not path.exists() or path.read_text(encoding="utf-8") != text


def load_everything() -> None:
    """Import every module that declares verbs or lifecycles."""
    for info in pkgutil.walk_packages(yishiting.__path__, "yishiting."):
        if ".actions" in info.name or info.name.endswith((".states", ".permissions")):
            importlib.import_module(info.name)
