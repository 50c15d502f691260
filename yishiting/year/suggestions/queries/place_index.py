"""The suggestions of a place as they are compared: an index kept in the process, groups that all processes share.

The words of suggestions do not change, but for what was typed wrongly (`corrected` counts it), so what was computed
from them is only brought up to date: `_mark` is one cheap
query that tells whether anything was done at the place since. `refresh` leaves the groups, and what the index counts,
in Django's cache: there every process begins, so that its first page is as quick as the later ones and all of them
propose the same groups. It can be thrown away at any time; the words themselves are not in it.
"""

import base64
import json
import re
import secrets
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from yishiting.ground.ledger.models import Entry
from yishiting.ground.places.models import Level, Place
from yishiting.methods.similarity import Index, Text, group
from yishiting.year.suggestions.models import Suggestion, SuggestionQuerySet
from yishiting.year.suggestions.queries.joining import LET_IN, from_below
from yishiting.year.suggestions.states import State

#: Places kept in mind, years looked back, suggestions of a place compared at most: a whole subdistrict of two years.
PLACES_KEPT = 12
YEARS_BACK = 1
NEWEST = 30_000
#: So many are compared while a page waits; of more the page shows what is known, and a job compares the rest.
AT_A_PAGE = 3000
#: So many new ones are put beside the groups known already; more, and all are compared afresh.
FEW_NEW = 60
PROPOSED = 0.38
AT_ONCE = 500
#: What does not stand by itself.
NOT_COMPARED = (State.STRUCK, State.SPLIT)
NO_STAMP = {"stamp": "", "number": 0}
#: Another number when what is stored changes its form.
FORM = 2
#: What people leave out of the name of a place; what is left of it is a name from so many characters on.
_CALLED = re.compile(r"(?:社区|街道|地区|村|乡|镇)$")
SHORTEST_NAME = 2

#: The years looked at, and the newest ledger entry of the place.
Mark = tuple[int, tuple[int, str] | None]


@dataclass(slots=True)
class PlaceIndex:
    """What a process holds of a place; `stamp` names the groups it took over last."""

    mark: Mark | None = None
    index: Index = field(default_factory=Index)
    texts: dict[UUID, Text] = field(default_factory=dict)
    corrected: dict[UUID, int] = field(default_factory=dict)
    groups: list[list[UUID]] = field(default_factory=list)
    grouped: set[UUID] = field(default_factory=set)
    stamp: str = ""

    @property
    def is_stale(self) -> bool:
        """Whether no groups were made yet, or more was added since than a page puts beside them."""
        new = len(self.texts.keys() - self.grouped)
        return new > (FEW_NEW if self.stamp else 0)


_held: "OrderedDict[int, PlaceIndex]" = OrderedDict()
#: Held while an index is asked or changed; an index is not thread-safe.
lock = threading.RLock()


def index_of(place: Place) -> PlaceIndex:
    """What is held of the place, brought up to date. Under the lock."""
    held = _held.get(place.pk) or _held.setdefault(place.pk, _begun(place))
    _held.move_to_end(place.pk)
    while len(_held) > PLACES_KEPT:
        _held.popitem(last=False)
    mark = _mark(place)
    if mark != held.mark:
        _catch_up(held, place)
        held.mark = mark
    return held


def groups_at(place: Place) -> list[list[UUID]]:
    """The groups of everything compared; the long comparison runs without holding up who is typing.

    Where there is too much to compare before a page, what is known is told; see `waits_for_the_job`.
    """
    with lock:
        held = _with_shared_groups(place)
        if not held.is_stale:
            return _with_new_ones(held)
        if len(held.texts) > AT_A_PAGE:
            return _with_new_ones(held, FEW_NEW)
    refresh(place)
    with lock:
        return _with_new_ones(_with_shared_groups(place))


def refresh(place: Place) -> None:
    """Compare everything afresh and leave the result to all processes.

    Seconds at thousands of suggestions: for a background job, and for the first page where none has run yet.
    """
    with lock:
        texts = list(index_of(place).texts.values())
    groups = group(texts).groups
    with lock:
        counted = _squeezed(index_of(place).index.as_dict())
    stamp = {"stamp": secrets.token_hex(8), "number": len(texts)}
    cache.set(_key(place.pk, "groups"), {**stamp, "groups": groups}, None)
    cache.set(_key(place.pk, "index"), counted, None)
    cache.set(_key(place.pk, "stamp"), stamp, None)


def is_stale(place: Place) -> bool:
    """Whether a page would have to compare everything afresh."""
    with lock:
        return _with_shared_groups(place).is_stale


def waits_for_the_job(place: Place) -> bool:
    """Whether there is more that is new than a page compares: the job has to run, and until then some are not grouped."""
    with lock:
        held = _with_shared_groups(place)
        return held.is_stale and len(held.texts) > AT_A_PAGE


def going_stale() -> list[int]:
    """The keys of the places where a page will soon have to: for the job that is there before it."""
    rows = Suggestion.objects.filter(year__gte=_since()).exclude(state__in=NOT_COMPARED).order_by()
    numbers = dict(rows.values_list("place").annotate(number=Count("*")))
    numbers |= {one.pk: compared_at(one).count() for one in Place.objects.exclude(level=Level.COMMUNITY)}
    stamps = cache.get_many(_key(pk, "stamp") for pk in numbers)
    grouped = {pk: stamps.get(_key(pk, "stamp"), {"number": 0})["number"] for pk in numbers}
    return [pk for pk, number in numbers.items() if number - grouped[pk] > FEW_NEW / 2]


def forget_everything() -> None:
    """As a process that has just begun."""
    with lock:
        _held.clear()


