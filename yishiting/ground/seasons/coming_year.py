"""What a coming year asks of the district: its windows, its holidays, its rulebook. All of it is proposed, nothing closes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import said
from yishiting.ground.common.parameters import Lines, Whole, line
from yishiting.ground.common.reading import read_date
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.actions import FIRST_YEAR, LAST_YEAR, adopt_rulebook, set_window, write_days
from yishiting.ground.seasons.models import Holiday, Rulebook, Season, Window
from yishiting.ground.seasons.permissions import MAY
from yishiting.ground.seasons.queries import YEARS_BACK, carried, holidays

#: So many days before it begins, a year waits on the home of the district office.
AHEAD = 60
#: As papers call them; what is typed may say it shorter.
LEVELS = {"区": Level.DISTRICT, "街乡": Level.SUBDISTRICT, "社区（村）": Level.COMMUNITY, "社区": Level.COMMUNITY}
SEASONS = {"问政季": Season.CONSULTATION, "解忧季": Season.DELIVERY, "收获季": Season.REVIEW}
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


def proposed(district: Place) -> list[tuple[str, str, str, str]]:
    """The nine windows of the year that lacks them, on the days of the last year that has them."""
    year = _year_lacking("season.set_year", district)
    rows = Window.objects.filter(place=district, year__range=(year - YEARS_BACK, year)).order_by("year")
    last = {(one.level, one.season): carried(one, year) for one in rows}
    some = [last.get((str(level), str(season))) for level in Level for season in Season]
    return [
        (_word(LEVELS, one.level), _word(SEASONS, one.season), one.opens.isoformat(), one.closes.isoformat())
        for one in some
        if one is not None
    ]


OF_YEAR = Lines(
    _("各层级、各季的起止日期"),
    columns={"level": line(_("层级")), "season": line(_("季")), "opens": line(_("开始")), "closes": line(_("结束"))},
    rows=10,
    most=WINDOWS,
    hint=_("每行一段：层级、季、开始、结束。已按上一年填好，照着改就行。"),
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
    windows: Annotated[Sequence[tuple[str, str, str, str]], OF_YEAR],
) -> list[Window]:
    """Set the windows of a whole year for all levels and seasons at once, proposed from the year before."""
    found = [
        set_window(
            district,
            by=by,
            level=Level(_named(LEVELS, level, _("层级"))),
            season=Season(_named(SEASONS, season, _("季"))),
            year=year,
            opens=_day(opens, year),
            closes=_day(closes, year),
        )
        for level, season, opens, closes in windows
    ]
    write_entry(district, year=year)
    return found


DAYS = Lines(
    _("放假和调休"),
    columns={"opens": line(_("第一天")), "closes": line(_("最后一天")), "worked": line(_("放假或上班"))},
    rows=14,
    most=60,
    hint=_("照国务院办公厅的通知，每行一段。例如：1月1日 1月3日 放假；1月4日 1月4日 上班"),
    missing=_("请照放假通知，每行写一段。"),
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
    days: Annotated[Sequence[tuple[str, str, str]], DAYS],
) -> int:
    """Take in the announced holidays and exchanged working days of a whole year."""
    rows = [row for opens, closes, worked in days for row in _span(_day(opens, year), _day(closes, year), worked)]
    if date(year, 10, 1) not in {row.day for row in rows if not row.worked}:
        raise Refused(_("全年的放假安排里应有10月1日。只调整个别日子的，请用“调整节假日”。"), field="days")
    write_days(rows)
    write_entry(district, year=year, days=len(rows))
    return len(rows)


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


def _word(names: Mapping[str, str], value: str) -> str:
    return next(word for word, one in names.items() if one == value)


def _named(names: Mapping[str, str], word: str, label: object) -> str:
    if word not in names:
        told = {"word": word, "label": label, "names": "、".join(names)}
        raise Refused(_("“%(word)s”不是%(label)s，可以写：%(names)s。") % told, field="windows")
    return str(names[word])


def _day(text: str, year: int) -> date:
    day = read_date(text, date(year, 7, 1))
    if day is None or day.year != year:
        raise Refused(_("“%(text)s”不是%(year)s年里的日子。") % {"text": text, "year": year})
    return day


def _span(first: date, last: date, worked: str) -> list[Holiday]:
    if worked not in ("放假", "上班") or last < first:
        told = {"first": said(first, "short"), "last": said(last, "short")}
        raise Refused(_("%(first)s到%(last)s：请写“放假”或“上班”，最后一天不早于第一天。") % told, field="days")
    days = (last - first).days + 1
    return [Holiday(day=first + timedelta(days=n), worked=worked == "上班") for n in range(days)]
