"""Classification: class and level proposals with confidence, for a person to accept or correct.

    Classifier(examples, rules).propose(title, body) → Proposal
    classifier.corrected(title, body, label) → Classifier

Formulas: docs/methods/classification.md.
"""

from yishiting.methods.classification.classifier import Classifier, Rules, propose_class
from yishiting.methods.classification.examples import Example, Likely, Options, Proposal
from yishiting.methods.classification.measure import Figures, cross_validated, figures, macro_f1

__all__ = [
    "Classifier",
    "Example",
    "Figures",
    "Likely",
    "Options",
    "Proposal",
    "Rules",
    "cross_validated",
    "figures",
    "macro_f1",
    "propose_class",
]
