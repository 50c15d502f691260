"""`yishiting do VERB THING --as WHO name=value …`: any declared verb, by whoever runs the machine, in somebody's name."""

import getpass
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError

from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.doors.commands.things import person_called, thing_called
from yishiting.ground.common.parameters import Files, Lines
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Rows
from yishiting.ground.common.verbs import VERBS, Verb, labelled, operated_by


class Command(BaseCommand):
    """Do a verb to a thing."""

    help = "办理一件事：动作、对象、以谁的身份、名称=内容"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which verb, which thing, in whose name, and what the verb asks."""
        parser.add_argument("verb", help="例如 project.stop，全部动作见 docs/verbs.md")
        parser.add_argument("thing", help="编号、区划代码，或 种类:标识")
        parser.add_argument("--as", dest="who", required=True, help="登录名，或 visitor")
        parser.parse_args = parser.parse_intermixed_args  # type: ignore[method-assign]  # `--as WHO` may stand anywhere
        parser.add_argument("words", nargs="*", metavar="名称=内容", help="文件写 名称=@路径，几个文件用逗号隔开")

    def handle(self, *args: Any, **options: Any) -> None:
        """A refusal is said and fails the command."""
        load_everything()
        verb = _verb(options["verb"])
        thing, who = thing_called(options["thing"], verb.subject), person_called(options["who"])
        try:
            with operated_by(getpass.getuser()):
                result = verb.run(thing, by=who, **_told(verb, thing, options["words"]))
        except Refused as refusal:
            raise CommandError(f"{refusal.field}：{refusal}" if refusal.field else str(refusal)) from None
        self.stdout.write(json.dumps({"verb": verb.code, **_said(result, thing)}, ensure_ascii=False))


def _verb(code: str) -> Verb:
    verb = VERBS.get(code)
    if verb is None:
        raise CommandError(f"没有这个动作：{code}。全部动作见 docs/verbs.md。")
    if verb.internal or verb.by_page or not verb.is_declared or verb.subject is None:
        reason = verb.internal or verb.by_page or "它有自己的页面、接口或命令。"
        raise CommandError(f"{code} 不能单独办理：{reason}")
    if verb.reveals is not None:
        raise CommandError(f"{verb.label}给出的内容要保密，只在网页上显示一次，请本人在网页上办理。")
    if verb.in_person and not settings.DEMO and not settings.DEBUG:
        raise CommandError(f"{verb.label}由本人办理，不能代办。")
    return verb


def _told(verb: Verb, thing: Any, words: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or name not in verb.asked:
            names = "、".join(f"{key}（{one.parameter.label}）" for key, one in verb.asked.items()) or "没有"
            raise CommandError(f"看不懂“{word}”。{verb.code} 要填写的内容：{names}。")
        found[name] = _read(verb.asked[name].parameter, name, text, thing)
    return found


def _read(parameter: Any, name: str, text: str, thing: Any) -> Any:
    if isinstance(parameter, Files):
        return [_file(Path(one.removeprefix("@"))) for one in text.split(",")]
    if isinstance(parameter, Lines | Rows) and text.startswith("@"):
        text = _words_of(Path(text.removeprefix("@")))
    try:
        return parameter.read(text, thing)
    except Refused as refusal:
        raise Refused(refusal.sentence, field=name) from None


def _words_of(path: Path) -> str:
    """Many lines from a file: cells parted by tabs, as they are copied from a sheet, or by commas."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"打不开文件，或者不是 UTF-8 文本：{path}") from None


def _file(path: Path) -> SimpleUploadedFile:
    try:
        return SimpleUploadedFile(path.name, path.read_bytes())
    except OSError:
        raise CommandError(f"打不开文件：{path}") from None


def _said(result: Any, thing: Any) -> dict[str, Any]:
    made = result if hasattr(result, "pk") else thing
    kept = {"thing": f"{labelled(made)}:{made.pk}", "state": getattr(made, "state", None)}
    return {name: value for name, value in kept.items() if value is not None}
