"""`yishiting daily`: run once a day, for example from cron; a second run changes nothing."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from yishiting.doors.api.models import TakenRequest
from yishiting.doors.web.shared.models import SubmittedForm
from yishiting.overview.cycle.actions import run_daily

FORMS_KEPT = timedelta(days=30)


class Command(BaseCommand):
    """Turn the day."""

    help = "每日办理：结束到期公示、届满、提醒超期、清除没有登记的文件、签署存证；重复运行不会重复办理"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For people or for programs."""
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done."""
        done = run_daily(timezone.localdate()).as_dict()
        for taken in (SubmittedForm, TakenRequest):  # a form is sent twice within minutes, never within weeks
            taken.objects.filter(at__lt=timezone.now() - FORMS_KEPT).delete()
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        if connection.vendor == "sqlite":  # its planner reads statistics it does not gather by itself
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA optimize")
        if options["json"]:
            self.stdout.write(json.dumps(done, ensure_ascii=False))
            return
        self.stdout.write(
            f"{done['day']}：公示结束{done['notices_closed']}件，届满{done['terms_ended']}届，提醒{done['reminded']}人，"
            f"清除没有登记的文件{done['files_removed']}个，"
            f"{'已签署存证' if done['signed'] else '存证已签署过'}"
        )
