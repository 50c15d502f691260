"""A place for a second opinion: a sentence model, where an installation has one."""

from collections.abc import Sequence
from typing import Protocol

from yishiting.methods.similarity.texts import Text

#: Scores between these bounds are worth a second opinion; it counts for half.
UNSURE = (0.1, 0.9)


class Reranker(Protocol):
    """Anything that says how alike two messages are in meaning. The default installation has none."""

    def likeness(self, pairs: Sequence[tuple[Text, Text]]) -> Sequence[float]:
        """One number from 0 (unrelated) to 1 (the same item) for each pair, in the order of the pairs."""
        ...


def second_opinion(
    reranker: Reranker | None, pairs: Sequence[tuple[Text, Text]], scores: Sequence[float]
) -> list[float]:
    """The scores, with those in doubt averaged with the reranker's likeness. Without a reranker nothing changes."""
    revised = list(scores)
    doubtful = [at for at, score in enumerate(scores) if UNSURE[0] < score < UNSURE[1]]
    if reranker is None or not doubtful:
        return revised
    for at, likeness in zip(doubtful, reranker.likeness([pairs[at] for at in doubtful]), strict=True):
        revised[at] = (scores[at] + min(1.0, max(0.0, likeness))) / 2
    return revised
