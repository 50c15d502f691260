"""How good proposals are, where the classes are known."""

from collections.abc import Sequence
from typing import NamedTuple

from yishiting.methods.classification.classifier import Classifier, Rules
from yishiting.methods.classification.examples import Example, Options


class Figures(NamedTuple):
    """Macro-F1 (every class counts the same), accuracy, and both questions about being unsure."""

    macro_f1: float
    accuracy: float
    among_shown: float  # the right class is among those shown
    unsure: float  # share of messages
    accuracy_when_sure: float
    messages: int


def macro_f1(proposed: Sequence[str], known: Sequence[str]) -> float:
    """Mean over the known classes of 2·hits / (proposed + known); classes only proposed count as 0."""
    labels = sorted(set(known) | set(proposed))
    hits = dict.fromkeys(labels, 0)
    for one, other in zip(proposed, known, strict=True):
        if one == other:
            hits[one] += 1
    counts = {label: proposed.count(label) + known.count(label) for label in labels}
    return sum(2 * hits[label] / counts[label] for label in labels) / len(labels) if labels else 0.0


def figures(classifier: Classifier, known: Sequence[Example]) -> Figures:
    """Measured on messages the classifier has not learnt from."""
    proposals = classifier.propose_all([(example.title, example.body) for example in known])
    labels = [example.label for example in known]
    right = [proposal.label == label for proposal, label in zip(proposals, labels, strict=True)]
    shown = [
        label in [likely.label for likely in proposal.likely] for proposal, label in zip(proposals, labels, strict=True)
    ]
    sure = [hit for hit, proposal in zip(right, proposals, strict=True) if not proposal.unsure]
    number = len(known)
    return Figures(
        macro_f1([proposal.label for proposal in proposals], labels),
        sum(right) / number if number else 0.0,
        sum(shown) / number if number else 0.0,
        1 - len(sure) / number if number else 0.0,
        sum(sure) / len(sure) if sure else 0.0,
        number,
    )


def cross_validated(
    examples: Sequence[Example], folds: int = 5, rules: Rules | None = None, options: Options | None = None
) -> list[str]:
    """What would have been proposed for each example by a classifier that had not seen it."""
    place: dict[str, int] = {}
    fold = []
    for example in examples:
        fold.append(place.setdefault(example.label, 0) % folds)
        place[example.label] += 1
    proposed = [""] * len(examples)
    for left_out in range(folds):
        asked = [at for at, of in enumerate(fold) if of == left_out]
        classifier = Classifier(
            [example for example, of in zip(examples, fold, strict=True) if of != left_out], rules, options
        )
        found = classifier.propose_all([(examples[at].title, examples[at].body) for at in asked])
        for at, proposal in zip(asked, found, strict=True):
            proposed[at] = proposal.label
    return proposed
