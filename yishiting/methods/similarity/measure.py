"""How good a grouping is, where the truth is known for some messages."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple


class BCubed(NamedTuple):
    """Means over the labelled messages: of the share of their group that belongs with them, and the reverse."""

    precision: float
    recall: float
    f1: float
    messages: int


def b_cubed(clusters: Mapping[str, int], labels: Mapping[str, str]) -> BCubed:
    """B-cubed precision and recall (Bagga and Baldwin, 1998) over the labelled messages only.

    An unlabelled message is not "unique", so it neither helps nor harms. Without labels everything is 0.
    """
    labelled = [message for message, label in labels.items() if label]
    if not labelled:
        return BCubed(0.0, 0.0, 0.0, 0)
    groups = Counter(clusters[message] for message in labelled)
    truths = Counter(labels[message] for message in labelled)
    both = Counter((clusters[message], labels[message]) for message in labelled)
    shared = [(both[clusters[m], labels[m]], groups[clusters[m]], truths[labels[m]]) for m in labelled]
    precision = sum(common / group for common, group, _ in shared) / len(shared)
    recall = sum(common / truth for common, _, truth in shared) / len(shared)
    return BCubed(precision, recall, 2 * precision * recall / (precision + recall), len(shared))


def auc(positives: list[float], negatives: list[float]) -> float:
    """The chance that a positive scores above a negative, ties by half (Mann and Whitney). Both must not be empty."""
    ranked = sorted([(score, 1) for score in positives] + [(score, 0) for score in negatives])
    wins, below, at = 0.0, 0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        tied_positives = sum(kind for _, kind in ranked[at:end])
        tied_negatives = end - at - tied_positives
        wins += tied_positives * (below + tied_negatives / 2)
        below += tied_negatives
        at = end
    return wins / (len(positives) * len(negatives))
