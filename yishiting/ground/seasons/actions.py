"""Setting the year: windows, special intake, rules, holidays."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.models import Holiday, Rule, Rulebook, Season, SpecialIntake, Window
from yishiting.ground.seasons.permissions import MAY
from yishiting.ground.seasons.queries import rules_for
from yishiting.ground.seasons.rules import KINDS
from yishiting.methods.workdays import Holidays


@verb("season.set_window", "设定时段", MAY, holds=("place",))
def set_window(
    place: Place, *, by: Actor, level: Level, year: int, season: Season, opens: date, closes: date
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


@verb("season.open_special", "开启特殊征集", MAY, holds=("place",))
def open_special_intake(place: Place, *, by: Actor, reason: str, opens: date, closes: date) -> SpecialIntake:
    """Open the intake for an emergency or a special matter outside the season, with the reason."""
    if not reason.strip():
        raise Refused(_("请写明为什么要在季外开启征集，居民会看到这个原因。"), field="reason")
    _must_be_in_order(opens, closes)
    if place.special_intakes.filter(reason=reason, opens=opens, closes=closes).exists():
        raise Refused(_("同样原因、同样日期的特殊征集已经开启，不用再开。请刷新页面查看。"))
    intake = SpecialIntake.objects.create(place=place, reason=reason, opens=opens, closes=closes)
    write_entry(intake, private={"reason": reason}, opens=opens.isoformat(), closes=closes.isoformat())
    return intake


@verb("rulebook.adopt", "施行规则", MAY, holds=("place",))
def adopt_rulebook(
    place: Place, *, by: Actor, year: int, in_force_from: date, changes: Mapping[str, Any] | None = None, note: str = ""
) -> Rulebook:
    """Put a new version of the rules in force at a place: every rule, the changed ones with their new value.

    The others stay as in the year's last version; the first one of a year goes on from what is in force until then.
    """
    changed = dict(changes or {})
    if unknown := sorted(set(changed) - set(KINDS)):
        raise Refused(_("没有这些规则：%(names)s。规则名称见规则目录。") % {"names": "、".join(unknown)})
    last = Rulebook.objects.filter(place=place, year=year).order_by("-version").first()
    written = Rule.objects.filter(rulebook=last).values_list("key", "value")
    kept = dict(written) if last else rules_for(place, in_force_from).values
    book = Rulebook.objects.create(
        place=place, year=year, version=(last.version if last else 0) + 1, in_force_from=in_force_from, note=note
    )
    Rule.objects.bulk_create(
        Rule(
            rulebook=book,
            key=kind.key,
            value=changed.get(kind.key, kept.get(kind.key, kind.value)),
            sentence=kind.sentence,
            source=kind.source,
        )
        for kind in KINDS.values()
    )
    write_entry(book, version=book.label, in_force_from=in_force_from.isoformat(), changed=sorted(changed))
    return book


@verb("holiday.load", "载入节假日", MAY, holds=("place",))
def load_holidays(place: Place, *, by: Actor, table: Holidays) -> int:
    """Load the announced holidays and exchanged working days; safe to repeat."""
    rows = [(day, False) for day in table.off] + [(day, True) for day in table.worked]
    Holiday.objects.bulk_create(
        (Holiday(day=day, worked=worked) for day, worked in rows),
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["worked"],
    )
    write_entry(place, days=len(rows))
    return len(rows)


@verb("holiday.set", "调整节假日", MAY, holds=("place",))
def set_holiday(place: Place, *, by: Actor, day: date, worked: bool, name: str = "") -> Holiday:
    """Note one day off, or one weekend day worked, when it is announced."""
    holiday = Holiday(day=day, worked=worked, name=name)
    holiday.save()
    write_entry(place, day=day.isoformat(), worked=worked)
    return holiday


def _must_be_in_order(opens: date, closes: date) -> None:
    if closes < opens:
        raise Refused(_("结束日期不能早于开始日期，请核对两个日期。"), field="closes")
