"""Similarity and merging: which messages may be one item, with reasons, for a person to confirm.

    group(texts) → Grouping                 all at once: groups and candidate pairs
    compare(one, other) → Comparison        two messages side by side: reasons and conflicts
    Index().add(text); index.similar_to(…)  while somebody types

Formulas: docs/methods/similarity.md.
"""

from yishiting.methods.similarity.grouping import Grouping, Options, Pair, group
from yishiting.methods.similarity.index import Index, Match, compare, similar_to
from yishiting.methods.similarity.measure import BCubed, auc, b_cubed
from yishiting.methods.similarity.normalise import normalise
from yishiting.methods.similarity.reasons import Comparison, Reason
from yishiting.methods.similarity.rerank import Reranker
from yishiting.methods.similarity.texts import Text

__all__ = [
    "BCubed",
    "Comparison",
    "Grouping",
    "Index",
    "Match",
    "Options",
    "Pair",
    "Reason",
    "Reranker",
    "Text",
    "auc",
    "b_cubed",
    "compare",
    "group",
    "normalise",
    "similar_to",
]
