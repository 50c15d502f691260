"""Fourteen numbers for a pair of messages: nine on the place, one on the wording, four on the matter.

All lie between 0 and 1; a conflict is 0 or 1. Everything is symmetric in the two messages.
"""

from typing import NamedTuple

from yishiting.methods.similarity.parts import Named, apart
from yishiting.methods.similarity.reading import Reading, cosine
from yishiting.methods.similarity.stance import contrary

#: Weight added to the size of a name, so that a name of one common syllable proves little.
SLIGHT = 1.5


class Features(NamedTuple):
    """What speaks for and against one place and one matter."""

    named: float  # share of the better covered name found anywhere in the other message
    named_both: float  # the same for the worse covered name
    run: float  # longest common run of the two names, of at most six characters
    alike: float  # likeness of the two names letter by letter: survives 中茂城 / 中贸城
    district_conflict: float
    number_conflict: float
    wording: float  # squared cosine of the titles, unless names or numbers clash
    places: float  # share of the places in one title found in the other message
    places_conflict: float
    matters: float  # cosine of the matters, kin counted in part
    title_matters: float
    words: float  # cosine of the matter words themselves
    part_conflict: float  # one name with another direction, order or size in it
    stance_conflict: float  # one wants what the other does not


def _coverage(one: Reading, other: Reading) -> tuple[float, float]:
    """(share of the name of `one` found in `other`, share missing); both small for a slight name."""
    found = sum(weight for gram, weight in one.core.items() if gram in other.whole)
    size = one.core_weight + SLIGHT
    return found / size, (one.core_weight - found) / size


def _run(one: str, other: str, longest: int = 6) -> int:
    """Length of the longest common run of two names, at least 2, at most `longest`; 0 where there is none."""
    length = 0
    for tried in range(2, min(longest, len(one), len(other)) + 1):
        if not any(one[start : start + tried] in other for start in range(len(one) - tried + 1)):
            break
        length = tried
    return length


def number_conflicts(one: Reading, other: Reading) -> tuple[str, ...]:
    """Units counted in both titles with different numbers, neither of which the other message mentions.

    Years are compared by the titles alone: bodies tell long stories.
    """
    return tuple(
        unit
        for unit in sorted(one.numbers.keys() & other.numbers.keys())
        if not one.numbers[unit] & other.numbers[unit]
        and (unit == "年" or not (_mentions(one, unit, other) or _mentions(other, unit, one)))
    )


def part_conflict(one: Reading, other: Reading) -> tuple[Named, Named] | None:
    """The words in which two titles name different parts of one name; None where they do not."""
    return apart(one.parts, other.parts, one.whole, other.whole)


def _mentions(one: Reading, unit: str, other: Reading) -> bool:
    return any((number, unit) in other.all_numbers for number in one.numbers[unit])


def _places(one: Reading, other: Reading) -> tuple[float, float]:
    """(best share of the places of one title found in the other message, 1 if both name places and share none)."""
    shares = [
        sum(weight for handle, weight in a.places.items() if handle in b.whole) / (sum(a.places.values()) or 1.0)
        for a, b in ((one, other), (other, one))
        if a.places
    ]
    best = max(shares, default=0.0)
    return best, float(len(shares) == 2 and best == 0.0)  # noqa: PLR2004 - both titles


def _alike(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(one, other) / 100 if one and other else 0.5


def features(one: Reading, other: Reading) -> Features:
    """The fourteen numbers of a pair. About 60 µs."""
    ours, ours_missing = _coverage(one, other)
    theirs, theirs_missing = _coverage(other, one)
    numbers = float(bool(number_conflicts(one, other)))
    part = float(part_conflict(one, other) is not None)
    clash = max(numbers, part)
    places, places_conflict = _places(one, other)
    alike = cosine(one.grams, other.grams)
    return Features(
        named=max(ours, theirs),
        named_both=min(ours, theirs),
        run=_run(one.name, other.name) / 6,
        alike=_alike(one.name, other.name),
        district_conflict=float(bool(one.districts and other.districts and not one.districts & other.districts)),
        number_conflict=numbers,
        wording=alike * alike * (1 - min(ours_missing, theirs_missing)) * (1 - clash),
        places=places,
        places_conflict=places_conflict,
        matters=cosine(one.matters, other.matters),
        title_matters=cosine(one.matters_of_title, other.matters_of_title),
        words=cosine(one.words, other.words),
        part_conflict=part,
        stance_conflict=float(contrary(one.stance, other.stance) is not None),
    )
