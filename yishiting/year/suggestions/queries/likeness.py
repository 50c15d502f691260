"""What sounds alike in a place: while somebody types, and for the merging bench. What is held of it: `place_index`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from yishiting.ground.places.models import Place
from yishiting.ground.places.rules import common_path
from yishiting.methods.errors import Unusable
from yishiting.methods.similarity import Comparison, Text, compare
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import kept_apart
from yishiting.year.suggestions.queries.joining import joinable_at
from yishiting.year.suggestions.queries.place_index import compared_at, groups_at, headed, index_of, lock, text_of
from yishiting.year.suggestions.words import title_from

#: Found by likeness below this is not shown to somebody typing.
LIKELY = 0.25


@dataclass(frozen=True, slots=True)
class Similar:
    """A suggestion that sounds alike, and why; what speaks against it."""

    suggestion: Suggestion
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    score: float


def similar_now(
    place: Place, words: str, *, where: str = "", limit: int = 5, but: Suggestion | None = None
) -> list[Similar]:
    """Suggestions of the place that sound like these words, the likeliest first; what was merged is shown by its main."""
    asked = Text(str(but.pk) if but else "", headed(where, title_from(words)), words)
    with lock:
        try:
            matches = index_of(place).index.similar_to(asked, 2 * limit)
        except Unusable:
            return []
    likely = [match for match in matches if match.comparison.reasons and match.rank >= LIKELY]
    found = _standing(UUID(match.text.id) for match in likely)
    shown: dict[UUID, Similar] = {}
    for match in likely:
        one = found.get(UUID(match.text.id))
        if one is not None and one.pk not in shown and one != but:
            shown[one.pk] = Similar(one, *_told(match.comparison), match.comparison.score)
    return list(shown.values())[:limit]


def compared(place: Place, one: Suggestion, others: Sequence[Suggestion]) -> list[Similar]:
    """Suggestions beside one of them: why each may be the same matter, and what is against it."""
    with lock:
        index = index_of(place).index
        found = [compare(text_of(one), text_of(other), index.rarity, index.places) for other in others]
    return [Similar(other, *_told(said), said.score) for other, said in zip(others, found, strict=True)]


def alike(place: Place) -> list[list[UUID]]:
    """Groups of suggestions that may be one matter and still stand apart, without pairs somebody found different.

    The largest group first, then by its oldest suggestion; in each the oldest suggestion first. What lies within one
    place below is for the desk there.
    """
    rows = compared_at(place).filter(joinable_at(place)).order_by("received_on", "receipt")
    paths = dict(rows.values_list("pk", "place__division_path"))
    open_now = {pk: at for at, pk in enumerate(paths)}
    apart = kept_apart(place)
    groups: list[list[UUID]] = []
    for members in groups_at(place):
        left = sorted((pk for pk in members if pk in open_now), key=open_now.__getitem__)
        parts = _without_known_different(left, apart)
        groups += [part for part in parts if common_path(paths[pk] for pk in part) == place.division_path]
    return sorted(groups, key=lambda members: (-len(members), open_now[members[0]]))


def _without_known_different(members: list[UUID], apart: set[frozenset[object]]) -> list[list[UUID]]:
    """Parts of a group in which no pair was found different: each takes in what is different from none of it."""
    parts: list[list[UUID]] = []
    for pk in members:
        home = next((part for part in parts if all(frozenset((pk, other)) not in apart for other in part)), None)
        if home is None:
            parts.append([pk])
        else:
            home.append(pk)
    return [part for part in parts if len(part) > 1]


def _standing(keys: Iterable[UUID]) -> dict[UUID, Suggestion]:
    """The suggestions by their keys; one that was merged is answered by the one it was merged into."""
    rows = Suggestion.objects.filter(pk__in=list(keys)).select_related("place", "merged_into__place")
    return {one.pk: one.merged_into or one for one in rows}


def _told(comparison: Comparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(one.chinese for one in comparison.reasons), tuple(one.chinese for one in comparison.conflicts)
