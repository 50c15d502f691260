"""Funds with what they come to: given, allotted, committed, spent, left; on any day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from yishiting.ground.places.models import Place
from yishiting.instruments.funds.models import Account, AccountKind, Fund, Posting, PostingKind, Source

RELATED = ("place__parent",)
SIDES = ("debit__fund__place", "credit__fund__place")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a fund comes to, in fen: given = allotted + carried over + committed + spent + left."""

    given: int = 0
    allotted: int = 0
    carried: int = 0
    committed: int = 0
    spent: int = 0
    left: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def adds_up(self) -> bool:
        """Whether what was given is where it can be."""
        return self.given == self.allotted + self.carried + self.committed + self.spent + self.left


def funds_of(place: Place, year: int) -> "QuerySet[Fund]":
    """The funds of a place in a year."""
    return Fund.objects.filter(place=place, year=year).select_related(*RELATED).order_by("source")


def funds_at(place: Place) -> "QuerySet[Fund]":
    """The funds of a place and of everything below it, the newest year first."""
    rows = Fund.objects.filter(place__division_path__startswith=place.division_path)
    return rows.select_related(*RELATED).order_by("-year", "place__code", "source")


def years_at(place: Place) -> list[int]:
    """The years in which a place or one below it has a fund, the newest first."""
    return list(funds_at(place).order_by("-year").values_list("year", flat=True).distinct())


def figures_of(funds: Iterable[Fund], day: date | None = None) -> dict[Any, Figures]:
    """What each fund comes to at the end of a day, or now; recounted from the postings, in one query."""
    wanted = [one.pk for one in funds]
    rows = Posting.objects.filter(Q(debit__fund__in=wanted) | Q(credit__fund__in=wanted))
    if day is not None:
        rows = rows.filter(booked_on__lte=day)
    sides = ("debit__fund", "debit__kind", "credit__fund", "credit__kind", "kind", "reverses__kind")
    found: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.order_by().values(*sides).annotate(sum=Sum("fen")):
        _count(found, row)
    return {pk: Figures(**found[pk]) for pk in wanted}


def _count(found: dict[Any, dict[str, int]], row: dict[str, Any]) -> None:
    """One sum between two accounts: within a fund it moves; between two it is handed on, or comes back."""
    into, out_of, fen = row["debit__fund"], row["credit__fund"], row["sum"]
    for fund, kind, sign in ((into, row["debit__kind"], 1), (out_of, row["credit__kind"], -1)):
        found[fund]["given" if kind == AccountKind.ORIGIN else str(kind)] += (
            -sign * fen if kind == AccountKind.ORIGIN else sign * fen
        )
    if into == out_of:
        return
    kind, back = row["reverses__kind"] or row["kind"], row["reverses__kind"] is not None
    on = "carried" if kind == PostingKind.CARRY_OVER else "allotted"
    if (kind == PostingKind.RETURN) == back:
        found[into]["given"] += fen
        found[out_of][on] += fen
    else:
        found[into][on] -= fen
        found[out_of]["given"] -= fen


def left_in(fund: Fund) -> int:
    """What is left to allot or to commit."""
    account = Account.objects.filter(fund=fund, kind=AccountKind.LEFT).first()
    return account.balance if account is not None else 0


def postings_of(fund: Fund) -> "QuerySet[Posting]":
    """What was booked in a fund, the newest first."""
    rows = Posting.objects.filter(Q(debit__fund=fund) | Q(credit__fund=fund))
    return rows.select_related("place", *SIDES).prefetch_related("reversals").order_by("-booked_on", "-created_at")


def postings_at(place: Place) -> "QuerySet[Posting]":
    """What was booked at a place and below it, the newest first."""
    rows = Posting.objects.filter(place__division_path__startswith=place.division_path)
    return rows.select_related("place", *SIDES).prefetch_related("reversals").order_by("-booked_on", "-created_at")


def below(fund: Fund) -> "QuerySet[Place]":
    """The places money may be handed down to: those directly below."""
    return Place.objects.filter(parent_id=fund.place_id).order_by("code")


def above(fund: Fund) -> Fund | None:
    """The fund of the same year and source of the place directly above."""
    return Fund.objects.filter(place=fund.place.parent_id, year=fund.year, source=fund.source).first()


def has_next_year(fund: Fund) -> Fund | None:
    """The same fund of the coming year, where it was opened."""
    return Fund.objects.filter(place=fund.place, year=fund.year + 1, source=fund.source).first()


def name_of_source(source: str) -> str:
    """The words of a source."""
    return str(Source(source).label)
