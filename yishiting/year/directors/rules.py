"""Where the directors' order of works departs from the council's, project by project."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def departures(council: Mapping[Key, int | None], plan: Sequence[Key]) -> set[Key]:
    """The projects that depart: the fewest whose move explains the order, and those left out for one ranked lower.

    `council` gives each project its place, equals the same one, None where it has none and comes last. `plan` lists
    those taken up, in order. Of two that were exchanged, the one that moved ahead departs.
    """
    last = max((place for place in council.values() if place is not None), default=0) + 1
    place = {key: last if own is None else own for key, own in council.items()}
    lowest = max((place[key] for key in plan), default=0)
    left_out = {key for key in place if key not in plan and place[key] < lowest}
    kept = _longest_in_order([place[key] for key in plan])
    return left_out | {key for n, key in enumerate(plan) if n not in kept}


def _longest_in_order(places: Sequence[int]) -> set[int]:
    """The positions of a longest run that never falls; of several, the one that keeps the better places."""
    count = len(places)
    best = [1] * count
    for n in range(count - 1, -1, -1):
        best[n] += max((best[m] for m in range(n + 1, count) if places[m] >= places[n]), default=0)
    kept, wanted, at, least = set[int](), max(best, default=0), -1, 0
    while wanted:
        fit = [n for n in range(at + 1, count) if best[n] == wanted and places[n] >= least]
        at = min(fit, key=lambda n: (places[n], n))
        kept, wanted, least = kept | {at}, wanted - 1, places[at]
    return kept
