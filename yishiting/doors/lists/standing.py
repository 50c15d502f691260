"""What is open in an area, one list for each kind: the numbers of the board lead here."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import AtPlace, Choice, Filter, Options, Search
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.overview.cycle import standing
from yishiting.overview.cycle.standing import AGES, NONE, PROJECTS, PROPOSALS, SUGGESTIONS, aged, is_late
from yishiting.year.directors.queries import may_carry_out

PLACE = Column("place", _("地方"), "place.name", sort="place__code", width=18)
SINCE = Column("stands_since", _("开始日期"), kind=Kind.DAY, sort="stands_since")
DUE = Column("stands_due", _("期限"), kind=Kind.DUE, sort="stands_due")
LATE = "late"
NOTHING = _("这一步没有事项。可以清除筛选，看看别的。")


def _at_stage(kind: standing.Kind) -> Callable[[Any, Any], Any]:
    def narrow(rows: Any, key: str) -> Any:
        stage = kind.stage(key)
        return rows.filter(stage.which) if stage is not None else rows

    return narrow


def _aged(rows: Any, age: str) -> Any:
    today = timezone.localdate()
    return rows.filter(is_late(today) if age == LATE else aged(age, today))


def _at(rows: Any, place: Place) -> Any:
    return rows.filter(place__in=Place.objects.under(place))


def _own(rows: Any, code: str) -> Any:
    return rows.filter(place__code=code)


def _units(place: Place) -> Options:
    return [(NONE, _("还没有交科室")), *((str(one.pk), one.name) for one in may_carry_out(place))]


def _with(kind: standing.Kind) -> Callable[[Any, Any], Any]:
    def narrow(rows: Any, unit: str) -> Any:
        return rows.filter(**({f"{kind.section}__isnull": True} if unit == NONE else {kind.section: unit}))

    return narrow


def _filters(kind: standing.Kind, *within: str) -> tuple[Filter, ...]:
    ages = [*((key, label) for key, label, _from, _to in AGES), (LATE, _("已经超期"))]
    return (
        Search("q", _("查找"), within=within),
        Choice("stage", _("到哪一步"), among=[(one.key, one.label) for one in kind.stages], by=_at_stage(kind)),
        Choice("age", _("多久了"), among=ages, by=_aged),
        AtPlace("place", _("地方"), by=_at),
        Choice("own", _("本级"), among=lambda place: [(place.code, _("本级"))], by=_own, hidden=True),
        Choice("section", _("承办科室或单位"), among=_units, by=_with(kind)),
    )


STANDING_SUGGESTIONS = List(
    SUGGESTIONS.page,
    _("在办建议"),
    standing.open_suggestions,
    (
        Column("receipt", _("受理号"), kind=Kind.RECEIPT, sort="receipt"),
        private("title", _("标题"), head=True, width=36),
        PLACE,
        Column("state", _("状态"), kind=Kind.STATE, sort="state"),
        SINCE,
        DUE,
    ),
    needs=reads_here,
    filters=_filters(SUGGESTIONS, "title", "receipt"),
    opens="desk-suggestion",
    bulk=("suggestion.assign", "suggestion.classify", "suggestion.answer_many", "suggestion.answer_interim"),
    empty=NOTHING,
)
STANDING_PROPOSALS = List(
    PROPOSALS.page,
    _("在办建议案"),
    standing.open_proposals,
    (
        Column("number", _("编号"), sort=("for_year", "created_at"), width=22),
        private("title", _("案由"), head=True, width=44),
        PLACE,
        Column("state", _("状态"), kind=Kind.STATE, sort="state"),
        SINCE,
        DUE,
    ),
    needs=reads_here,
    filters=_filters(PROPOSALS, "title", "number"),
    opens="desk-proposal",
    empty=NOTHING,
)
STANDING_PROJECTS = List(
    PROJECTS.page,
    _("在办实事项目"),
    standing.open_projects,
    (
        Column("number", _("编号"), sort="number", width=22),
        private("title", _("项目"), head=True, width=40),
        PLACE,
        Column("lead", _("承办科室或单位"), lambda one: one.lead.name if one.lead else "", width=18),
        Column("state", _("状态"), kind=Kind.STATE, sort="state"),
        SINCE,
        DUE,
    ),
    needs=reads_here,
    filters=_filters(PROJECTS, "title", "number"),
    opens="desk-project",
    empty=NOTHING,
)
