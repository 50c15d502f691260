"""Class and level proposals for free text: keyword rules to begin with, examples and corrections from then on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from yishiting.methods.classification.examples import Example, Likely, Options, Proposal
from yishiting.methods.classification.machine import Machine
from yishiting.methods.errors import Unusable
from yishiting.methods.similarity.normalise import normalise

Rules = Mapping[str, Sequence[str]]


class Classifier:
    """Proposes one of a set of classes. Made anew from all examples whenever a correction comes: a fraction of a second
    at some hundred examples, under five at some thousands."""

    def __init__(
        self, examples: Iterable[Example] = (), rules: Rules | None = None, options: Options | None = None
    ) -> None:
        """Learn. Raises Unusable where there are fewer than two classes in rules and examples together."""
        self.examples = tuple(example for example in examples if example.label)
        self.rules = _read_rules(rules)
        self.options = options or Options()
        self.labels = tuple(sorted({example.label for example in self.examples} | self.rules.keys()))
        if len(self.labels) < 2:  # noqa: PLR2004 - one class leaves nothing to propose
            raise Unusable("至少要有两个类别才能学习", "At least two classes are needed to learn from")
        self.number = len(self.examples)
        self._machine: Machine | None = self._learnt_machine()

    def as_dict(self) -> dict[str, Any]:
        """What was learnt, without the examples and the rules, ready for JSON: to go on from in another process."""
        machine = self._machine.as_dict() if self._machine is not None else None
        return {"options": asdict(self.options), "labels": list(self.labels), "number": self.number, "machine": machine}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any], rules: Rules | None = None) -> "Classifier":
        """What `as_dict` gave, with the same rules. It proposes the same; it cannot be corrected."""
        classifier = cls.__new__(cls)
        classifier.examples, classifier.number = (), stored["number"]
        classifier.rules = _read_rules(rules)
        classifier.options, classifier.labels = Options(**stored["options"]), tuple(stored["labels"])
        classifier._machine = Machine.from_dict(stored["machine"]) if stored["machine"] else None
        return classifier

    def _learnt_machine(self) -> Machine | None:
        if len({example.label for example in self.examples}) < 2:  # noqa: PLR2004 - one class leaves nothing to learn
            return None
        from yishiting.methods.classification.learning import learn

        return learn(self.examples, self.options)

    def corrected(self, title: str, body: str, label: str) -> "Classifier":
        """A classifier that also knows this correction by a clerk. Raises Unusable where the examples are not at hand."""
        if len(self.examples) < self.number:
            raise Unusable("这里没有学习用的例子，不能再学", "The examples it learnt from are not at hand")
        return Classifier((*self.examples, Example(title, body, label, corrected=True)), self.rules, self.options)

    def propose_all(self, messages: Sequence[tuple[str, str]]) -> list[Proposal]:
        """One proposal for each (title, body)."""
        learnt = self._learnt(messages)
        return [self._proposal(pair, self._shares(pair, row)) for pair, row in zip(messages, learnt, strict=True)]

    def propose(self, title: str, body: str = "") -> Proposal:
        """The likeliest classes of a message. Raises Unusable where nothing is written."""
        if not normalise(title) and not normalise(body):
            raise Unusable("请先写几个字", "Write a few words first")
        return self.propose_all([(title, body)])[0]

    def _learnt(self, messages: Sequence[tuple[str, str]]) -> list[dict[str, float]]:
        if self._machine is None or not messages:
            return [{} for _ in messages]
        machine = self._machine
        return [dict(zip(machine.labels, machine.confidences(pair), strict=True)) for pair in messages]

    def _shares(self, pair: tuple[str, str], learnt: Mapping[str, float]) -> dict[str, float]:
        """Rules and examples together: a weighted geometric mean, the weight of the examples growing with their number.

        A class known only from rules keeps the share the rules give it.
        """
        ruled = self._ruled(pair)
        if not learnt:
            return ruled
        trust = self.number / (self.number + self.options.trust) if self.rules else 1.0
        raw = {label: learnt.get(label, ruled[label]) ** trust * ruled[label] ** (1 - trust) for label in self.labels}
        total = sum(raw.values())
        return {label: share / total for label, share in raw.items()}

    def _ruled(self, pair: tuple[str, str]) -> dict[str, float]:
        """Share of the rule words found, title counted twice, half a word for every class."""
        title, body = normalise(pair[0]), normalise(pair[1][: 2 * self.options.body])
        hits = {
            label: 0.5 + sum(2 * (word in title) + (word in body) for word in self.rules.get(label, ()) if word)
            for label in self.labels
        }
        total = sum(hits.values())
        return {label: hit / total for label, hit in hits.items()}

    def _proposal(self, pair: tuple[str, str], shares: Mapping[str, float]) -> Proposal:
        ranked = sorted(shares.items(), key=lambda share: (-share[1], share[0]))
        likely = tuple(Likely(*share) for share in ranked[: self.options.shown])
        unsure = ranked[0][1] - ranked[1][1] < self.options.margin
        return Proposal(likely, unsure, self._words(pair, likely[0].label))

    def _words(self, pair: tuple[str, str], label: str) -> tuple[str, ...]:
        text = normalise(pair[0] + pair[1])
        ruled = tuple(word for word in self.rules.get(label, ()) if word and word in text)
        if ruled or self._machine is None or label not in self._machine.labels:
            return ruled[:3]
        return self._machine.telling(pair, label)


def _read_rules(rules: Rules | None) -> dict[str, tuple[str, ...]]:
    return {label: tuple(map(normalise, words)) for label, words in (rules or {}).items()}


def propose_class(title: str, body: str, classifier: Classifier) -> Proposal:
    """The top classes with confidence, or unsure."""
    return classifier.propose(title, body)
