"""`yishiting daily`: run once a day, for example from cron; a second run changes nothing."""

import json
from argparse import ArgumentParser
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils import timezone

from yishiting.doors.api.models import TakenRequest
from yishiting.doors.commands.working import forget_finished
from yishiting.doors.web.shared.models import SubmittedForm
from yishiting.overview.cycle.actions import Turned, run_daily
from yishiting.overview.cycle.clock import why_not_believed

FORMS_KEPT = timedelta(days=30)


class Command(BaseCommand):
    """Turn the day."""

    help = "每日办理：结束到期公示、届满、提醒超期、清除没有登记的文件、签署存证；重复运行不会重复办理"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For people or for programs."""
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")
        parser.add_argument("--even-so", action="store_true", help="时钟看起来跳了，核对过没有错，照样办理")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done, and end with a failure when a step was not."""
        doubt = "" if options["even_so"] else why_not_believed(timezone.now())
        if doubt:
            raise CommandError(
                f"{doubt}届满、公示结束都不能收回，所以没有办理。请先核对这台机器的时钟；"
                "时钟没有错（例如停机很久），请加上 --even-so 再运行。"
            )
        turned = run_daily(timezone.localdate())
        tidy()
        self.stdout.write(json.dumps(turned.as_dict(), ensure_ascii=False) if options["json"] else said(turned))
        if turned.refused or turned.failed:
            raise CommandError(trouble(turned))


def tidy() -> None:
    """Remove what has served: forms and requests taken, sessions, tasks finished; let SQLite's planner count again."""
    for taken in (SubmittedForm, TakenRequest):  # a form is sent twice within minutes, never within weeks
        taken.objects.filter(at__lt=timezone.now() - FORMS_KEPT).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    forget_finished()
    if connection.vendor == "sqlite":  # its planner reads statistics it does not gather by itself
        with suppress(OperationalError), connection.cursor() as cursor:  # another is writing: tomorrow, then
            cursor.execute("PRAGMA optimize")


def said(turned: Turned) -> str:
    """One line for people."""
    return (
        f"{turned.day}：公示结束{turned.notices_closed}件，届满{turned.terms_ended}届，提醒{turned.reminded}人，"
        f"清除没有登记的文件{turned.files_removed}个，{'已签署存证' if turned.signed else '存证已签署过'}"
    )


def trouble(turned: Turned) -> str:
    """Which steps were not done and why; the others were."""
    parts = [f"{name}：{sentence}" for name, sentence in turned.refused.items()]
    parts += [f"{name}：程序出错，详见日志" for name in turned.failed]
    return f"有{len(parts)}步没有办成，其余已经办好。" + "；".join(parts)
