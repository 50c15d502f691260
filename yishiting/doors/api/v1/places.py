"""Places, what is open there, and the rules in force."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import page_of, place_with
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.inquiries import RuleAnswerOut
from yishiting.doors.api.v1.shapes import Paged, Thing
from yishiting.ground.places.models import Estate, Place
from yishiting.ground.places.queries import called_otherwise, find_places
from yishiting.ground.seasons.models import Holiday, SpecialIntake, Window
from yishiting.ground.seasons.queries import rules_for, windows_for
from yishiting.ground.seasons.rules import KINDS
from yishiting.year.inquiries.queries import Answered, answers_about

router = Router(tags=["区划 places"])
intakes_router = Router(tags=["区划 places"])
windows_router = Router(tags=["区划 places"])


class PlaceOut(Schema):
    """A place and where it belongs."""

    code: str
    name: str
    level: str
    kind: str
    line: str
    parent_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    run_by_code: str | None = None
    former_names: list[str] = []

    @staticmethod
    def resolve_parent_code(place: Place) -> str | None:
        return place.parent.code if place.parent else None

    @staticmethod
    def resolve_run_by_code(place: Place) -> str | None:
        """Of one that is closed: whose desk goes on."""
        return place.run_by.code if place.run_by else None

    @staticmethod
    def resolve_former_names(place: Place) -> list[str]:
        """What it was called before, and what those were called that are merged into it."""
        return called_otherwise(place)


class WindowOut(Thing):
    """From when until when a season is open, and where that was set."""

    level: str
    year: int
    season: str
    opens: date
    closes: date


class RuleOut(Schema):
    """A rule with its value and where it comes from."""

    key: str
    label: str
    value: object
    sentence: str
    source: str
    version: str


class SpecialIntakeOut(Thing):
    """An intake outside the season."""

    reason: str
    opens: date
    closes: date
    ended_on: date | None = Field(description="这件事结束的日期")
    outcome: str = Field(description="办得怎么样")


class HolidayOut(Schema):
    """A day of the holiday table."""

    day: date
    worked: bool
    name: str


class EstateOut(Schema):
    """An estate, a building or a lane."""

    name: str


@router.get("/", response=Paged[PlaceOut], summary="查找区划")
def places(request: HttpRequest, q: str = "", under: str = "", page: int = 1, size: int = 50) -> dict[str, object]:
    """Places by name, code or pinyin initials; or everything under a code."""
    rows = find_places(q) if q else Place.objects.select_related("parent")
    return page_of(rows.under(place_with(under)) if under else rows, page, size)


@router.get("/{code}", response=PlaceOut, summary="一个区划")
def place(request: HttpRequest, code: str) -> Place:
    """One place by its division code."""
    return place_with(code)


@router.get("/{code}/seasons", response=list[WindowOut], summary="时节")
def seasons(request: HttpRequest, code: str, year: int | None = None) -> list[Window]:
    """The three seasons at a place in a year."""
    return windows_for(place_with(code), year or timezone.localdate().year)


@router.get("/{code}/rules", response=list[RuleOut], summary="施行的规则")
def rules(request: HttpRequest, code: str) -> list[dict[str, object]]:
    """Every rule in force at a place today, with the sentence it comes from."""
    book = rules_for(place_with(code))
    return [
        {
            "key": key,
            "label": kind.label,
            "value": book.values[key],
            "sentence": kind.at(book.level).sentence,
            "source": kind.at(book.level).source,
            "version": book.label,
        }
        for key, kind in KINDS.items()
    ]


@router.get("/{code}/rules/{key}/answers", response=list[RuleAnswerOut], summary="规则的问答")
def rule_answers(request: HttpRequest, code: str, key: str) -> list[Answered]:
    """How the offices above a place have answered about a rule, where that is public; newest first."""
    return answers_about(key, place_with(code), public=True)


@router.get("/{code}/estates", response=list[EstateOut], summary="小区楼院")
def estates(request: HttpRequest, code: str) -> list[Estate]:
    """The estates, buildings and lanes of a community."""
    return list(place_with(code).estates.all())


@router.get("/{code}/special-intakes", response=list[SpecialIntakeOut], summary="特殊征集")
def special_intakes(request: HttpRequest, code: str) -> list[SpecialIntake]:
    """The intakes outside the season, newest first."""
    return list(place_with(code).special_intakes.select_related("place").order_by("-opens"))


SHAPES[Window], SHAPES[Holiday] = WindowOut, HolidayOut
SHAPES[Estate], SHAPES[SpecialIntake] = EstateOut, SpecialIntakeOut
operations(router, Place, done=("notice.post", "proposal.draft"))
operations(intakes_router, SpecialIntake, related=("place",))
operations(windows_router, Window, related=("place",))
