"""`yishiting init`: the database, the places, the holidays, the usual seasons and rules; safe to repeat."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yishiting.ground.accounts.actors import Operator
from yishiting.ground.common.refused import Refused
from yishiting.ground.places.actions import load_places
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.actions import adopt_rulebook, load_holidays, set_window
from yishiting.ground.seasons.models import Rulebook, Season, Window
from yishiting.methods.workdays import national_holidays
from yishiting.year.suggestions.actions import load_categories

#: The calendar of the case: 问政季 January to March, 解忧季 April to September, 收获季 until the end of the year.
USUAL_SEASONS = (
    (Season.CONSULTATION, (1, 1), (3, 31)),
    (Season.DELIVERY, (4, 1), (9, 30)),
    (Season.REVIEW, (10, 1), (12, 31)),
)


class Command(BaseCommand):
    """Make the system ready for a district."""

    help = "建库、载入区划和节假日、设定时节和规则；可以反复运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which district."""
        parser.add_argument("--district", default="chaoyang", help="区（默认 chaoyang）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step says what it did."""
        call_command("migrate", verbosity=0, interactive=False)
        try:
            district = load_places(options["district"], by=Operator())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"区划：{district.name}，{Place.objects.under(district).count() - 1} 个街乡、社区和村")
        days = load_holidays(district, by=Operator(), table=national_holidays())
        self.stdout.write(f"节假日：{days} 天")
        open_year(district, timezone.localdate().year)
        load_categories(district, by=Operator())
        self.stdout.write("时节、规则和分类：已就绪")


def open_year(district: Place, year: int) -> None:
    """The usual windows and the first rulebook of a year, where none are set yet."""
    for level in Level:
        for season, opens, closes in USUAL_SEASONS:
            if not Window.objects.filter(place=district, level=level, year=year, season=season).exists():
                set_window(
                    district,
                    by=Operator(),
                    level=level,
                    year=year,
                    season=season,
                    opens=date(year, *opens),
                    closes=date(year, *closes),
                )
    if not Rulebook.objects.filter(place=district, year=year).exists():
        adopt_rulebook(district, by=Operator(), year=year, in_force_from=date(year, 1, 1))
