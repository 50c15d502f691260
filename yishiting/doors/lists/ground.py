"""What a place keeps: its organisations, its estates, the rules, windows and holidays it lives by."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search, Year
from yishiting.ground.common.days import said as said_day
from yishiting.ground.common.masking import mask_name, mask_phone
from yishiting.ground.organisations.models import LocalRole, Office, Organisation, OrganisationKind
from yishiting.ground.organisations.permissions import holds_above
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.by_level import ENTRIES, entries_for, entry_label
from yishiting.ground.seasons.models import Holiday, Season, Window
from yishiting.ground.seasons.queries import written_for
from yishiting.ground.seasons.words import measured

reads_rules = holds_above(*Office)


def _is_closed(organisation: Organisation) -> bool:
    return organisation.valid_to is not None and organisation.valid_to <= timezone.localdate()


def _standing(organisation: Organisation) -> str:
    return "closed" if _is_closed(organisation) else "open"


def _standing_words(organisation: Organisation) -> str:
    if not _is_closed(organisation) or organisation.valid_to is None:
        return gettext("在册")
    return gettext("%(day)s停用") % {"day": said_day(organisation.valid_to, "plain")}


def _organisations(place: Place) -> list[Organisation]:
    """Closed ones last."""
    return sorted(place.organisations.all(), key=_is_closed)


ORGANISATIONS = List(
    "desk-organisations",
    _("组织登记表"),
    _organisations,
    (
        Column("name", _("名称"), head=True, sort="name", width=36),
        Column("kind", _("类别"), kind=Kind.CHOICE, sort="kind", width=16),
        Column("telephone", _("对外电话"), width=16),
        Column("address", _("地址"), width=30),
        Column("contact_name", _("联系人"), mask=mask_name, width=12),
        Column("contact_phone", _("联系电话"), mask=mask_phone, width=14),
        Column(
            "state",
            _("状态"),
            _standing,
            Kind.STATE,
            words=_standing_words,
            tones={"closed": "refused", "open": "done"},
        ),
    ),
    needs="organisation.register",
    opens="desk-organisation",
    beside=False,
    filters=(
        Search("q", _("名称"), by=lambda rows, words: [row for row in rows if words in row.name]),
        Choice(
            "kind", _("类别"), among=OrganisationKind, by=lambda rows, kind: [row for row in rows if row.kind == kind]
        ),
    ),
    page=100,
    empty=_("没有这样的组织。居委会、业委会、物业、驻区单位都可以登记，推荐代表和派活时要用。"),
)

PEOPLE = List(
    "desk-people",
    _("人员名册表"),
    lambda place: place.people.in_force(timezone.localdate()).select_related("organisation"),
    (
        Column("name", _("姓名"), head=True, sort="name", width=14),
        Column("role", _("身份"), kind=Kind.CHOICE, sort="role", width=16),
        Column("organisation", _("单位"), width=30),
        Column("unit", _("楼院或单位"), width=24),
        Column("phone", _("手机号"), mask=mask_phone, width=14),
        Column("since", _("起始日期"), kind=Kind.DAY, sort="since"),
    ),
    needs="place.register_person",
    filters=(
        Search("q", _("姓名"), within=("name",)),
        Choice("role", _("身份"), among=LocalRole),
    ),
    people=True,
    page=100,
    empty=_("名册上没有这样的人。会议、项目里写到的人会自动记入，居民代表可以整批登记。"),
)

ESTATES = List(
    "desk-estates",
    _("小区楼院登记表"),
    lambda place: place.estates.all(),
    (Column("name", _("小区、楼和院"), head=True, width=30),),
    needs="estate.list",
    filters=(Search("q", _("名称"), within=("name",)),),
    page=100,
    empty=_("没有这样的小区楼院。"),
)


def _rules(place: Place) -> list[dict[str, Any]]:
    """The rules that concern a place: above a community also those of the levels below it."""
    values = written_for(place, timezone.localdate())
    return [rule_row(values, name) for name in entries_for(place.level)]


def rule_row(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """One entry of the rules with these values: what it is called, its value, where it comes from."""
    kind, level = ENTRIES[name]
    usual = kind.at(level)
    return {
        "key": name,
        "rule": entry_label(name),
        "value": measured(values[name], kind.unit),
        "sentence": usual.sentence,
        "source": usual.source,
    }


RULES = List(
    "desk-rules",
    _("施行的规则"),
    _rules,
    (
        Column("rule", _("规则"), head=True, width=30),
        Column("value", _("取值"), width=24),
        Column("sentence", _("依据原文"), width=60),
        Column("source", _("出处"), width=30),
    ),
    needs=reads_rules,
    at="desk-seasons",
    filters=(
        Search("q", _("查找"), by=lambda rows, words: [r for r in rows if words in f"{r['rule']}{r['sentence']}"]),
    ),
    beside=False,
    page=200,
    empty=_("没有这样的规则。"),
)


def _windows(place: Place) -> Any:
    """The seasons set for a place, or for the level it belongs to by a place above it."""
    rows = Window.objects.filter(place__division_path__in=place.ancestor_paths())
    return rows.select_related("place").order_by("-year", "level", "opens")


WINDOWS = List(
    "desk-windows",
    _("时段设定表"),
    _windows,
    (
        Column("year", _("年度"), kind=Kind.NUMBER, sort="year"),
        Column("level", _("适用层级"), kind=Kind.CHOICE, sort="level"),
        Column("season", _("季节"), kind=Kind.CHOICE, head=True, sort="season"),
        Column("opens", _("开始日期"), kind=Kind.DAY, sort="opens"),
        Column("closes", _("结束日期"), kind=Kind.DAY, sort="closes"),
    ),
    needs=reads_rules,
    filters=(
        Year("year", _("年度")),
        Choice("level", _("适用层级"), among=Level),
        Choice("season", _("季节"), among=Season),
    ),
    empty=_("没有设定过这样的时段。"),
)

HOLIDAYS = List(
    "desk-holidays",
    _("节假日和调休表"),
    lambda _place: Holiday.objects.order_by("-day"),
    (
        Column("day", _("日期"), kind=Kind.DAY, head=True, sort="day"),
        Column("worked", _("上班（调休）"), kind=Kind.YES, sort="worked"),
        Column("name", _("名称"), width=20),
    ),
    needs=reads_rules,
    filters=(Days("day", _("日期"), by="day"),),
    page=100,
    empty=_("没有载入这一段的节假日。期限会按普通的星期计算，请先载入。"),
)
