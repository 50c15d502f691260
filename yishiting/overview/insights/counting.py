"""What a counted fact is: the cases it counts, which of them are good, and whose they are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

Words = str | Promise
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both counted."""

    since: date
    until: date

    def within(self, field: str) -> Q:
        """The condition that a day lies in it."""
        return Q(**{f"{field}__range": (self.since, self.until)})


@dataclass(frozen=True, slots=True)
class Counted:
    """So many good ones of so many."""

    good: int = 0
    total: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.good + other.good, self.total + other.total)


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted fact: `rows` are the cases of a period, `good` tells which were well done, `owner` leads to whose they are.

    `cases` and `well` say in words what is counted; `says` is the field that names a case. Where one case carries several
    answers, `answers` reads them from the values of the fields it names.
    """

    code: str
    label: Words
    cases: Words
    well: Words
    rows: Callable[[Period], Rows]
    owner: str
    good: Q = field(default_factory=Q)
    says: str = "title"
    day: str = ""
    answers: tuple[str, Callable[[Any], Counted]] | None = None

    def counted(self, period: Period) -> dict[str, Counted]:
        """By owner: the path of a place, or the key of a unit, as text."""
        rows = self.rows(period).order_by()
        found: dict[str, Counted] = defaultdict(Counted)
        if self.answers is not None:
            name, read = self.answers
            for owner, value in rows.values_list(self.owner, name):
                found[str(owner)] += read(value)
            return dict(found)
        parts = rows.values_list(self.owner).annotate(n=Count("pk"), well=Count("pk", filter=self.good))
        for owner, n, well in parts:
            found[str(owner)] += Counted(well, n)
        return dict(found)

    def of(self, period: Period, owner: str, *, below: bool) -> Rows:
        """The cases of one owner, which the page behind the figure lists: of a place with all that lies below it."""
        lookup = f"{self.owner}__startswith" if below else self.owner
        return self.rows(period).filter(**{lookup: owner})

    def well_done(self, rows: Rows) -> set[Any]:
        """The keys of those that are good."""
        return set(rows.filter(self.good).values_list("pk", flat=True)) if self.answers is None else set()


def at_places(counted: Mapping[str, Counted], paths: Iterable[str]) -> dict[str, Counted]:
    """What was counted by path, put together for places that contain those paths."""
    found = {path: Counted() for path in paths}
    for owner, one in counted.items():
        codes = owner.rstrip("/").split("/")
        above = ("/".join(codes[: n + 1]) + "/" for n in range(len(codes)))
        for path in above:
            if path in found:
                found[path] += one
    return found
