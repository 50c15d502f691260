"""What sounds alike in a place: while somebody types, and for the merging bench.

The words of suggestions never change, so what was computed from them is kept in the process and only brought up to
date: `_mark` is one cheap query that tells whether anything was done at the place since.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from yishiting.ground.ledger.queries import newest_at
from yishiting.ground.places.models import Place
from yishiting.methods.errors import Unusable
from yishiting.methods.similarity import Comparison, Index, Text, compare, group
from yishiting.year.suggestions.models import Suggestion, SuggestionQuerySet
from yishiting.year.suggestions.queries.clusters import MERGEABLE, kept_apart
from yishiting.year.suggestions.states import State
from yishiting.year.suggestions.words import title_from

#: Places kept in mind, years looked back, suggestions of a place compared at most.
PLACES_KEPT = 12
YEARS_BACK = 1
NEWEST = 5000
#: Found by likeness below this is not shown to somebody typing.
LIKELY = 0.25
#: So many new ones are put beside the groups known already; more, and all are compared afresh.
FEW_NEW = 60
PROPOSED = 0.38
AT_ONCE = 500

#: The years looked at, and the newest ledger entry of the place.
Mark = tuple[int, tuple[int, str] | None]


@dataclass(frozen=True, slots=True)
class Similar:
    """A suggestion that sounds alike, and why; what speaks against it."""

    suggestion: Suggestion
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    score: float


@dataclass(slots=True)
class Heard:
    """What a process remembers of a place."""

    mark: Mark | None = None
    index: Index = field(default_factory=Index)
    texts: dict[UUID, Text] = field(default_factory=dict)
    groups: list[list[UUID]] = field(default_factory=list)
    grouped: set[UUID] = field(default_factory=set)


_heard: "OrderedDict[int, Heard]" = OrderedDict()
_lock = threading.RLock()


def similar_now(
    place: Place, words: str, *, where: str = "", limit: int = 5, but: Suggestion | None = None
) -> list[Similar]:
    """Suggestions of the place that sound like these words, the likeliest first; what was merged is shown by its main."""
    asked = Text(str(but.pk) if but else "", _headed(where, title_from(words)), words)
    with _lock:
        try:
            matches = _up_to_date(place).index.similar_to(asked, 2 * limit)
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
    with _lock:
        rarity = _up_to_date(place).index.rarity
        found = [compare(_text(one), _text(other), rarity) for other in others]
    return [Similar(other, *_told(said), said.score) for other, said in zip(others, found, strict=True)]


def alike(place: Place) -> list[list[UUID]]:
    """Groups of suggestions that may be one matter and still stand apart, without pairs somebody found different.

    The largest group first, then by its oldest suggestion; in each the oldest suggestion first.
    """
    open_now = {
        pk: at
        for at, pk in enumerate(
            _looked_at(place)
            .filter(state__in=MERGEABLE)
            .order_by("received_on", "receipt")
            .values_list("pk", flat=True)
        )
    }
    apart = kept_apart(place)
    groups: list[list[UUID]] = []
    for members in _groups(place):
        left = sorted((pk for pk in members if pk in open_now), key=open_now.__getitem__)
        groups += _without_known_different(left, apart)
    return sorted(groups, key=lambda members: (-len(members), open_now[members[0]]))


def forget_everything() -> None:
    """For measuring from a fresh start."""
    with _lock:
        _heard.clear()


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


def _groups(place: Place) -> list[list[UUID]]:
    """The groups of everything compared; the long comparison runs without holding up who is typing."""
    with _lock:
        heard = _up_to_date(place)
        texts = dict(heard.texts)
        fresh = sorted(texts.keys() - heard.grouped)
        heard.groups = [[pk for pk in members if pk in texts] for members in heard.groups]
        few = bool(heard.groups) and len(fresh) <= FEW_NEW
        if few:
            for pk in fresh:
                _put_beside(heard, pk)
    if fresh and not few:
        heard.groups = [[UUID(name) for name in members] for members in group(list(texts.values())).groups]
    heard.grouped = set(texts)
    return [list(members) for members in heard.groups if members]


def _put_beside(heard: Heard, pk: UUID) -> None:
    """Put one new suggestion into the group of the likeliest one known, or into a group of its own."""
    matches = heard.index.similar_to(heard.texts[pk], 1)
    beside = UUID(matches[0].text.id) if matches and matches[0].comparison.score >= PROPOSED else None
    for members in heard.groups:
        if beside in members:
            members.append(pk)
            return
    heard.groups.append([pk])


def _up_to_date(place: Place) -> Heard:
    """What is remembered of the place, brought up to date."""
    heard = _heard.setdefault(place.pk, Heard())
    _heard.move_to_end(place.pk)
    while len(_heard) > PLACES_KEPT:
        _heard.popitem(last=False)
    mark = _mark(place)
    if mark != heard.mark:
        _catch_up(heard, place)
        heard.mark = mark
    return heard


def _catch_up(heard: Heard, place: Place) -> None:
    there = set(_looked_at(place).order_by("-receipt").values_list("pk", flat=True)[:NEWEST])
    for pk in heard.texts.keys() - there:
        heard.index.remove(str(pk))
        del heard.texts[pk]
    fresh = sorted(there - heard.texts.keys())
    for at in range(0, len(fresh), AT_ONCE):
        rows = Suggestion.objects.filter(pk__in=fresh[at : at + AT_ONCE])
        for one in rows.only("title", "text", "where").order_by("receipt"):
            heard.texts[one.pk] = _text(one)
            heard.index.add(heard.texts[one.pk])


def _looked_at(place: Place) -> SuggestionQuerySet:
    """What is compared: everything that stands, this year and the year before; a split whole stands by its parts."""
    rows = Suggestion.objects.filter(place=place, year__gte=_since())
    return rows.exclude(state__in=(State.STRUCK, State.SPLIT))


def _since() -> int:
    return timezone.localdate().year - YEARS_BACK


def _mark(place: Place) -> Mark:
    """Every verb leaves a row in the ledger, so no mixture of striking, splitting and adding goes unnoticed."""
    return _since(), newest_at(place.code)


def _standing(keys: Iterable[UUID]) -> dict[UUID, Suggestion]:
    """The suggestions by their keys; one that was merged is answered by the one it was merged into."""
    rows = Suggestion.objects.filter(pk__in=list(keys)).select_related("place", "merged_into__place")
    return {one.pk: one.merged_into or one for one in rows}


def _text(one: Suggestion) -> Text:
    return Text(str(one.pk), _headed(one.where, one.title), one.text)


def _headed(where: str, title: str) -> str:
    """The place said in its own field belongs to the title: the method looks for places there first."""
    return title if not where or where in title else f"{where}{title}"


def _told(comparison: Comparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(one.chinese for one in comparison.reasons), tuple(one.chinese for one in comparison.conflicts)
