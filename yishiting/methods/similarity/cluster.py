"""Average linkage on a sparse set of scores.

Two clusters come together while the mean score over *all* pairs across them is at least the threshold; connected
components are never used, because one chance link would pull unrelated matters into one heap (chaining). The order of
merging is by mean score, ties by the smaller numbers of the members, so the result depends on the scores alone.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

#: Pairs across two clusters that are scored on demand; beyond, unknown pairs count as 0.
ON_DEMAND = 4_000

Score = Callable[[int, int], float]


@dataclass(slots=True)
class Tree:
    """The merges in order: `parents[i]` is the cluster that took in cluster `i`, `heights[i]` the mean score at which
    cluster `i` came about. Items are 0..n-1, clusters follow."""

    items: int
    parents: dict[int, int] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)

    def root(self, item: int, threshold: float) -> int:
        """The largest cluster of an item that came about at `threshold` or above."""
        while item in self.parents and self.heights[self.parents[item]] >= threshold:
            item = self.parents[item]
        return item

    def together(self, one: int, other: int) -> float:
        """The mean score at which two items came together; 0 if they never did."""
        above = set()
        while one in self.parents:
            one = self.parents[one]
            above.add(one)
        while other in self.parents:
            other = self.parents[other]
            if other in above:
                return self.heights[other]
        return 0.0


class _Linkage:
    """The state of one run: sums of scores across every two neighbouring clusters."""

    def __init__(
        self, weights: Sequence[int], scores: Mapping[tuple[int, int], float], score: Score, sample: int | None = None
    ) -> None:
        self.sample = sample
        self.tree = Tree(len(weights))
        self.weights = weights
        self.score = score
        self.known = scores
        self.members: dict[int, list[int]] = {item: [item] for item in range(len(weights))}
        self.size = dict(enumerate(weights))
        self.sums: dict[int, dict[int, float]] = {}
        for (one, other), value in sorted(scores.items()):
            weighed = value * weights[one] * weights[other]
            self.sums.setdefault(one, {})[other] = weighed
            self.sums.setdefault(other, {})[one] = weighed

    def mean(self, one: int, other: int) -> float:
        return self.sums[one][other] / (self.size[one] * self.size[other])

    def across(self, one: int, other: int) -> float:
        """The sum over all pairs of two clusters that were not neighbours until now."""
        ours, theirs = self.members[one], self.members[other]
        if self.sample is not None and len(ours) * len(theirs) > self.sample:
            return self._estimated(one, other, self.sample)
        if len(ours) * len(theirs) > ON_DEMAND:
            return 0.0
        return sum(self._of(a, b) * self.weights[a] * self.weights[b] for a in ours for b in theirs)

    def _estimated(self, one: int, other: int, sample: int) -> float:
        """The sum as the mean of a few evenly spaced pairs gives it."""
        ours, theirs = self.members[one], self.members[other]
        number = len(ours) * len(theirs)
        chosen = [at * number // sample for at in range(sample)]
        values = [self._of(ours[at // len(theirs)], theirs[at % len(theirs)]) for at in chosen]
        return sum(values) / sample * self.size[one] * self.size[other]

    def _of(self, one: int, other: int) -> float:
        pair = (min(one, other), max(one, other))
        value = self.known.get(pair)
        return self.score(*pair) if value is None else value

    def merge(self, one: int, other: int, height: float) -> int:
        """Put two clusters together; their neighbours become neighbours of the new one."""
        new = self.tree.items + len(self.tree.heights)
        mine, yours = self.sums.pop(one), self.sums.pop(other)
        joined: dict[int, float] = {}
        for near in sorted((mine.keys() | yours.keys()) - {one, other}):
            ours = mine[near] if near in mine else self.across(one, near)
            theirs = yours[near] if near in yours else self.across(other, near)
            joined[near] = ours + theirs
        for near, total in joined.items():
            self.sums[near].pop(one, None)
            self.sums[near].pop(other, None)
            self.sums[near][new] = total
        self.sums[new] = joined
        self.members[new] = self.members.pop(one) + self.members.pop(other)
        self.size[new] = self.size[one] + self.size[other]
        self.tree.parents[one] = self.tree.parents[other] = new
        self.tree.heights[new] = height
        return new


def average_linkage(
    weights: Sequence[int],
    scores: Mapping[tuple[int, int], float],
    score: Score,
    floor: float,
    sample: int | None = None,
) -> Tree:
    """Merge items 0..n-1 while the best mean score is at least `floor`.

    `weights`: how many texts each item stands for. `scores`: (a, b) with a < b → score in 0..1. `score(a, b)` gives
    the rest when a mean needs them, at most `sample` for two clusters where that is given. Items without any score of
    at least `floor` stay alone.
    """
    alive = {item for pair, value in scores.items() if value >= floor for item in pair}
    near = {pair: value for pair, value in scores.items() if pair[0] in alive and pair[1] in alive}
    linkage = _Linkage(weights, near, score, sample)
    heap = [(-value, one, other) for (one, other), value in near.items() if value >= floor]
    heapq.heapify(heap)
    while heap:
        height, one, other = heapq.heappop(heap)
        if one not in alive or other not in alive:
            continue
        new = linkage.merge(one, other, -height)
        alive -= {one, other}
        alive.add(new)
        for near_one in linkage.sums[new]:
            mean = linkage.mean(new, near_one)
            if mean >= floor:
                heapq.heappush(heap, (-mean, near_one, new))
    return linkage.tree
