"""The money of a place in a year as pages show it: its funds, those below it, its projects."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from yishiting.doors.web.shared.nouns import Room
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place
from yishiting.instruments.funds.models import AccountKind, Fund
from yishiting.instruments.funds.queries import Figures, figures_of, funds_of, name_of_source, years_at
from yishiting.year.projects.models import Project
from yishiting.year.spending.queries import granted_to_projects, spent_by_project


@dataclass(frozen=True, slots=True)
class FundRow:
    """One fund with what it comes to."""

    label: str
    url: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class BelowRow:
    """One place directly below, with what its funds come to."""

    place: Place
    url: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project, with what the funds of the place set aside for it and paid."""

    project: Project
    url: str
    granted: int
    paid: int


@dataclass(frozen=True, slots=True)
class PlaceMoney:
    """Everything a page about the money of a place shows."""

    year: int
    years: Sequence[Link]
    funds: Sequence[FundRow]
    whole: Figures
    below: Sequence[BelowRow]
    projects: Sequence[ProjectRow]


def year_asked(request: Request, place: Place) -> int:
    """The year of the address, or this one."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else timezone.localdate().year  # noqa: PLR2004


def money_of_place(place: Place, year: int, room: Room) -> PlaceMoney:
    """What the money of a place comes to in a year."""
    page = "desk-money" if room == "desk" else "place-money"
    funds = list(funds_of(place, year))
    lower = list(Fund.objects.filter(place__parent=place, year=year).select_related("place").order_by("place__code"))
    figures = figures_of([*funds, *lower])
    address = reverse(page, args=[place.code])
    return PlaceMoney(
        year,
        [Link(str(one), f"{address}?year={one}", current=one == year) for one in years_at(place)],
        [
            FundRow(
                name_of_source(one.source),
                reverse("desk-fund", args=[one.pk]) if room == "desk" else "",
                figures[one.pk],
            )
            for one in funds
        ],
        sum((figures[one.pk] for one in funds), Figures()),
        _below(lower, figures, page, year),
        _projects(place, year, funds, room),
    )


def _below(lower: Sequence[Fund], figures: dict[object, Figures], page: str, year: int) -> list[BelowRow]:
    sums: dict[Place, Figures] = {}
    for one in lower:
        sums[one.place] = sums.get(one.place, Figures()) + figures[one.pk]
    return [BelowRow(one, f"{reverse(page, args=[one.code])}?year={year}", whole) for one, whole in sums.items()]


def _projects(place: Place, year: int, funds: Sequence[Fund], room: Room) -> list[ProjectRow]:
    held, page = spent_by_project(funds), "desk-project" if room == "desk" else "public-project"
    found = []
    for one in granted_to_projects(place, year):
        kinds = held[str(one.pk)]
        paid = kinds[AccountKind.SPENT]
        found.append(ProjectRow(one, reverse(page, args=[one.pk]), kinds[AccountKind.COMMITTED] + paid, paid))
    return found
