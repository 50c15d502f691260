"""The page of a verb, made from its declaration; and its button."""

import functools
import uuid
from typing import Any, get_args

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared import shown_once
from yishiting.doors.web.shared.doors import load, says_what_it_needs, to_sign_in
from yishiting.doors.web.shared.fields import form_of
from yishiting.doors.web.shared.nouns import (
    NOUNS,
    ROOMS,
    Noun,
    Room,
    address_of,
    has_page_by_hand,
    home_of,
    key_of,
    trail,
)
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link, Words
from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Ref
from yishiting.ground.common.predicates import Question, place_of
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.common.verbs import VERBS, Verb, usual_verb, why_not, why_not_now
from yishiting.ground.organisations.queries import works_around
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import local_words
from yishiting.ground.places.speech import spoken_at

BY_DECLARATION = "by declaration"


@functools.partial(says_what_it_needs, needs=BY_DECLARATION)
def do(request: Request, code: str, key: str, name: str = "") -> HttpResponse:
    """Any declared verb, about the thing of this key: its form, or the question whether one means it."""
    verb, noun = _declared(code)
    thing = load(noun.model, {"code": key} if noun.model is Place else {"pk": _identifier(key)}, noun.related)
    refusal = verb.may.why_not(Question(request.actor, thing))
    if request.person is None and (refusal is not None or verb.needs_person):
        return to_sign_in(request)
    if refusal is not None:
        raise NotAllowed(refusal)
    request.place = place_of(thing)
    with spoken_at(request.place):
        return _page(request, verb, thing) if not name else _found(request, verb, thing, name)


def _found(request: Request, verb: Verb, thing: Any, name: str) -> HttpResponse:
    """While one types: what fits the words, of what a verb asks under this name."""
    asked = verb.asked.get(name)
    if asked is None or not isinstance(asked.parameter, Ref):
        raise Http404
    found = asked.parameter.found(request.GET.get("q", ""), thing)
    return render(request, "pieces/found.html", {"found": found})


def _identifier(key: str) -> uuid.UUID:
    try:
        return uuid.UUID(key)
    except ValueError:
        raise Http404 from None


def _declared(code: str) -> tuple[Verb, Noun]:
    """The verb and its noun, or the page that says it is not there."""
    verb = VERBS.get(code)
    noun = NOUNS.get(verb.subject) if verb is not None and verb.subject is not None else None
    if verb is None or noun is None or verb.internal or not verb.is_declared or has_page_by_hand(code):
        raise Http404
    return verb, noun


def _page(request: Request, verb: Verb, thing: Any) -> HttpResponse:
    room, back, way = _around(request, verb, thing)
    sent = request.method == "POST"
    form = form_of(verb, thing, request.POST if sent else None, request.FILES if sent else None, request.GET.dict())
    about, label = str(NOUNS[type(thing)].called(thing)), local_words(verb.label, place_of(thing))
    return perform(
        request,
        form,
        lambda **_fields: _run(request, verb, thing, form.told()),
        page="shared/verb.html",
        to=lambda result: _onward(request, result, room) or back,
        done=lambda result: said_after(verb, result),
        context={
            "layout": ROOMS[room][2],
            "title": _("%(verb)s：%(about)s") % {"verb": label, "about": about},
            "words": before(verb, thing),
            "submit": label,
            "kind": "danger" if verb.kind == "danger" else "primary",
            "back": back,
            "revision": getattr(thing, "token", None),
            "not_now": None if sent else why_not_now(verb.code, thing),
            "crumbs": [*way, Link(label, "")],
        },
    )


def _run(request: Request, verb: Verb, thing: Any, told: dict[str, Any]) -> Any:
    """Do it; a secret it gives waits, sealed, for the next page."""
    result = verb.run(thing, by=request.actor, **told)
    if verb.reveals is not None:
        shown_once.keep(request, verb.reveals(result))
    return result


