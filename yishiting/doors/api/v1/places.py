"""Places, what is open there, and the rules in force."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from yishiting.doors.api.v1.ground import found, page_of
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import find_places
from yishiting.ground.seasons.models import Window
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


class Page(Schema):
    """A page of places."""

    items: list[PlaceOut]
    total: int
    page: int
    size: int


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


@router.get("/", response=Page, summary="查找区划")
def places(request: HttpRequest, q: str = "", under: str = "", page: int = 1, size: int = 50) -> dict[str, object]:
    """Places by name, code or pinyin initials; or everything under a code."""
    rows = find_places(q) if q else Place.objects.select_related("parent")
    top = Place.objects.filter(code=under).first() if under else None
    return page_of(rows.under(top) if top else rows, page, size)


@router.get("/{code}", response=PlaceOut, summary="一个区划")
def place(request: HttpRequest, code: str) -> Place:
    """One place by its division code."""
    kept: Place = found(Place.objects.select_related("parent").filter(code=code).first())
    return kept


@router.get("/{code}/seasons", response=list[WindowOut], summary="时节")
def seasons(request: HttpRequest, code: str, year: int | None = None) -> list[Window]:
    """The three seasons at a place in a year."""
    return windows_for(found(Place.objects.filter(code=code).first()), year or timezone.localdate().year)


@router.get("/{code}/rules", response=list[RuleOut], summary="施行的规则")
def rules(request: HttpRequest, code: str) -> list[dict[str, object]]:
    """Every rule in force at a place today, with the sentence it comes from."""
    book = rules_for(found(Place.objects.filter(code=code).first()))
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
