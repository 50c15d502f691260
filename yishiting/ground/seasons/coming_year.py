"""What a coming year asks of the district: its windows, its holidays, its rulebook. All of it is proposed, nothing closes."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import said
from yishiting.ground.common.parameters import Day, OneOf, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Row, Rows
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.actions import FIRST_YEAR, LAST_YEAR, adopt_rulebook, set_window, write_days
from yishiting.ground.seasons.holiday_notice import read_notice
from yishiting.ground.seasons.models import Holiday, Rulebook, Season, Window
from yishiting.ground.seasons.permissions import MAY
from yishiting.ground.seasons.queries import YEARS_BACK, carried, holidays
from yishiting.methods.workdays import add_workdays, holiday_name, is_workday, next_workday, statutory_days

#: So many days before it begins, a year waits on the home of the district office.
AHEAD = 60
WINDOWS = len(Level) * len(Season)


def years_asked(today: date) -> list[int]:
    """The years that should be ready: this one, and the next one from sixty days before it begins."""
    return [today.year, today.year + 1] if date(today.year + 1, 1, 1) - today <= timedelta(days=AHEAD) else [today.year]


def lacking(district: Place, year: int) -> list[str]:
    """The verbs by which what a year still lacks is given."""
    found = []
    if Window.objects.filter(place=district, year=year).count() < WINDOWS:
        found.append("season.set_year")
    if year not in holidays().years:
        found.append("holiday.announce")
    if not Rulebook.objects.filter(place=district, year=year).exists():
        found.append("rulebook.carry_on")
    return found


def _year_lacking(code: str, district: Place) -> int:
    years = years_asked(timezone.localdate())
    return next((year for year in years if code in lacking(district, year)), years[-1])


def proposed(district: Place) -> list[dict[str, object]]:
    """The nine windows of the year that lacks them: the days of the last year that has them, moved to its workdays."""
    year = _year_lacking("season.set_year", district)
    rows = Window.objects.filter(place=district, year__range=(year - YEARS_BACK, year)).order_by("year")
    last = {(one.level, one.season): one for one in rows}
    some = [(level, season, last.get((str(level), str(season)))) for level in Level for season in Season]
    return [{"level": level, "season": season, **_moved(one, year)} for level, season, one in some]


def _moved(window: Window | None, year: int) -> dict[str, date]:
    """The days of a window in another year: from the first working day after, to the last one before."""
    if window is None:
        return {}
    there, known = carried(window, year), holidays()
    if window.year == year:
        return {"opens": there.opens, "closes": there.closes}
    last = there.closes if is_workday(there.closes, known) else add_workdays(there.closes, -1, known)
    return {"opens": next_workday(there.opens, known), "closes": last}


def _in_that_year(code: str) -> Callable[[Place], date]:
    """What is written without a year is meant in the year that is asked for."""
    return lambda district: date(_year_lacking(code, district), 7, 2)  # the middle: no day of another year is nearer


def _in_order(row: Row) -> tuple[str, Sentence] | None:
    if row["closes"] is not None and row["closes"] < row["opens"]:
        return "closes", _("结束日期不能早于开始日期，请核对两个日期。")
    return None


OF_YEAR = Rows(
    _("各层级、各季的起止日期"),
    {
        "level": OneOf(_("层级"), Level),
        "season": OneOf(_("季"), Season),
        "opens": Day(_("开始日期"), near=_in_that_year("season.set_year")),
        "closes": Day(_("结束日期"), near=_in_that_year("season.set_year")),
    },
    most=WINDOWS,
    fixed=("level", "season"),
    sound=_in_order,
    hint=_("已按上一年填好，遇放假移到工作日，照着改就行。"),
    initial=proposed,
)


@verb("season.set_year", _("设定全年时段"), MAY, done=_("全年时段已设定。"), holds=("district",))
def set_year(
    district: Place,
    *,
    by: Actor,
    year: Annotated[
        int,
        Whole(
            _("年度"), least=FIRST_YEAR, most=LAST_YEAR, initial=lambda place: _year_lacking("season.set_year", place)
        ),
    ],
    windows: Annotated[Sequence[Row], OF_YEAR],
) -> list[Window]:
    """Set the windows of a whole year for all levels and seasons at once, proposed from the year before."""
    kinds = [(one["level"], one["season"]) for one in windows]
    if twice := next((n for n, kind in enumerate(kinds, start=1) if kind in kinds[: n - 1]), None):
        raise Refused(_("第%(n)s行：同一层级的同一季写了两次。") % {"n": twice}, field="windows")
    found = [set_window(district, by=by, year=year, **one) for one in windows]
    write_entry(district, year=year)
    return found


class DayKind(models.TextChoices):
    """What a day is that departs from the plain week."""

    OFF = "off", _("放假")
    WORKED = "worked", _("上班（调休）")


def free_by_law(district: Place) -> list[dict[str, object]]:
    """What the law itself gives the year that lacks its arrangement, to be put right by the notice."""
    year, spans = _year_lacking("holiday.announce", district), list[dict[str, Any]]()
    for day in sorted(statutory_days().get(year, ())):
        name = holiday_name(day)
        if name and spans and spans[-1]["name"] == name and spans[-1]["closes"] == day - timedelta(days=1):
            spans[-1]["closes"] = day
        elif name:
            spans.append({"opens": day, "closes": day, "kind": DayKind.OFF, "name": name})
    return list(spans)


DAYS = Rows(
    _("放假和调休的日子"),
    {
        "opens": Day(_("第一天"), near=_in_that_year("holiday.announce")),
        "closes": Day(_("最后一天"), near=_in_that_year("holiday.announce")),
        "kind": OneOf(_("放假还是上班"), DayKind),
        "name": line(_("名称"), most=20),
    },
    most=60,
    spare=8,
    optional=("closes", "name"),
    sound=_in_order,
    hint=_("只有一天的，最后一天不用填。调休上班的日子也各填一行。"),
    initial=free_by_law,
)
PASTED = Text(
    _("或者把通知贴在这里"),
    rows=8,
    most=6000,
    hint=_(
        "国务院办公厅的通知原文。贴了通知的，按通知登记，不看上面的表。例如：元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"
    ),
)


@verb("holiday.announce", _("载入放假安排"), MAY, done=_("已载入，期限从现在起按新的日历计算。"), holds=("district",))
def announce_holidays(
    district: Place,
    *,
    by: Actor,
    year: Annotated[
        int,
        Whole(
            _("年度"), least=FIRST_YEAR, most=LAST_YEAR, initial=lambda place: _year_lacking("holiday.announce", place)
        ),
    ],
    days: Annotated[Sequence[Row], DAYS] = (),
    pasted: Annotated[str, PASTED] = "",
) -> int:
    """Take in the announced holidays and exchanged working days of a whole year, from a table or from the notice."""
    rows = _of_notice(pasted, year) if pasted else _of_table(days, year)
    if date(year, 10, 1) not in {row.day for row in rows if not row.worked}:
        where = "pasted" if pasted else "days"
        raise Refused(_("全年的放假安排里应有10月1日。只调整个别日子的，请用“调整节假日”。"), field=where)
    write_days({row.day: row for row in rows}.values(), named=True)
    write_entry(district, year=year, days=len(rows))
    return len(rows)


def _of_notice(text: str, year: int) -> list[Holiday]:
    try:
        breaks = read_notice(text, year)
    except ValueError as wrong:
        raise Refused(_("看不懂这一句里的日子：“%(words)s”。") % {"words": wrong}, field="pasted") from None
    return [row for one in breaks for row in _span(one.opens, one.closes, one.name, worked=one.worked)]


def _of_table(rows: Sequence[Row], year: int) -> list[Holiday]:
    found = list[Holiday]()
    for n, one in enumerate(rows, start=1):
        if year not in (one["opens"].year, (one["closes"] or one["opens"]).year):
            told = {"n": n, "day": said(one["opens"], "plain"), "year": year}
            raise Refused(_("第%(n)s行：%(day)s不是%(year)s年里的日子。") % told, field="days")
        closes, worked = one["closes"] or one["opens"], one["kind"] == DayKind.WORKED
        found += _span(one["opens"], closes, one["name"] or "", worked=worked)
    return found


@verb(
    "rulebook.carry_on", _("沿用上年规则"), MAY, done=_("已按上年的规则施行，要改的可以逐条修改。"), holds=("district",)
)
def carry_on(
    district: Place,
    *,
    by: Actor,
    year: Annotated[
        int,
        Whole(
            _("年度"), least=FIRST_YEAR, most=LAST_YEAR, initial=lambda place: _year_lacking("rulebook.carry_on", place)
        ),
    ],
) -> Rulebook:
    """Let the rules of the year before be those of a coming year; what changes is changed rule by rule."""
    if Rulebook.objects.filter(place=district, year=year).exists():
        raise Refused(_("%(year)s年的规则已经施行，不用再办。") % {"year": year}, field="year")
    book = adopt_rulebook(district, by=by, year=year, in_force_from=date(year, 1, 1))
    write_entry(district, year=year)
    return book


def _span(first: date, last: date, name: str, *, worked: bool) -> list[Holiday]:
    days = (last - first).days + 1
    return [Holiday(day=first + timedelta(days=n), worked=worked, name=name) for n in range(days)]
