"""Who stands together: base clusters first, then two to five groups, the number by silhouette.

Everything is decided by the positions alone: no random start, no order of rows, no names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_, float64, intp
    from numpy.typing import NDArray

#: Positions closer than this are one position: it is far above rounding and far below one vote.
DIGITS = 9
#: k-means has come to rest long before on a hundred points; the bound is against a cycle of ties.
ROUNDS = 200
#: One more group may be looked for with every so many people: a handful of people is not five groups.
PEOPLE_A_GROUP = 12
#: The group of those who stand in none; at most one person in so many is left out in one round.
OUTSIDE, OUTSIDERS_ONE_IN = -1, 10


@dataclass(frozen=True, slots=True)
class Clusters:
    """`labels[i]` is the cluster of row i; clusters have a centre (k × 2) and a number of people."""

    labels: NDArray[intp]
    centres: NDArray[float64]
    people: NDArray[intp]


def base_clusters(places: NDArray[float64], most: int) -> Clusters:
    """At most `most` clusters of people (rows of `places`, n × 2) who stand close together.

    Seeds are taken farthest first from the one nearest the middle, people join the nearest seed, and a cluster stands
    at the mean of its people. No one is farther from a seed than twice the best possible (Gonzalez 1985).
    """
    import numpy as np

    spots, where, people = np.unique(np.round(places, DIGITS), axis=0, return_inverse=True, return_counts=True)
    where = where.reshape(-1)
    if len(spots) <= most:
        return Clusters(where, spots, people)
    nearest = nearest_seed(spots, people, most)
    total = np.bincount(nearest, weights=people, minlength=most)
    sums = [np.bincount(nearest, weights=people * spots[:, axis], minlength=most) for axis in (0, 1)]
    return Clusters(nearest[where], np.column_stack(sums) / total[:, None], total.astype(np.intp))


def nearest_seed(spots: NDArray[float64], people: NDArray[intp], most: int) -> NDArray[intp]:
    """For each spot the number of its seed; every seed has at least itself."""
    import numpy as np

    middle = np.average(spots, axis=0, weights=people)
    seed = int(np.argmin(np.round(((spots - middle) ** 2).sum(axis=1), DIGITS)))
    nearest = np.zeros(len(spots), dtype=np.intp)
    distance = ((spots - spots[seed]) ** 2).sum(axis=1)
    for number in range(1, most):
        seed = int(np.argmax(np.round(np.sqrt(distance), DIGITS)))
        other = ((spots - spots[seed]) ** 2).sum(axis=1)
        nearest[other < distance] = number
        distance = np.minimum(distance, other)
    return nearest


def partitions(base: Clusters, most: int) -> dict[int, NDArray[intp]]:
    """For each number of groups from 2 on, the group of every base cluster; clusters count by their people.

    Global k-means (Likas, Vlassis, Verbeek 2003): the best centres for one group fewer, with every base cluster tried
    as the new centre, all of them at once.
    """
    import numpy as np

    centres = np.average(base.centres, axis=0, weights=base.people)[None, :]
    limit = min(most, 2 + int(base.people.sum()) // PEOPLE_A_GROUP, len(base.people))
    found: dict[int, NDArray[intp]] = {}
    for count in range(2, limit + 1):
        again = np.repeat(centres[None], len(base.centres), axis=0)
        ends = at_rest(np.concatenate([again, base.centres[:, None, :]], axis=1), base)
        labels, cost = assigned(ends, base)
        centres = ends[int(np.argmin(np.round(cost, DIGITS)))]
        found[count] = best_of(labels, cost, base)
    return found


def at_rest(centres: NDArray[float64], base: Clusters) -> NDArray[float64]:
    """Run k-means from many starts (s × k × 2) side by side until no centre moves."""
    import numpy as np

    for _ in range(ROUNDS):
        labels, _ = assigned(centres, base)
        moved = means(labels, centres, base)
        if np.allclose(moved, centres, rtol=0, atol=10.0**-DIGITS):
            break
        centres = moved
    return centres


def best_of(labels: NDArray[intp], cost: NDArray[float64], base: Clusters) -> NDArray[intp]:
    """The tightest partition; among those as tight but for one average person's part, the clearest by silhouette."""
    import numpy as np

    near = cost <= cost.min() * (1 + 1 / int(base.people.sum())) + 10.0**-DIGITS
    tightest_first = np.argsort(np.round(cost[near], DIGITS), kind="stable")
    alike = np.unique(labels[near][tightest_first], axis=0, return_index=True)[1]
    candidates = labels[near][tightest_first][np.sort(alike)]
    clearness = [round(silhouette(base, candidate), DIGITS) for candidate in candidates]
    chosen: NDArray[intp] = candidates[int(np.argmax(clearness))]
    return chosen


