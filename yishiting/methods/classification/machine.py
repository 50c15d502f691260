"""A linear machine on runs of one and two characters, with honest confidence.

Title and body are two blocks of TF-IDF (sublinear counts, runs seen in at least two examples), each of length 1, so a
short title weighs as much as a long body. One linear support vector machine against the rest for each class, classes
weighted by their rarity. The confidence is a softmax of the distances times one temperature, fitted by maximum
likelihood on distances measured on examples that were left out of learning.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yishiting.methods.classification.examples import Example, Options
from yishiting.methods.similarity.normalise import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A class with fewer examples cannot be left out and still be learnt.
FEWEST = 2
#: Temperatures tried, as powers of two around 1; the default where nothing can be left out.
TEMPERATURES = tuple(2 ** (step / 4) for step in range(-8, 17))
PLAIN = 2.0


class Vectors:
    """Text → sparse rows; the runs known and their rarity come from the examples."""

    def __init__(self, pairs: Sequence[tuple[str, str]], body: int) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._body = body
        least = 1 if len(pairs) < 20 else 2  # noqa: PLR2004 - among a handful every run counts
        self._titles, self._bodies = (
            TfidfVectorizer(analyzer="char", ngram_range=(1, 2), min_df=least, sublinear_tf=True, lowercase=False)
            for _ in range(2)
        )
        titles, bodies = self._texts(pairs)
        self._titles.fit(titles)
        self._bodies.fit(bodies)
        #: The runs, in the order of the columns.
        self.names: list[str] = [*self._titles.get_feature_names_out(), *self._bodies.get_feature_names_out()]

    def _texts(self, pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
        """A space stands for nothing written, so that neither vocabulary is ever empty."""
        titles = [normalise(title) + " " for title, _ in pairs]
        return titles, [normalise(body[: 2 * self._body])[: self._body] + " " for _, body in pairs]

    def of(self, pairs: Sequence[tuple[str, str]]) -> Any:
        """One row for each (title, body): a sparse matrix of messages × runs."""
        from scipy import sparse

        titles, bodies = self._texts(pairs)
        return sparse.hstack([self._titles.transform(titles), self._bodies.transform(bodies)]).tocsr()

    def known(self, rows: Any) -> Any:
        """Whether a message has any run that an example had: the space alone says nothing."""
        import numpy as np

        telling = np.array([" " not in name for name in self.names], dtype=float)
        return rows @ telling > 0


@dataclass(frozen=True, slots=True)
class Machine:
    """What was learnt: the classes in order, the machine, the temperature of its confidence."""

    labels: tuple[str, ...]
    vectors: Vectors
    svm: Any
    temperature: float

    def confidences(self, pairs: Sequence[tuple[str, str]]) -> "NDArray[np.float64]":
        """Messages × classes, each row adding up to 1; all alike for a message of which no run is known."""
        rows = self.vectors.of(pairs)
        shares: NDArray[np.float64] = _softmax(_distances(self.svm, rows) * self.temperature)
        shares[~self.vectors.known(rows)] = 1 / len(self.labels)
        return shares

    def telling(self, pair: tuple[str, str], label: str, most: int = 3) -> tuple[str, ...]:
        """The two-character runs of a message that speak most for a class."""
        row = self.vectors.of([pair])
        weights = _weights(self.svm)[self.labels.index(label)]
        gains: dict[str, float] = {}
        for column, value in zip(row.indices, row.data, strict=True):
            run = self.vectors.names[column]
            if len(run) == 2 and " " not in run:  # noqa: PLR2004 - single characters say nothing to a reader
                gains[run] = gains.get(run, 0.0) + float(value * weights[column])
        best = sorted(gains.items(), key=lambda gain: (-gain[1], gain[0]))
        return tuple(run for run, gain in best[:most] if gain > 0)


def _weights(svm: Any) -> Any:
    """One row for each class; the library keeps one row for two classes."""
    import numpy as np

    return svm.coef_ if len(svm.coef_) > 1 else np.vstack([-svm.coef_, svm.coef_])


def _distances(svm: Any, rows: Any) -> Any:
    import numpy as np

    distances = svm.decision_function(rows)
    return distances if distances.ndim > 1 else np.column_stack([-distances, distances])


def _softmax(values: Any) -> Any:
    import numpy as np

    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _fit(rows: Any, labels: Any, weights: Any) -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=1.0, class_weight="balanced", dual=True, max_iter=5000, random_state=0).fit(
        rows, labels, sample_weight=weights
    )


def learn(examples: Sequence[Example], options: Options) -> Machine:
    """Learn from at least two classes. The order of the examples changes nothing."""
    import numpy as np

    ordered = sorted(examples)
    labels = np.array([example.label for example in ordered])
    weights = np.array([options.correction if example.corrected else 1.0 for example in ordered])
    pairs = [(example.title, example.body) for example in ordered]
    vectors = Vectors(pairs, options.body)
    rows = vectors.of(pairs)
    temperature = _temperature(pairs, labels, weights, options)
    return Machine(tuple(sorted(set(labels.tolist()))), vectors, _fit(rows, labels, weights), temperature)


def _temperature(pairs: list[tuple[str, str]], labels: Any, weights: Any, options: Options) -> float:
    """The temperature at which the examples left out would have been likeliest."""
    import numpy as np

    counts = Counter(labels.tolist())
    fold = _folds(labels.tolist(), options.folds)
    usual = np.array([counts[label] >= max(FEWEST, options.folds) for label in labels])
    if len(set(labels[usual].tolist())) < FEWEST:
        return PLAIN
    measured = []
    for left_out in range(options.folds):
        learnt, asked = usual & (fold != left_out), usual & (fold == left_out)
        vectors = Vectors([pairs[at] for at in np.flatnonzero(learnt)], options.body)
        svm = _fit(vectors.of([pairs[at] for at in np.flatnonzero(learnt)]), labels[learnt], weights[learnt])
        distances = _distances(svm, vectors.of([pairs[at] for at in np.flatnonzero(asked)]))
        measured.append((distances, np.searchsorted(svm.classes_, labels[asked])))

    def surprise(temperature: float) -> float:
        shares = [_softmax(d * temperature)[np.arange(len(truth)), truth] for d, truth in measured]
        return float(-np.log(np.concatenate(shares)).mean())

    return min(TEMPERATURES, key=surprise)


def _folds(labels: Sequence[str], folds: int) -> Any:
    """Every class dealt out evenly, in the order of the examples."""
    import numpy as np

    dealt: Counter[str] = Counter()
    fold = []
    for label in labels:
        fold.append(dealt[label] % folds)
        dealt[label] += 1
    return np.array(fold)
