"""Grouping more texts than can all be looked at closely: part by part, so that time and memory grow with their number.

Pairs near by title whose titles name other places or other matters are dropped at a glance; only the rest is read and
scored. What is scored falls into parts that no likely pair connects, and each part is linked by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from yishiting.methods.similarity.cluster import Tree, average_linkage
from yishiting.methods.similarity.reading import kin_of, scan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[str], None]
Scored = dict[tuple[int, int], float]
#: How often it is told how far it is.
TOLD = 10
#: Kin that are often said for one another count as one matter at a glance.
NEAR_KIN = 0.4
#: One in so many pairs of signs of the shorter name must be in the other.
SHARED = 3
#: Pairs that are scored for the mean of two groups, where a candidate does not give it.
SAMPLE = 8


class Glance(NamedTuple):
    """What a title shows at a glance: its matters with their near kin, as bits, and the pairs of signs of its name."""

    matters: int
    name: frozenset[str]


@lru_cache(maxsize=1)
def _bits() -> dict[str, int]:
    """Each matter with its near kin as bits of one number."""
    kin = kin_of()
    place = {matter: 1 << at for at, matter in enumerate(kin)}
    return {
        matter: place[matter] | sum(place[other] for other, share in pairs if share >= NEAR_KIN)
        for matter, pairs in kin.items()
    }


def glance(title: str) -> Glance:
    """What a normalised title shows without being read closely. About 20 µs."""
    bits = _bits()
    rest, shown, _ = scan(title)
    matters = 0
    for matter in shown:
        matters |= bits[matter]
    return Glance(matters, frozenset(part[at : at + 2] for part in rest for at in range(len(part) - 1)))


def may_be_one(one: Glance, other: Glance) -> bool:
    """Whether two titles may be about one matter of one place: what one of them leaves open rules nothing out."""
    if one.matters and other.matters and not one.matters & other.matters:
        return False
    if not one.name or not other.name:
        return True
    return len(one.name & other.name) * SHARED >= min(len(one.name), len(other.name))


def worth_a_look(titles: Sequence[str], lows: "NDArray[np.int32]", highs: "NDArray[np.int32]") -> list[tuple[int, int]]:
    """The pairs whose titles may be about one matter of one place."""
    needed = set(lows.tolist()) | set(highs.tolist())
    shown = {at: glance(titles[at]) for at in needed}
    pairs = zip(lows.tolist(), highs.tolist(), strict=True)
    return [(low, high) for low, high in pairs if may_be_one(shown[low], shown[high])]


def in_steps(
    pairs: list[tuple[int, int]], score: Callable[[list[tuple[int, int]]], Scored], progress: Progress
) -> Scored:
    """The scores of all pairs, in steps, so that it can be told how far it is."""
    scores: Scored = {}
    step = max(1, -(-len(pairs) // TOLD))
    for start in range(0, len(pairs), step):
        scores.update(score(pairs[start : start + step]))
        progress(f"比对：已比 {len(scores)} / {len(pairs)} 对（{len(scores) * 100 // len(pairs)}%）")
    return scores


def _part_of_each(number: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """For each text the number of the part that pairs connect it to."""
    import numpy as np
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    graph = sparse.coo_matrix((np.ones(len(ends), dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=(number, number))
    found: list[int] = connected_components(graph, directed=False)[1].tolist()
    return found


def side_by_side(number: int, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of one part one after the other, so that a text is read once and not anew for each of its pairs."""
    part = _part_of_each(number, pairs)
    return sorted(pairs, key=lambda pair: (part[pair[0]], pair))


def parts(number: int, scores: Scored, threshold: float) -> list[list[tuple[int, int]]]:
    """The pairs of each part of the texts that likely pairs connect: no mean across two parts can reach the threshold."""
    likely = [pair for pair, value in scores.items() if value >= threshold]
    part = _part_of_each(number, likely)
    within: dict[int, list[tuple[int, int]]] = {part[one]: [] for one, _ in likely}
    for one, other in scores:
        if part[one] == part[other]:
            within[part[one]].append((one, other))
    return list(within.values())


def linked(
    weights: Sequence[int], scores: Scored, score: Callable[[int, int], float], threshold: float, progress: Progress
) -> Tree:
    """The tree of all texts, part by part."""
    tree = Tree(len(weights))
    found = parts(len(weights), scores, threshold)
    step = max(1, len(found) // TOLD)
    for number, part in enumerate(found, 1):
        _graft(tree, _of_part(weights, {pair: scores[pair] for pair in part}, score, threshold))
        if number % step == 0:
            progress(f"归并：{number * 100 // len(found)}%")
    return tree


def _of_part(
    weights: Sequence[int], scores: Scored, score: Callable[[int, int], float], threshold: float
) -> tuple[list[int], Tree]:
    """The texts of a part and their tree, numbered within the part."""
    texts = sorted({at for pair in scores for at in pair})
    here = {at: number for number, at in enumerate(texts)}
    known: Mapping[tuple[int, int], float] = {(here[a], here[b]): value for (a, b), value in scores.items()}
    own = lru_cache(maxsize=None)(lambda one, other: score(texts[one], texts[other]))
    return texts, average_linkage([weights[at] for at in texts], known, own, threshold, sample=SAMPLE)


def _graft(tree: Tree, part: tuple[list[int], Tree]) -> None:
    """Put the tree of a part into the tree of all, under numbers of its own."""
    texts, small = part
    offset = tree.items + len(tree.heights) - small.items
    for cluster, parent in small.parents.items():
        child = texts[cluster] if cluster < small.items else cluster + offset
        tree.parents[child] = parent + offset
    for cluster, height in small.heights.items():
        tree.heights[cluster + offset] = height