def _around(request: Request, verb: Verb, thing: Any) -> tuple[Room, str, list[Link]]:
    """The room one is in, the way back and the trail; from a verb of a place, the list of what it makes."""
    room, back = home_of(request, thing, room_of(request))
    gives = next(iter(get_args(verb.gives)), verb.gives)
    made = NOUNS.get(gives) if isinstance(thing, Place) and isinstance(gives, type) else None
    if made is None or room not in made.lists:
        return room, back, trail(request, thing, room)
    name, label = made.lists[room]
    back = reverse(name, args=[key_of(thing)] if room == "desk" else [])
    return room, back, [*trail(request, thing, room), Link(label, back)]


def said_after(verb: Verb, result: Any) -> str:
    """What is said when it is done."""
    return str(verb.done(result) if callable(verb.done) else verb.done)


def before(verb: Verb, thing: Any) -> Words:
    """What one should have before one's eyes when deciding."""
    return verb.before(thing) if callable(verb.before) else verb.before


def _onward(request: Request, result: Any, room: Room) -> str | None:
    """To what the verb gave, where that has a page of its own; a secret beside it is shown there."""
    result = result[0] if isinstance(result, tuple) else result
    gone = type(result) not in NOUNS or type(result) is Place or result.pk is None
    home = "" if gone else home_of(request, result, room)[1]
    return home if home != reverse(ROOMS[room][0]) else None


def room_of(request: Request) -> Room | None:
    """The room one comes from: by the page before, so that one goes back where one was."""
    came_from = request.POST.get("room") or request.GET.get("room")
    if came_from in ROOMS:
        return next(room for room in ROOMS if room == came_from)
    return "desk" if request.person is not None and request.person.is_staff_member else None


def button(request: Request, code: str, thing: Any, *, primary: bool = False, room: Room | None = None) -> Button:
    """The button of a verb; asleep with its reason where this person may not, or not now."""
    verb, address = VERBS[code], address_of(code, thing)
    asks = bool(verb.asked or verb.before) or not verb.is_declared or has_page_by_hand(code)
    kind: Any = "danger" if verb.kind == "danger" else "primary" if primary else "plain"
    label = local_words(verb.label, place_of(thing))
    if asks:
        address += f"?room={room}" if room else ""
        return Button(label, address, kind, "get", why_not(request.actor, code, thing))
    fields = {"revision": getattr(thing, "token", ""), **({"room": room} if room else {})}
    return Button(label, address, kind, "post", why_not(request.actor, code, thing), fields)


def buttons(request: Request, thing: Any, *codes: str, asleep: bool = True, room: Room | None = None) -> list[Button]:
    """A button for everything the thing's state allows, its usual next verb first; or for these verbs.

    With `asleep`, those this person may not press are shown with the reason; without, they are left out. What is for
    others to do is shown to their colleagues alone: whoever only watches, or lives here, is not told of it.
    """
    usual = usual_verb(thing)
    wanted = codes or tuple(dict.fromkeys([*([usual] if usual else []), *_open_verbs(thing)]))
    found = [
        (code, button(request, code, thing, primary=code == usual, room=room)) for code in wanted if _offered(code)
    ]
    shown = [(code, one) for code, one in found if asleep or one.why_not is None]
    return [one for code, one in shown if one.why_not is None or _is_of_ones_own(request.actor, code, thing)]


def _is_of_ones_own(actor: Actor, code: str, thing: Any) -> bool:
    """Whether this may be this actor's to do at another time, or is a colleague's."""
    return VERBS[code].may.why_not(Question(actor, thing)) is None or works_around(actor, place_of(thing))


def _open_verbs(thing: Any) -> list[str]:
    """What the state allows and is done to the thing itself: a candidate is elected by declaring a round."""
    lifecycle = getattr(thing, "LIFECYCLE", None)
    codes = lifecycle.verbs_from(thing.state) if lifecycle is not None else []
    return [code for code in codes if code in VERBS and VERBS[code].subject is type(thing)]


def _offered(code: str) -> bool:
    verb = VERBS.get(code)
    return verb is not None and not verb.internal


def link_of(code: str, key: str) -> str:
    """The address of a verb's page by its key alone."""
    return reverse("do", args=[code, key])


urlpatterns = [
    path("do/<str:code>/<str:key>/", do, name="do"),
    path("do/<str:code>/<str:key>/<str:name>/", do, name="do-find"),
]
