"""How the machine learns: the library for it is loaded here, and only here."""

from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import Any

from yishiting.methods.classification.examples import Example, Options
from yishiting.methods.classification.machine import Machine, Runs, calibrated, texts_of

#: A class with fewer examples cannot be left out and still be learnt.
FEWEST = 2
#: Temperatures tried, as powers of two around 1; the default where nothing can be left out.
TEMPERATURES = tuple(2 ** (step / 4) for step in range(-8, 17))
PLAIN = 2.0
#: Shares of doubt tried: messages that belong nowhere, or that two clerks class in two ways.
DOUBTS = (0.0, 0.02, 0.05, 0.08, 0.12, 0.16)


class Vectors:
    """Text → sparse rows; the runs known and their rarity come from the examples."""

    def __init__(self, pairs: Sequence[tuple[str, str]], body: int) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._body = body
        least = 1 if len(pairs) < 20 else 2  # noqa: PLR2004 - among a handful every run counts
        self.blocks = [
            TfidfVectorizer(analyzer="char", ngram_range=(1, 2), min_df=least, sublinear_tf=True, lowercase=False)
            for _ in range(2)
        ]
        for block, texts in zip(self.blocks, texts_of(pairs, body), strict=True):
            block.fit(texts)

    def of(self, pairs: Sequence[tuple[str, str]]) -> Any:
        """One row for each (title, body): a sparse matrix of messages × runs."""
        from scipy import sparse

        parts = zip(self.blocks, texts_of(pairs, self._body), strict=True)
        return sparse.hstack([block.transform(texts) for block, texts in parts]).tocsr()

    def runs(self) -> list[Runs]:
        """The same knowledge without the library: of titles, of bodies."""
        return [Runs(tuple(block.get_feature_names_out()), array("d", block.idf_)) for block in self.blocks]


def learn(examples: Sequence[Example], options: Options) -> Machine:
    """Learn from at least two classes. The order of the examples changes nothing."""
    import numpy as np

    ordered = sorted(examples)
    labels = np.array([example.label for example in ordered])
    weights = np.array([options.correction if example.corrected else 1.0 for example in ordered])
    pairs = [(example.title, example.body) for example in ordered]
    vectors = Vectors(pairs, options.body)
    temperature, doubt = _calibration(pairs, labels, weights, options)
    svm = _fit(vectors.of(pairs), labels, weights)
    titles, bodies = vectors.runs()
    weighed, shifts = _weights(svm)
    return Machine(
        tuple(sorted(set(labels.tolist()))), options.body, titles, bodies, weighed, shifts, temperature, doubt
    )


def _weights(svm: Any) -> tuple[tuple["array[float]", ...], tuple[float, ...]]:
    """For each class the weights of the runs and what is added; the library keeps one row for two classes."""
    rows, shifts = svm.coef_.tolist(), svm.intercept_.tolist()
    if len(rows) == 1:
        rows, shifts = [[-weight for weight in rows[0]], rows[0]], [-shifts[0], shifts[0]]
    return tuple(array("f", row) for row in rows), tuple(shifts)


def _distances(svm: Any, rows: Any) -> Any:
    import numpy as np

    distances = svm.decision_function(rows)
    return distances if distances.ndim > 1 else np.column_stack([-distances, distances])


def _fit(rows: Any, labels: Any, weights: Any) -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=1.0, class_weight="balanced", dual=True, max_iter=5000, random_state=0).fit(
        rows, labels, sample_weight=weights
    )


def _calibration(pairs: list[tuple[str, str]], labels: Any, weights: Any, options: Options) -> tuple[float, float]:
    """The temperature and the doubt at which the examples left out would have been likeliest."""
    import numpy as np

    counts = Counter(labels.tolist())
    fold = _folds(labels.tolist(), options.folds)
    usual = np.array([counts[label] >= max(FEWEST, options.folds) for label in labels])
    if len(set(labels[usual].tolist())) < FEWEST:
        return PLAIN, DOUBTS[0]
    measured = []
    for left_out in range(options.folds):
        learnt, asked = usual & (fold != left_out), usual & (fold == left_out)
        vectors = Vectors([pairs[at] for at in np.flatnonzero(learnt)], options.body)
        svm = _fit(vectors.of([pairs[at] for at in np.flatnonzero(learnt)]), labels[learnt], weights[learnt])
        distances = _distances(svm, vectors.of([pairs[at] for at in np.flatnonzero(asked)]))
        measured.append((distances, np.searchsorted(svm.classes_, labels[asked])))

    def surprise(temperature: float, doubt: float) -> float:
        shares = [
            calibrated(row, temperature, doubt)[truth]
            for rows, truths in measured
            for row, truth in zip(rows.tolist(), truths.tolist(), strict=True)
        ]
        return float(-np.log(shares).mean())

    return min(product(TEMPERATURES, DOUBTS), key=lambda tried: surprise(*tried))


def _folds(labels: Sequence[str], folds: int) -> Any:
    """Every class dealt out evenly, in the order of the examples."""
    import numpy as np

    dealt: Counter[str] = Counter()
    fold = []
    for label in labels:
        fold.append(dealt[label] % folds)
        dealt[label] += 1
    return np.array(fold)
