"""One place *and* one matter: two logistic factors, multiplied.

    score = σ(p₀ + Σ pᵢ·placeᵢ) · σ(m₀ + Σ mⱼ·matterⱼ)

The same words at another place fail in the first factor, another matter at the same place in the second, and no
likeness of wording can make up for either. Twelve weights and two constants, no model file.

How they were fitted: on 1,952 pairs of residents' messages that one answer settled, 612 pairs that look alike and must
stay apart, and 11,143 pairs of different clusters that share some wording; maximum likelihood of the product with a
small L2 penalty (2·10⁻⁴ Σw²), each true pair weighted by 2 over the size of its cluster so that one long quarrel does
not decide, each hard pair by 2 over the root of the number of hard pairs between the same two clusters, the rest by a
tenth. Checked by leaving whole clusters out, five folds; `bench/similarity.py` measures it again.
"""

import math
from operator import mul
from typing import NamedTuple

from yishiting.methods.similarity.features import Features, features
from yishiting.methods.similarity.place_names import nearly_one_name, place_names, shared_place
from yishiting.methods.similarity.reading import Reading, residue

PLACE_BASE = -2.96
PLACE_WEIGHTS: dict[str, float] = {
    "named": 3.62,
    "named_both": 2.07,
    "run": 0.72,
    "alike": 2.38,
    "district_conflict": -2.6,
    "number_conflict": -4.22,
    "wording": 3.07,
    "places": 0.97,
    "places_conflict": -0.84,
}
MATTER_BASE = -3.29
MATTER_WEIGHTS: dict[str, float] = {"matters": 2.96, "title_matters": 2.77, "words": 2.7}

#: What is left of a score when the messages are filed at different places: below every sensible threshold.
OTHER_PLACE = 0.25

#: The same where the titles name another part of the place or another number, and where one wants what the other does not.
OTHER_PART = 0.25
CONTRARY = 0.25
#: The same where both titles certainly name places, and none of one is named in the other message.
OTHER_NAME = 0.5
#: Scores below this are not looked into further.
DOUBTED = 0.3
#: How much the wording proves where no matter is known (道闸坏, 滑梯坏); characters it takes at least.
WORDING = 0.95
LEAST_RESIDUE = 2


class Decision(NamedTuple):
    """How likely the two messages are one item; a proposal for a person, never a merge."""

    score: float
    same_place: float
    same_matter: float


_PLACE = tuple(PLACE_WEIGHTS.get(name, 0.0) for name in Features._fields)
_MATTER = tuple(MATTER_WEIGHTS.get(name, 0.0) for name in Features._fields)


def _logistic(base: float, weights: tuple[float, ...], values: Features) -> float:
    return 1 / (1 + math.exp(-base - sum(map(mul, weights, values))))


def filed_apart(one: str, other: str) -> bool:
    """Whether two places as filed exclude each other; "街道/社区" lies within "街道", and no place excludes none."""
    ours, theirs = one.split("/"), other.split("/")
    shorter = min(len(ours), len(theirs))
    return bool(one and other) and ours[:shorter] != theirs[:shorter]


def _by_residue(one: str, other: str) -> float:
    """How likely two titles of no known matter are about the same: the share of what is left in the shorter."""
    ours, theirs = residue(one), residue(other)
    least = min(len(ours), len(theirs))
    return WORDING * len(ours & theirs) / least if least >= LEAST_RESIDUE else 0.0


def _other_names(one: Reading, other: Reading) -> bool:
    ours, theirs = place_names(one.title), place_names(other.title)
    return bool(
        ours
        and theirs
        and not shared_place(one.title, other.title, one.whole, other.whole)
        and not any(nearly_one_name(a, b) for a in ours for b in theirs)
    )


def decide(one: Reading, other: Reading) -> Decision:
    """The two factors and their product; the same words in the same place are certain."""
    return decide_from(features(one, other), one, other)


def decide_from(values: Features, one: Reading, other: Reading) -> Decision:
    """`decide` where the features are known already."""
    apart = OTHER_PLACE if filed_apart(one.place, other.place) else 1.0
    if one.identity == other.identity != 0:
        return Decision(apart, apart, 1.0)
    if values.part_conflict or values.number_conflict:
        apart = min(apart, OTHER_PART)
    place = _logistic(PLACE_BASE, _PLACE, values) * apart
    matter = _logistic(MATTER_BASE, _MATTER, values)
    if not (one.said and other.said) and place >= DOUBTED:
        matter = max(matter, _by_residue(one.title, other.title))
    if place * matter >= DOUBTED and _other_names(one, other):
        place *= OTHER_NAME
    if values.stance_conflict:
        matter *= CONTRARY
    return Decision(place * matter, place, matter)
