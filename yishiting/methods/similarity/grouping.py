"""From messages to proposals: which belong to one item, and why.

Messages of the same normalised words stand for one another; the candidates of the rest are scored; average linkage
puts together what a person should look at together. Nothing is merged here.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from typing import NamedTuple

from yishiting.methods.errors import Unusable
from yishiting.methods.similarity.candidates import NEAREST, RunCounts, nearest_pairs
from yishiting.methods.similarity.cluster import Tree, average_linkage
from yishiting.methods.similarity.decide import MATTER_BASE, MATTER_WEIGHTS, PLACE_BASE, PLACE_WEIGHTS, decide
from yishiting.methods.similarity.many import in_steps, linked, side_by_side, worth_a_look
from yishiting.methods.similarity.normalise import grams, normalise, written
from yishiting.methods.similarity.rarity import COUNTED_FULLY, Rarity
from yishiting.methods.similarity.reading import HEADING, MATTER_BODY, TITLE, Reading, matters_in, read
from yishiting.methods.similarity.reasons import Comparison, compare_readings
from yishiting.methods.similarity.rerank import Reranker, second_opinion
from yishiting.methods.similarity.texts import Text

#: Up to this many texts every candidate is scored and the tree is drawn to its floor; beyond, only likely ones are.
THOROUGH = 10_000
#: Characters of a body in which the place and the matter are looked for once more.
OPENING = 200
#: Messages in which matters are counted, of many: shares settle early.
COUNTED_OF_MANY = 5_000
#: Readings kept at hand; more are forgotten and read again when needed.
KEPT = 2 * THOROUGH
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What people may argue about. `threshold`: mean score at which two groups are proposed as one item."""

    threshold: float = 0.38
    nearest: int = 2 * NEAREST
    least_cosine: float = 0.05
    nearest_of_many: int = NEAREST
    least_cosine_of_many: float = 0.35
    floor: float = 0.2
    listed_group: int = 60  # pairs inside a group are listed in full up to this size


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate pair. `score` takes the neighbours into account: the mean of the pair's own score and the mean score
    at which the two messages came together in the tree; of many messages the tree is not drawn so far down, and it is
    the pair's own."""

    a: str
    b: str
    score: float
    own: float
    proposed: bool


@dataclass(frozen=True, slots=True)
class Grouping:
    """Who belongs together (ids in the order given; groups in the order of their first message) and the rule."""

    groups: tuple[tuple[str, ...], ...]
    pairs: tuple[Pair, ...]
    options: Options
    corpus: "Corpus" = field(repr=False, compare=False)  # what the reasons are read from

    def explained(self) -> Iterator[tuple[Pair, Comparison]]:
        """Each pair with its reasons and conflicts."""
        where = {text.id: at for at, copies in enumerate(self.corpus.members) for text in copies}
        for pair in self.pairs:
            yield pair, self.corpus.compare(where[pair.a], where[pair.b])

    @property
    def cluster_of(self) -> dict[str, int]:
        """Message → number of its group, from 1; a message alone has a group of its own."""
        return {member: number for number, group in enumerate(self.groups, 1) for member in group}

    def as_dict(self) -> dict[str, object]:
        return {
            "groups": [list(group) for group in self.groups],
            "pairs": [asdict(pair) for pair in self.pairs],
            "rule": rule_record(self.options),
        }


def rule_record(options: Options) -> dict[str, object]:
    """Everything a resident needs to compute the groups again."""
    return {
        "method": "similarity",
        "linkage": "average",
        "options": asdict(options),
        "place": {"base": PLACE_BASE, **PLACE_WEIGHTS},
        "matter": {"base": MATTER_BASE, **MATTER_WEIGHTS},
        "ties": "by mean score, then by the normalised words of the messages",
        "lot": None,
    }


class Said(NamedTuple):
    """The normalised words of a message and where it is filed: messages alike in all three are copies."""

    title: str
    place: str
    body: str  # left empty where nothing else has the same title and place
    alone: str  # the id of a message without words, which is nobody's copy


def _copies(texts: Sequence[Text]) -> dict[Said, list[Text]]:
    """Messages by what they say. A body is looked at where the title does not already tell."""
    headed: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        headed.setdefault((normalise(text.title), text.place.strip()), []).append(text)
    copies: dict[Said, list[Text]] = {}
    for (title, place), alike in headed.items():
        for text in alike:
            body = normalise(text.body) if len(alike) > 1 or not title else ""
            alone = "" if title or body else text.id
            copies.setdefault(Said(title, place, body, alone), []).append(text)
    return copies


