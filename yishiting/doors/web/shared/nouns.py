"""What pages a thing has, in which room, and which verbs have a page made by hand: one table for every noun.

From it come the way back after a verb, the trail above a page, the address behind a button and behind what waits.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared.doors import why_closed
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link, Words
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place

Room = Literal["desk", "council", "me", "administration", "public"]
#: Each room with the name of its first page, its word and the layout of its forms.
ROOMS: Mapping[Room, tuple[str, str | Promise, str]] = {
    "desk": ("desk-home", _("工作台"), "shared/desk.html"),
    "administration": ("administration", _("管理"), "shared/desk.html"),
    "council": ("representative-home", _("代表"), "shared/big.html"),
    "me": ("my-home", _("我的"), "shared/big.html"),
    "public": ("home", _("首页"), "shared/public.html"),
}


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of thing: its page in each room, the list it stands in, and the verbs with a page made by hand.

    `pages` and `lists` name addresses; a list's word is shown in the trail. `part_of` names the attribute, or is
    the function, that leads to the thing on whose page this one is shown; `of_place` says that its page is a page of
    its place, `key` names the attribute whose thing its page is about. A page made by hand is named, or its address
    is made from the thing.
    """

    model: type[Model]
    pages: Mapping[Room, str] = field(default_factory=dict)
    lists: Mapping[Room, tuple[str, Words]] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    part_of: str | Callable[[Any], Any] = ""
    of_place: bool = False
    key: str = ""
    by_hand: Mapping[str, str | Callable[[Any], str]] = field(default_factory=dict)
    called: Callable[[Any], Words] = str


NOUNS: dict[type[Model], Noun] = {}


def know(*nouns: Noun) -> None:
    """Enter nouns into the table; what several rooms say of one noun is joined."""
    for one in nouns:
        was, joined = NOUNS.get(one.model), one
        if was is not None:
            joined = replace(
                was,
                pages={**was.pages, **one.pages},
                lists={**was.lists, **one.lists},
                by_hand={**was.by_hand, **one.by_hand},
                related=tuple(dict.fromkeys([*was.related, *one.related])),
                part_of=was.part_of or one.part_of,
                of_place=was.of_place or one.of_place,
                key=was.key or one.key,
                called=one.called if was.called is str else was.called,
            )
        NOUNS[one.model] = joined


def key_of(thing: Model) -> str:
    """How an address names a thing: a place by its code."""
    return thing.code if isinstance(thing, Place) else str(thing.pk)


def place_of(thing: Any) -> Place | None:
    """The place a thing belongs to, or whose code it keeps."""
    if code := getattr(thing, "place_code", ""):
        return Place.objects.filter(code=code).first()
    return thing if isinstance(thing, Place) else getattr(thing, "place", None)


def _chain(thing: Any) -> Iterator[tuple[Noun, Any]]:
    """The thing itself, then what it is a part of, each with its noun."""
    noun = NOUNS.get(type(thing))
    while noun is not None:
        yield noun, thing
        if not noun.part_of:
            return
        if callable(noun.part_of):
            thing = noun.part_of(thing)
        else:
            for name in noun.part_of.split("."):
                thing = getattr(thing, name)
        noun = NOUNS.get(type(thing))


def page_of(request: Request, thing: Any, first: Room | None = None) -> tuple[Room, str] | None:
    """The page of a thing, or of what it is a part of, that lets this person in, their own room first; or None."""
    found = [
        (room, address)
        for noun, owner in _chain(thing)
        for room in sorted(noun.pages, key=lambda room: (room != first, list(ROOMS).index(room)))
        if (address := _open_page(request, noun, owner, room)) is not None
    ]
    return next((one for one in found if one[0] == first), found[0] if found else None)


def _open_page(request: Request, noun: Noun, owner: Any, room: Room) -> str | None:
    about = owner.place if noun.of_place else getattr(owner, noun.key) if noun.key else owner
    address = reverse(noun.pages[room], args=[key_of(about)])
    return address if why_closed(request.actor, address, about) is None else None


def home_of(request: Request, thing: Any, first: Room | None = None) -> tuple[Room, str]:
    """The page of a thing that lets this person in, or its list in their room, or the first page of that room."""
    found = page_of(request, thing, first)
    if found is not None and first in (None, found[0]):
        return found
    room: Room = first or ("public" if request.person is None else "me")
    listed, place = _list_of(thing, room), place_of(thing)
    if listed is not None and place is None:
        return room, listed.url
    if found is not None:
        return found
    if listed is None or (room == "desk" and place and why_closed(request.actor, listed.url, place) is not None):
        return room, reverse(ROOMS[room][0])
    return room, listed.url


def _list_of(thing: Any, room: Room) -> Link | None:
    """The list a thing stands in, in a room; those of the desk are of a place."""
    noun, place = NOUNS.get(type(thing)), place_of(thing)
    if noun is None or room not in noun.lists or (place is None and room == "desk"):
        return None
    name, label = noun.lists[room]
    return Link(label, reverse(name, args=[place.code] if place is not None and room == "desk" else []))


def trail(request: Request, thing: Any, room: Room, *last: Words) -> list[Link]:
    """From the room's first page by the list and the thing itself to where one is."""
    first, word, _layout = ROOMS[room]
    links = [Link(word, reverse(first))]
    noun, owner = next(((n, o) for n, o in _chain(thing) if room in n.lists or room in n.pages), (None, thing))
    listed, place = _list_of(owner, room) if noun is not None else None, place_of(owner)
    if listed is not None and (place is None or why_closed(request.actor, listed.url, place) is None):
        links.append(listed)  # a department reads its matters, and not the list of them all
    if noun is not None and (page := page_of(request, owner, room)):
        links.append(Link(noun.called(owner), page[1]))
    return links + [Link(label, "") for label in last]


def address_of(code: str, thing: Model) -> str:
    """Where a verb is done to a thing: its page made by hand, or the one made from its declaration."""
    noun = NOUNS.get(type(thing))
    by_hand = noun.by_hand.get(code) if noun is not None else None
    if callable(by_hand):
        return by_hand(thing)
    return reverse(by_hand, args=[key_of(thing)]) if by_hand else reverse("do", args=[code, key_of(thing)])


def address_by_key(code: str, kind: str, key: str) -> str | None:
    """Where a verb that asks something is done, by the kind and key of its thing; None where it asks nothing."""
    verb = VERBS.get(code)
    noun = NOUNS.get(verb.subject) if verb is not None and verb.subject is not None else None
    if verb is None or noun is None or noun.model._meta.model_name != kind.replace("_", ""):
        return None
    if by_hand := noun.by_hand.get(code):
        return None if callable(by_hand) else reverse(by_hand, args=[key])
    return reverse("do", args=[code, key]) if verb.is_declared and verb.asked and not verb.internal else None


def has_page_by_hand(code: str) -> bool:
    """Whether some noun has a page of its own for this verb."""
    subject = VERBS[code].subject
    noun = NOUNS.get(subject) if subject is not None else None
    return noun is not None and code in noun.by_hand