def forget_words(suggestion: Suggestion) -> None:
    """What processes begin with counts words that have been put right: the next one begins with nothing."""
    transaction.on_commit(lambda: cache.set(_key(suggestion.place_id, "index"), None, None))


def text_of(suggestion: Suggestion) -> Text:
    """A suggestion as it is compared."""
    return Text(str(suggestion.pk), headed(suggestion.where, suggestion.title), suggestion.text)


def headed(where: str, title: str) -> str:
    """The place said in its own field belongs to the title: the method looks for places there first."""
    return title if not where or where in title else f"{where}{title}"


def compared_at(place: Place) -> SuggestionQuerySet:
    """What is compared: everything that stands, this year and the year before; a split whole stands by its parts.

    Above a community, with what those below have let in.
    """
    rows = Suggestion.objects.filter(year__gte=_since()).exclude(state__in=NOT_COMPARED)
    own = Q(place=place)
    return rows.filter(own if place.level == Level.COMMUNITY else own | from_below(place, LET_IN))


def _begun(place: Place) -> PlaceIndex:
    """What a process begins with: what another one left, or nothing."""
    squeezed = cache.get(_key(place.pk, "index"))
    around = names_around(place)
    if squeezed is None:
        return PlaceIndex(index=Index(places=around))
    counted = json.loads(zlib.decompress(base64.b64decode(squeezed)))
    texts = _texts_of(UUID(name) for name in counted["ids"] if name is not None)
    index = Index.from_dict(counted, {str(pk): text for pk, text in texts.items()}, around)
    return PlaceIndex(index=index, texts=texts)


def names_around(place: Place) -> frozenset[str]:
    """The names by which people call the place, the one above it and those beside it: 麦子店, 枣营北里."""
    near = Place.objects.filter(Q(pk__in=(place.pk, place.parent_id)) | Q(parent=place.parent_id) | Q(parent=place))
    names = (_CALLED.sub("", name) for name in near.values_list("short_name", flat=True))
    return frozenset(name for name in names if len(name) >= SHORTEST_NAME)


def _squeezed(counted: dict[str, Any]) -> str:
    return base64.b64encode(zlib.compress(json.dumps(counted).encode(), 1)).decode()


def _catch_up(held: PlaceIndex, place: Place) -> None:
    rows = compared_at(place).order_by("-receipt").values_list("pk", "corrected")[:NEWEST]
    there = dict(rows)
    gone = {pk for pk in held.texts if there.get(pk) != held.corrected.get(pk, 0)}
    for pk in gone:
        held.index.remove(str(pk))
        del held.texts[pk]
    if gone:
        held.groups = [[pk for pk in members if pk not in gone] for members in held.groups]
        held.grouped -= gone
    held.corrected = {pk: times for pk, times in there.items() if times}
    for pk, text in _texts_of(there.keys() - held.texts.keys()).items():
        held.texts[pk] = text
        held.index.add(text)


def _texts_of(keys: Iterable[UUID]) -> dict[UUID, Text]:
    """The words of suggestions by their keys, in the order of their receipts."""
    wanted, fields = list(keys), ("receipt", "pk", "title", "text", "where")
    rows = [
        row
        for at in range(0, len(wanted), AT_ONCE)
        for row in Suggestion.objects.filter(pk__in=wanted[at : at + AT_ONCE]).values_list(*fields)
    ]
    return {pk: Text(str(pk), headed(where, title), text) for _receipt, pk, title, text, where in sorted(rows)}


def _with_shared_groups(place: Place) -> PlaceIndex:
    """What is held of the place, with the groups that were made last by whichever process."""
    held = index_of(place)
    if cache.get(_key(place.pk, "stamp"), NO_STAMP)["stamp"] != held.stamp:
        stored = cache.get(_key(place.pk, "groups"), {**NO_STAMP, "groups": []})
        held.groups = [[UUID(name) for name in members] for members in stored["groups"]]
        held.grouped = {pk for members in held.groups for pk in members}
        held.stamp = stored["stamp"]
    return held


def _with_new_ones(held: PlaceIndex, most: int | None = None) -> list[list[UUID]]:
    """The groups known, without what is gone, and with what was added since, in the order in which it came.

    `most` of them at once, where there are too many for a page.
    """
    held.groups = [left for members in held.groups if (left := [pk for pk in members if pk in held.texts])]
    home = {pk: members for members in held.groups for pk in members}
    for pk in [pk for pk in held.texts if pk not in held.grouped][:most]:
        _assign(held, pk, home)
        held.grouped.add(pk)
    return [list(members) for members in held.groups]


def _assign(held: PlaceIndex, pk: UUID, home: dict[UUID, list[UUID]]) -> None:
    """Put one new suggestion into the group of the likeliest one known, or into a group of its own."""
    matches = held.index.similar_to(held.texts[pk], 1)
    beside = UUID(matches[0].text.id) if matches and matches[0].comparison.score >= PROPOSED else None
    members = home.get(beside) if beside is not None else None
    if members is None:
        held.groups.append(members := [])
    members.append(pk)
    home[pk] = members


def _key(place: int, what: str) -> str:
    return f"likeness:{FORM}:{place}:{what}"


def _since() -> int:
    return timezone.localdate().year - YEARS_BACK


def _mark(place: Place) -> Mark:
    """Every verb leaves a row in the ledger, so no mixture of striking, splitting and adding goes unnoticed."""
    newest = Entry.objects.filter(place_code=OuterRef("code")).order_by("-seq").values("seq")[:1]
    here = Place.objects.under(place).annotate(newest=Subquery(newest)).values("newest")
    return _since(), Entry.objects.filter(seq__in=here).order_by("-seq").values_list("seq", "leaf").first()
