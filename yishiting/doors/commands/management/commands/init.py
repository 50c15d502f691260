"""`yishiting init`: the database, places, holidays, usual seasons and rules, the first privacy notice; safe to repeat."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yishiting.doors.commands.upgrading import bring_up_to_date
from yishiting.ground.accounts.actors import Operator
from yishiting.ground.common.refused import Refused
from yishiting.ground.entrance.actions import publish_privacy_notice
from yishiting.ground.entrance.models import PrivacyNotice
from yishiting.ground.entrance.rules import first_notice
from yishiting.ground.places.actions import load_places
from yishiting.ground.places.models import Level, Place
from yishiting.ground.rezoning.comparing import differences, table_of
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

    help = "建库、载入区划和节假日、设定时节和规则、发布第一版隐私告知；可以反复运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which district, and who answers for the personal data."""
        parser.add_argument("--district", default="chaoyang", help="区（默认 chaoyang）")
        parser.add_argument("--operator", default="", help="运营单位全称，写进第一版隐私告知")
        parser.add_argument("--contact", default="", help="运营单位的电话、地址或邮箱，写进第一版隐私告知")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step says what it did."""
        bring_up_to_date()
        try:
            district = load_places(options["district"], by=Operator())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"区划：{district.name}，{Place.objects.under(district).count() - 1} 个街乡、社区和村")
        if changed := differences(district, table_of(options["district"], district)):
            self.stdout.write(
                f"区划：随附的表与现在的区划有{len(changed)}处不同，没有改动；用 yishiting compare-places 逐项核对"
            )
        days = load_holidays(district, by=Operator(), table=national_holidays())
        self.stdout.write(f"节假日：{days} 天")
        open_year(district, timezone.localdate().year)
        load_categories(district, by=Operator())
        self.stdout.write("时节、规则和分类：已就绪")
        self.stdout.write(f"隐私告知：{publish_first(options['operator'].strip(), options['contact'].strip())}")


def publish_first(operator: str, contact: str) -> str:
    """The first privacy notice, once it is known who collects and how to reach them; gives back how things stand."""
    last = PrivacyNotice.objects.first()
    if last is not None:
        differs = "" if operator in last.text and contact in last.text else "，单位或联系方式与这次写的不同，没有改动"
        return f"已有第{last.version}版{differs}；新版本由安全管理员在“管理→隐私告知”发布"
    if not (operator and contact):
        return (
            "还没有发布，居民登录前看不到个人信息怎么用。请加上 --operator 单位全称 --contact 联系方式 再运行一次，"
            "或请安全管理员在“管理→隐私告知”填好发布"
        )
    publish_privacy_notice(first_notice(operator, contact), by=Operator(), in_force_from=timezone.localdate())
    return f"已发布第一版，写明由{operator}收集；请安全管理员核对全文"


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