class Corpus:
    """Distinct messages in canonical order, read when first needed."""

    def __init__(self, texts: Sequence[Text], places: Collection[str] = ()) -> None:
        copies = _copies(texts)
        self.places = places
        self.said = sorted(copies)
        self.members = [sorted(copies[said]) for said in self.said]
        self.texts = [members[0] for members in self.members]
        self.weights = [len(members) for members in self.members]
        self.headings = [said.title[:TITLE] or said.body[:HEADING] for said in self.said]
        self.rarity = self._count()
        self._readings: dict[int, Reading] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def _count(self) -> Rarity:
        """Rarity of everything the titles say, and of the matters of an even sample of the messages."""
        titles = [title for title, members in zip(self.headings, self.members, strict=True) for _ in members]
        rarity = Rarity(len(titles), RunCounts(titles)) if len(titles) > THOROUGH else Rarity()
        if len(titles) <= THOROUGH:
            for title in titles:
                rarity.count(grams(title))
        counted = COUNTED_FULLY if len(titles) <= THOROUGH else COUNTED_OF_MANY
        for text in self.texts[:: max(1, len(self.texts) // counted)]:
            matters, words = matters_in(written(f"{text.title[:TITLE]} {text.body[: 2 * MATTER_BODY]}"))
            rarity.count_matters(matters, words)
        return rarity

    def reading(self, at: int) -> Reading:
        """The message at a position, read."""
        if at not in self._readings:
            if len(self._readings) >= KEPT:
                self._readings.clear()
            text = self.texts[at]
            self._readings[at] = read(text.title, text.body, self.rarity, text.place)
        return self._readings[at]

    def score(self, one: int, other: int) -> float:
        """The decision on two positions."""
        return decide(self.reading(one), self.reading(other)).score

    def compare(self, one: int, other: int) -> Comparison:
        """The decision on two positions with its reasons."""
        return compare_readings(self.reading(one), self.reading(other), self.places)


def _candidates(corpus: Corpus, options: Options) -> set[tuple[int, int]]:
    """Pairs near by title; of a moderate number of messages also those near by the beginning of the whole message."""
    titles = corpus.headings
    openings = [f"{title} {normalise(text.body)[:OPENING]}" for title, text in zip(titles, corpus.texts, strict=True)]
    return _near(titles, options.nearest, options.least_cosine) | _near(openings, options.nearest, options.least_cosine)


def _near(texts: list[str], nearest: int, least: float) -> set[tuple[int, int]]:
    lows, highs, _ = nearest_pairs(texts, nearest, least)
    return set(zip(lows.tolist(), highs.tolist(), strict=True))


def _scored(corpus: Corpus, pairs: list[tuple[int, int]], reranker: Reranker | None) -> dict[tuple[int, int], float]:
    own = [corpus.score(one, other) for one, other in pairs]
    if reranker is not None:
        own = second_opinion(reranker, [(corpus.texts[a], corpus.texts[b]) for a, b in pairs], own)
    return dict(zip(pairs, own, strict=True))


def _thorough(
    corpus: Corpus, options: Options, reranker: Reranker | None, progress: Progress
) -> tuple[Tree, dict[tuple[int, int], float]]:
    """Every candidate scored, the tree drawn to its floor."""
    pairs = sorted(_candidates(corpus, options))
    progress(f"比对：{len(pairs)} 对候选")
    scores = _scored(corpus, pairs, reranker)
    progress("归并")
    return average_linkage(corpus.weights, scores, corpus.score, min(options.floor, options.threshold)), scores


def _many(
    corpus: Corpus, options: Options, reranker: Reranker | None, progress: Progress
) -> tuple[Tree, dict[tuple[int, int], float]]:
    """Only likely pairs scored, part by part."""
    lows, highs, _ = nearest_pairs(corpus.headings, options.nearest_of_many, options.least_cosine_of_many)
    progress(f"候选：{len(lows)} 对，先看题目")
    pairs = side_by_side(len(corpus), worth_a_look(corpus.headings, lows, highs))
    scores = in_steps(pairs, lambda some: _scored(corpus, some, reranker), progress)
    return linked(corpus.weights, scores, corpus.score, options.threshold, progress), scores


def group(
    texts: Sequence[Text],
    options: Options | None = None,
    reranker: Reranker | None = None,
    progress: Progress = lambda _: None,
    places: Collection[str] = (),
) -> Grouping:
    """Propose which messages are one item. The order of `texts` decides nothing but the order of the answer.

    `places`: names known from a table, for the reasons. Raises Unusable where two messages have the same id.
    """
    chosen = options or Options()
    if len({text.id for text in texts}) < len(texts):
        raise Unusable("留言编号有重复，无法归并", "Two messages have the same id")
    progress(f"读题：{len(texts)} 条留言")
    corpus = Corpus(texts, places)
    progress(f"候选：{len(corpus)} 条不同的留言")
    tree, scores = (_thorough if len(corpus) <= THOROUGH else _many)(corpus, chosen, reranker, progress)
    return Grouping(_groups(corpus, tree, chosen, texts), tuple(_pairs(corpus, tree, scores, chosen)), chosen, corpus)


def _groups(corpus: Corpus, tree: Tree, options: Options, texts: Sequence[Text]) -> tuple[tuple[str, ...], ...]:
    root = {text.id: tree.root(at, options.threshold) for at, copies in enumerate(corpus.members) for text in copies}
    groups: dict[int, list[str]] = {}
    for text in texts:
        groups.setdefault(root[text.id], []).append(text.id)
    return tuple(tuple(members) for members in groups.values())


def _pairs(corpus: Corpus, tree: Tree, scores: dict[tuple[int, int], float], options: Options) -> Iterator[Pair]:
    for copies in corpus.members:
        yield from (Pair(a.id, b.id, 1.0, 1.0, True) for a, b in combinations(copies[: options.listed_group], 2))
    thorough = len(corpus) <= THOROUGH
    within = set(_within_groups(corpus, tree, options)) if thorough else set()
    for one, other in sorted(scores.keys() | within):
        own = scores.get((one, other))
        own = corpus.score(one, other) if own is None else own
        together = tree.together(one, other)
        proposed = together >= options.threshold
        for a in corpus.members[one]:
            for b in corpus.members[other]:
                yield Pair(a.id, b.id, (own + together) / 2 if thorough else own, own, proposed)


def _within_groups(corpus: Corpus, tree: Tree, options: Options) -> Iterator[tuple[int, int]]:
    groups: dict[int, list[int]] = {}
    for at in range(len(corpus.texts)):
        groups.setdefault(tree.root(at, options.threshold), []).append(at)
    for members in groups.values():
        if len(members) <= options.listed_group:
            yield from combinations(members, 2)
