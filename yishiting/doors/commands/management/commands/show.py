"""`yishiting show THING [--as WHO]`: what a thing holds, and what can be done with it now."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import models

from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.doors.commands.things import person_called, thing_called
from yishiting.ground.common.secrets import SealedField
from yishiting.ground.common.verbs import VERBS, labelled, why_not, why_not_now


class Command(BaseCommand):
    """Show a thing as it is kept, without what is sealed."""

    help = "查看一个对象：内容、状态、现在可以办什么"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which thing, and for whom."""
        parser.add_argument("thing", help="编号、区划代码，或 种类:标识")
        parser.add_argument("--as", dest="who", default="", help="登录名：只列出这个人可以办的")

    def handle(self, *args: Any, **options: Any) -> None:
        """One JSON object."""
        load_everything()
        thing = thing_called(options["thing"])
        who = person_called(options["who"]) if options["who"] else None
        kept = {"kind": labelled(thing), **_fields(thing), "verbs": _verbs(thing, who)}
        self.stdout.write(json.dumps(kept, ensure_ascii=False, indent=1, default=str))


def _fields(thing: models.Model) -> dict[str, Any]:
    shown = [one for one in thing._meta.concrete_fields if not isinstance(one, SealedField | models.BinaryField)]
    return {one.attname: getattr(thing, one.attname) for one in shown if one.name not in ("password", "totp_secret")}


def _verbs(thing: Any, who: Any) -> dict[str, str]:
    """Every verb of this kind of thing: empty where it can be done now, otherwise the sentence why not."""
    codes = [one.code for one in VERBS.values() if one.subject is type(thing) and not one.internal]
    said = {code: why_not_now(code, thing) if who is None else why_not(who, code, thing) for code in codes}
    return {code: str(sentence or "") for code, sentence in said.items()}
