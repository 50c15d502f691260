"""`yishiting demo`: a year lived in at three levels, and the door to each of the cast."""

from argparse import ArgumentParser
from datetime import date
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from yishiting.doors.commands.demo.clock import story_time
from yishiting.doors.commands.demo.people import gather
from yishiting.doors.commands.demo.story import Story
from yishiting.doors.commands.management.commands.init import open_year
from yishiting.doors.commands.upgrading import bring_up_to_date
from yishiting.doors.common.stage import CAST, COMMUNITY
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place

FIRST_MONTH_OF_REVIEW = 11


class Command(BaseCommand):
    """Build the demo once, then serve it."""

    help = "演示：载入朝阳区，过完区、街道、三个社区的一年，然后启动网页服务"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Build only, or build and serve."""
        parser.add_argument("--build-only", action="store_true", help="只准备数据，不启动服务")

    def handle(self, *args: Any, **options: Any) -> None:
        """A demo is never built into a real installation."""
        if not settings.DEMO:
            raise CommandError("演示数据不能载入正式环境。请用 config.settings.demo。")
        bring_up_to_date()
        if not Person.objects.filter(login=CAST[0].login).exists():
            self.build()
        call_command("init", stdout=StringIO())
        self.introduce()
        if not options["build_only"]:
            call_command("serve")

    def build(self) -> None:
        """Live the year; all of it or nothing."""
        today = timezone.localdate()
        year = today.year if today.month >= FIRST_MONTH_OF_REVIEW else today.year - 1
        with transaction.atomic(), story_time() as calendar:
            calendar.to(date(year - 1, 9, 1))
            call_command("init", stdout=StringIO())  # it asks for a privacy notice, which is published further down
            place = Place.objects.get(code=COMMUNITY)
            open_year(Place.objects.get(code="110105"), year)
            story = Story(year, today, place, gather(today), calendar)
            chapters = list(story.chapters())
            for n, (name, live) in enumerate(chapters, start=1):
                self.stdout.write(f"  [{n}/{len(chapters)}] {name} …")
                self.stdout.flush()
                live()

    def introduce(self) -> None:
        """Who is who, and how to come in."""
        self.stdout.write("\n打开首页，点右上角“登录”，可以直接以下面任何一位的身份进入：")
        for part in CAST:
            self.stdout.write(f"  {part.name}：{part.says}")
        self.stdout.write("")
