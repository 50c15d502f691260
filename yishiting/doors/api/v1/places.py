"""Places, what is open there, and the rules in force."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, operation, page_of, place_with
from yishiting.doors.api.v1.declared import operations
from yishiting.doors.api.v1.shapes import Body, Paged, Words
from yishiting.ground.organisations.actions import list_estates
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.queries import find_places
from yishiting.ground.seasons.actions import open_special_intake, set_holiday, set_window
from yishiting.ground.seasons.models import Holiday, Season, SpecialIntake, Window
from yishiting.ground.seasons.queries import rules_for, windows_for
from yishiting.ground.seasons.rules import KINDS

router = Router(tags=["区划 places"])


class PlaceOut(Schema):
    """A place and where it belongs."""

    code: str
    name: str
    level: str
    kind: str
    line: str
    parent_code: str | None = None

    @staticmethod
    def resolve_parent_code(place: Place) -> str | None:
        return place.parent.code if place.parent else None


class WindowOut(Schema):
    """From when until when a season is open."""

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


class WindowIn(Body):
    """From when until when a season is open for the places of one level."""

    level: Level
    year: Annotated[int, Field(ge=2000, le=2200)]
    season: Season
    opens: date
    closes: date


class SpecialIntakeIn(Body):
    """Why suggestions are taken outside the season, and for how long."""

    reason: Words
    opens: date
    closes: date


class SpecialIntakeOut(Schema):
    """An intake outside the season."""

    reason: str
    opens: date
    closes: date


class HolidayIn(Body):
    """A day off, or a day of the weekend that is worked."""

    day: date
    worked: bool
    name: Annotated[str, Field(max_length=20)] = ""


class HolidayOut(Schema):
    """A day of the holiday table."""

    day: date
    worked: bool
    name: str


class EstatesIn(Body):
    """The whole list of estates, buildings and lanes; one that suggestions name stays on it."""

    names: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=2000)]


class EstatesOut(Schema):
    """The list as it stands."""

    names: list[str]


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
            "sentence": kind.sentence,
            "source": kind.source,
            "version": book.label,
        }
        for key, kind in KINDS.items()
    ]


@operation(router, "/{code}/seasons", "season.set_window", WindowOut)
def set_season(request: HttpRequest, code: str, said: WindowIn) -> Window:
    return set_window(place_with(code), by=actor_of(request), **said.model_dump())


@operation(router, "/{code}/special-intakes", "season.open_special", {201: SpecialIntakeOut})
def open_special(request: HttpRequest, code: str, said: SpecialIntakeIn) -> SpecialIntake:
    return open_special_intake(place_with(code), by=actor_of(request), **said.model_dump())


@operation(router, "/{code}/holidays", "holiday.set", HolidayOut)
def note_holiday(request: HttpRequest, code: str, said: HolidayIn) -> Holiday:
    return set_holiday(place_with(code), by=actor_of(request), **said.model_dump())


@router.get("/{code}/estates", response=EstatesOut, summary="小区楼院")
def estates(request: HttpRequest, code: str) -> dict[str, list[str]]:
    """The estates, buildings and lanes of a community."""
    return {"names": list(place_with(code).estates.values_list("name", flat=True))}


@operation(router, "/{code}/estates", "estate.list", EstatesOut)
def keep_estates(request: HttpRequest, code: str, said: EstatesIn) -> dict[str, list[str]]:
    list_estates(place_with(code), by=actor_of(request), names=said.names)
    return estates(request, code)


operations(router, Place, done=("notice.post", "proposal.draft"))