def assigned(centres: NDArray[float64], base: Clusters) -> tuple[NDArray[intp], NDArray[float64]]:
    """Nearest centre of every base cluster (s × n), and the sum of squares of each start (s)."""
    import numpy as np

    apart = base.centres[None, :, None, :] - centres[:, None, :, :]
    squares = np.einsum("snkd,snkd->snk", apart, apart)
    labels = squares.argmin(axis=2)
    return labels, (squares.min(axis=2) * base.people).sum(axis=1)


def means(labels: NDArray[intp], centres: NDArray[float64], base: Clusters) -> NDArray[float64]:
    """The centre of the people of each group; a group nobody is in stays where it was."""
    import numpy as np

    member = (labels[:, :, None] == np.arange(centres.shape[1])) * base.people[None, :, None]
    weight = member.sum(axis=1)
    sums = np.einsum("snk,nd->skd", member, base.centres)
    return np.where(weight[:, :, None] > 0, sums / np.maximum(1, weight)[:, :, None], centres)


def silhouette(base: Clusters, labels: NDArray[intp]) -> float:
    """How well base clusters sit in their groups: mean of (b − a) / max(a, b), 0 for a person alone (Rousseeuw 1987).

    a and b are mean distances to the people of the own group and of the nearest other one; the mean is over base
    clusters, as in Polis, so that a crowded middle does not decide alone.
    """
    import numpy as np

    groups, own = np.unique(labels, return_inverse=True)
    if len(groups) == 1:
        return 0.0
    apart = np.sqrt(((base.centres[:, None, :] - base.centres[None, :, :]) ** 2).sum(axis=2)) * base.people
    sums = np.column_stack([apart[:, labels == group].sum(axis=1) for group in groups])
    sizes = np.bincount(own, weights=base.people)
    rows = np.arange(len(labels))
    within = sums[rows, own] / np.maximum(1, sizes[own] - 1)
    other = sums / sizes
    other[rows, own] = np.inf
    between = other.min(axis=1)
    score = (between - within) / np.maximum(np.maximum(within, between), 10.0**-DIGITS)
    return float(np.where(sizes[own] > 1, score, 0.0).mean())


def groups_of(base: Clusters, most: int, least: int = 1) -> tuple[NDArray[intp], dict[int, float]]:
    """The group of every base cluster, largest group first, and the silhouette of every number of groups tried.

    No group has fewer than `least` people: where the clearest partition has one, those few are OUTSIDE and the others
    are divided anew. Where that would leave out more than a few, the clearest partition without so small a group is
    taken, or all are one group. One group also where everybody stands on the same spot. Of equal silhouettes the
    fewer groups are taken.
    """
    import numpy as np

    one_group = np.zeros(len(base.people), dtype=np.intp)
    found = partitions(base, most)
    scores = {count: silhouette(base, labels) for count, labels in found.items()}
    if not scores:
        return one_group, {}
    labels = found[clearest(scores)]
    alone = np.bincount(labels, weights=base.people)[labels] < least
    if not alone.any():
        return by_size(labels, base), scores
    few = max(least - 1, int(base.people.sum()) // OUTSIDERS_ONE_IN)
    if base.people[alone].sum() <= few and base.people[~alone].sum() >= least:
        return _without(alone, base, most, least)
    whole = {
        count: scores[count] for count, own in found.items() if np.bincount(own, weights=base.people).min() >= least
    }
    return (by_size(found[clearest(whole)], base), whole) if whole else (one_group, {})


def clearest(scores: dict[int, float]) -> int:
    """The number of groups with the best silhouette; of equal ones the smaller number."""
    return max(scores, key=lambda count: (round(scores[count], DIGITS), -count))


def _without(alone: NDArray[bool_], base: Clusters, most: int, least: int) -> tuple[NDArray[intp], dict[int, float]]:
    """The groups of the others; who stands alone is OUTSIDE, and earns no silhouette."""
    import numpy as np

    rest = Clusters(
        np.array([], dtype=np.intp), base.centres[~alone], base.people[~alone]
    )  # no rows are asked for here
    inner, scores = groups_of(rest, most, least)
    outer = np.full(len(base.people), OUTSIDE, dtype=np.intp)
    outer[~alone] = inner
    return outer, scores


def by_size(labels: NDArray[intp], base: Clusters) -> NDArray[intp]:
    """Number the groups by people, most first; of equal groups the one further left, then lower, comes first."""
    import numpy as np

    def rank(group: int) -> tuple[int, list[float]]:
        inside = labels == group
        centre = np.average(base.centres[inside], axis=0, weights=base.people[inside])
        return -int(base.people[inside].sum()), np.round(centre, DIGITS).tolist()

    order = sorted(np.unique(labels).tolist(), key=rank)
    number = {group: place for place, group in enumerate(order)}
    return np.array([number[group] for group in labels.tolist()], dtype=np.intp)
