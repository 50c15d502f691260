"""`yishiting …`: the commands of the house under one name; the methods need no Django."""

import ast
import os
import sys
from collections.abc import Sequence
from pathlib import Path

COMMANDS = Path(__file__).parent / "management" / "commands"
#: Django's own that an operator may need. The others go round the verbs: no flush, no changepassword.
FROM_DJANGO = {"check", "migrate"}
#: These need no data of anybody's; without settings they run with those of the demo.
WITHOUT_DATA = {"demo", "docs", "openapi", "help", "version"}
HARMLESS = ("--help", "-h", "--settings")
DEMO = "config.settings.demo"
WHICH = (
    "请先设置环境变量 DJANGO_SETTINGS_MODULE，说明要在哪一套数据上运行：正式运行用 config.settings.production，"
    "演示数据用 config.settings.demo，开发用 config.settings.dev。不写明就不运行，以免动了别的数据库。"
)


def main(argv: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status."""
    words = list(sys.argv if argv is None else argv)
    name = words[1] if len(words) > 1 else "help"
    if words[1:2] == ["methods"] or words[1:3] == ["ledger", "verify"]:
        from yishiting.methods.commands import main as methods

        if name == "methods":
            raise SystemExit(methods(words[2:]))
        if "--records" not in words:
            raise SystemExit(methods(["ledger-verify", *words[3:]]))
    if words[1:] in ([], ["help"], ["--help"], ["-h"]):
        print(overview())
        raise SystemExit(0)
    if name.lstrip("-") not in {*ours(), *FROM_DJANGO, "help", "version"}:
        raise SystemExit(f"没有 {name} 这个命令。\n\n{overview()}")
    run(words, name)


def run(words: list[str], name: str) -> None:
    """Hand a command to Django, with settings that were named or that can do no harm."""
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        if name.lstrip("-") not in WITHOUT_DATA and not any(word.startswith(HARMLESS) for word in words):
            raise SystemExit(WHICH)
        os.environ["DJANGO_SETTINGS_MODULE"] = DEMO  # --settings, where given, goes before it
    from django.core.management import execute_from_command_line

    execute_from_command_line(words)


def ours() -> dict[str, str]:
    """The commands of the house, each with its sentence, read without running any of them."""
    return {path.stem: _sentence(path) for path in sorted(COMMANDS.glob("[!_]*.py"))}


def _sentence(path: Path) -> str:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "help":
            return str(ast.literal_eval(node.value))
    return ""


def overview() -> str:
    """What `yishiting help` says."""
    lines = [
        f"  {name:<20}{sentence}" for name, sentence in sorted({**ours(), "methods": "方法：不用数据库的计算"}.items())
    ]
    return "\n".join(["yishiting 命令 …", "", *lines, "", "yishiting 命令 --help 看一个命令怎么用。"])
