"""Setting the year: windows, special intake, rules, holidays."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Day, Given, OneOf, Text, Whole, YesNo, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.by_level import ENTRIES, spread, unknown
from yishiting.ground.seasons.meanings import why_not
from yishiting.ground.seasons.models import Holiday, Rule, Rulebook, Season, SpecialIntake, Window
from yishiting.ground.seasons.permissions import MAY
from yishiting.ground.seasons.queries import values_of, written_for
from yishiting.methods.workdays import Holidays

#: The first and the last year a window may be set for.
FIRST_YEAR, LAST_YEAR = 2000, 2200
WHY_NOW = Text(
    _("为什么现在征集"),
    rows=3,
    hint=_("居民会看到。例如：供暖开始，集中收集供热方面的意见。"),
    missing=_("请写明为什么要在季外开启征集，居民会看到这个原因。"),
)
FROM, UNTIL = Day(_("从哪一天起"), initial=lambda _place: timezone.localdate()), Day(_("到哪一天止"))


@verb("season.set_window", _("设定时段"), MAY, done=_("时段已设定。"), holds=("place",))
def set_window(
    place: Place,
    *,
    by: Actor,
    level: Annotated[Level, OneOf(_("适用层级"), Level)],
    season: Annotated[Season, OneOf(_("季节"), Season)],
    year: Annotated[
        int, Whole(_("年度"), least=FIRST_YEAR, most=LAST_YEAR, initial=lambda _place: timezone.localdate().year)
    ],
    opens: Annotated[date, Day(_("开始日期"))],
    closes: Annotated[date, Day(_("结束日期"))],
) -> Window:
    """Say from when until when a season is open for the places of one level under a place."""
    _must_be_in_order(opens, closes)
    if opens.year != year or closes.year != year:
        raise Refused(_("%(year)s年度的时段，开始和结束日期都要在这一年里。") % {"year": year}, field="year")
    key = {"place": place, "level": level, "year": year, "season": season}
    window = Window.objects.filter(**key).first() or Window(**key)
    window.opens, window.closes = opens, closes
    window.save()
    write_entry(
        window, level=str(level), year=year, season=str(season), opens=opens.isoformat(), closes=closes.isoformat()
    )
    return window


@verb(
    "season.drop_window",
    _("撤销时段"),
    MAY,
    before=_("只用来撤掉设错的时段。撤销以后按上级设定的时段办理；上级也没有设定的，这一季不开放。"),
    done=_("时段已撤销。"),
    kind="danger",
)
def drop_window(window: Window, *, by: Actor, reason: Annotated[str, Text(_("撤销原因"), rows=2, most=400)]) -> None:
    """Take a window away that was set wrongly: what is set above holds again."""
    days = {"opens": window.opens.isoformat(), "closes": window.closes.isoformat()}
    write_entry(window, level=window.level, year=window.year, season=window.season, private={"reason": reason}, **days)
    window.delete()


@verb("season.open_special", _("开启特殊征集"), MAY, done=_("已开启，居民现在可以提建议。"), holds=("place",))
def open_special_intake(
    place: Place,
    *,
    by: Actor,
    reason: Annotated[str, WHY_NOW],
    opens: Annotated[date, FROM],
    closes: Annotated[date, UNTIL],
) -> SpecialIntake:
    """Open the intake for an emergency or a special matter outside the season, with the reason."""
    _must_be_in_order(opens, closes)
    if place.special_intakes.filter(reason=reason, opens=opens, closes=closes).exists():
        raise Refused(_("同样原因、同样日期的特殊征集已经开启，不用再开。请刷新页面查看。"))
    intake = SpecialIntake.objects.create(place=place, reason=reason, opens=opens, closes=closes)
    write_entry(intake, private={"reason": reason}, opens=opens.isoformat(), closes=closes.isoformat())
    return intake


def _goes_on(intake: SpecialIntake) -> Sentence | None:
    return _("这件事已经结束。要再征集的，请“开启特殊征集”。") if intake.ended_on is not None else None


@verb(
    "season.amend_special",
    _("修改特殊征集"),
    MAY,
    done=_("已修改，居民看到的是新的日期和原因。"),
    conditions=(_goes_on,),
)
def amend_special_intake(
    intake: SpecialIntake,
    *,
    by: Actor,
    reason: Annotated[str, WHY_NOW],
    opens: Annotated[date, Day(_("从哪一天起"))],
    closes: Annotated[date, Day(_("到哪一天止"), hint=_("要提前结束，写今天或以前的日期。"))],
) -> SpecialIntake:
    """Correct the days or the reason of a special intake, or end it before its day."""
    _must_be_in_order(opens, closes)
    intake.reason, intake.opens, intake.closes = reason, opens, closes
    intake.save(update_fields=["reason", "opens", "closes"])
    write_entry(intake, private={"reason": reason}, opens=opens.isoformat(), closes=closes.isoformat())
    return intake


WHAT_CAME_OF_IT = Text(
    _("办理结果"),
    rows=3,
    hint=_("居民会看到。例如：积水已排干，低洼处加装了两台水泵。"),
    missing=_("请写明办理结果，居民会看到。"),
)


@verb(
    "season.end_special",
    _("结束特殊事项"),
    MAY,
    before=lambda intake: intake.reason,
    done=_("已结束。这件事在季外开的口子也随之关上，结果已经公开。"),
    conditions=(_goes_on,),
)
def end_special_matter(intake: SpecialIntake, *, by: Actor, outcome: Annotated[str, WHAT_CAME_OF_IT]) -> SpecialIntake:
    """End an emergency or special matter, with what came of it: what it opened out of season is closed."""
    intake.ended_on, intake.outcome = timezone.localdate(), outcome
    intake.save(update_fields=["ended_on", "outcome"])
    write_entry(intake, private={"outcome": outcome}, on=intake.ended_on.isoformat())
    return intake


@verb(
    "rulebook.adopt",
    _("施行规则"),
    MAY,
    done=_("新版规则已登记，旧的决定仍按当时的规则。"),
    holds=("place",),
    by_page="对照每条规则的原文决定，不由程序办理。",
)
def adopt_rulebook(
    place: Place,
    *,
    by: Actor,
    year: Annotated[int, Whole(_("年度"), least=FIRST_YEAR, most=LAST_YEAR)],
    in_force_from: Annotated[date, Day(_("施行日期"))],
    changes: Annotated[Mapping[str, Any] | None, Given(_("取值"))] = None,
    note: Annotated[str, Text(_("修订说明"), rows=3)] = "",
) -> Rulebook:
    """Put a new version of the rules in force at a place: every rule, the changed ones with their new value.

    A change names a rule (for every level) or one level of it: council.seats_min@subdistrict. The others stay as in the year's last version; the first one of a year goes on from what is in force until then.
    """
    if names := unknown(changes or {}):
        raise Refused(_("没有这些规则：%(names)s。规则名称见规则目录。") % {"names": "、".join(names)})
    changed = spread(changes or {})
    last = Rulebook.objects.filter(place=place, year=year).order_by("-version").first()
    kept = values_of(last) if last else written_for(place, in_force_from)
    values = {**kept, **changed}
    if sentence := why_not(changed, values):
        raise Refused(sentence)
    book = Rulebook.objects.create(
        place=place, year=year, version=(last.version if last else 0) + 1, in_force_from=in_force_from, note=note
    )
    Rule.objects.bulk_create(
        Rule(
            rulebook=book,
            key=kind.key,
            level=level,
            value=values[name],
            sentence=kind.at(level).sentence,
            source=kind.at(level).source,
        )
        for name, (kind, level) in ENTRIES.items()
    )
    write_entry(book, version=book.label, in_force_from=in_force_from.isoformat(), changed=sorted(changed))
    return book


@verb("holiday.load", _("载入节假日"), MAY, holds=("place",), internal="安装系统时由命令办理")
def load_holidays(place: Place, *, by: Actor, table: Annotated[Holidays, Given(_("节假日和调休"))]) -> int:
    """Load the announced holidays and exchanged working days; safe to repeat."""
    rows = [(day, False) for day in table.off] + [(day, True) for day in table.worked]
    write_days(Holiday(day=day, worked=worked) for day, worked in rows)
    write_entry(place, days=len(rows))
    return len(rows)


def write_days(rows: Iterable[Holiday], *, named: bool = False) -> None:
    """Keep days off and days worked; what was known of a day gives way, its name only where the rows are `named`."""
    fields = ["worked", "name"] if named else ["worked"]
    Holiday.objects.bulk_create(rows, update_conflicts=True, unique_fields=["day"], update_fields=fields)


@verb("holiday.set", _("调整节假日"), MAY, done=_("已调整，期限从现在起按新的日历计算。"), holds=("place",))
def set_holiday(
    place: Place,
    *,
    by: Actor,
    day: Annotated[date, Day(_("日期"))],
    worked: Annotated[bool, YesNo(_("这一天"), yes=_("上班（调休）"), no=_("放假"))],
    name: Annotated[str, line(_("名称"), most=20)] = "",
) -> Holiday:
    """Note one day off, or one weekend day worked, when it is announced."""
    holiday = Holiday(day=day, worked=worked, name=name)
    holiday.save()
    write_entry(place, day=day.isoformat(), worked=worked)
    return holiday


def _must_be_in_order(opens: date, closes: date) -> None:
    if closes < opens:
        raise Refused(_("结束日期不能早于开始日期，请核对两个日期。"), field="closes")
