"""The merging bench: one proposed group at a time, side by side with reasons and conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from yishiting.ground.places.models import Place
from yishiting.ground.places.rules import common_path
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import clusters_of, households
from yishiting.year.suggestions.queries.joining import joinable_at
from yishiting.year.suggestions.queries.likeness import Similar, compared
from yishiting.year.suggestions.states import State

#: How many of a large group are looked at together; the rest comes up again afterwards.
TOGETHER = 12


@dataclass(frozen=True, slots=True)
class Side:
    """One suggestion of a group, how many there are with what was merged into it, how it compares with the main one."""

    suggestion: Suggestion
    count: int
    households: int
    likeness: Similar | None

    @property
    def fits(self) -> bool:
        """Nothing speaks against its being the same matter."""
        return self.likeness is None or not self.likeness.conflicts


@dataclass(frozen=True, slots=True)
class Bench:
    """A group as it is looked at: the main one first, then the others."""

    main: Side
    others: list[Side]

    @property
    def sides(self) -> list[Side]:
        """All of them, the main one first."""
        return [self.main, *self.others]

    @property
    def suggestions(self) -> list[Suggestion]:
        """The suggestions, the main one first."""
        return [side.suggestion for side in self.sides]


def bench_of(place: Place, members: Sequence[UUID]) -> Bench | None:
    """The suggestions of a group that this place can merge, side by side.

    None when fewer than two are left, or all are of one place below: its own desk merges them.
    """
    rows = Suggestion.objects.filter(joinable_at(place), pk__in=members)
    found = list(rows.select_related("place", "category").order_by("received_on", "receipt")[:TOGETHER])
    if len(found) <= 1 or common_path(one.place.division_path for one in found) != place.division_path:
        return None
    clusters = clusters_of(found)
    main = max(found, key=lambda one: (len(clusters[one.pk]), one.state == State.VALID, -found.index(one)))
    others = [one for one in found if one != main]
    return Bench(
        _side(main, clusters[main.pk], None),
        [_side(like.suggestion, clusters[like.suggestion.pk], like) for like in compared(place, main, others)],
    )


def _side(one: Suggestion, cluster: list[Suggestion], likeness: Similar | None) -> Side:
    return Side(one, len(cluster), households(cluster), likeness)
