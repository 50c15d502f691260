"""Doors: a view gets its one thing here, already loaded, already allowed, or the person is told why not."""

import functools
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import urlencode

from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link, Words
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.common.predicates import Actor, Question, Rule, Sentence, place_of
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.ground.places.speech import spoken_at

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)

#: What a page needs that is about the person themselves.
SIGNED_IN = "signed in"


def door(
    model: type[M], *, needs: str | Rule | None = None, related: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Request, M, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Load the thing named in the address (`pk`, or `code` for a place) and ask what the page needs.

    `needs` is the code of the verb the page serves, or a predicate, or None where anyone may read.
    A visitor who is refused is shown the way to sign in; a signed-in person the reason.
    """

    def make(view: Callable[Concatenate[Request, M, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def enter(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            thing = load(model, kwargs, related)
            refusal = _refusal(request.actor, thing, needs)
            if refusal is None:
                request.place = place_of(thing)
                with spoken_at(request.place):
                    return view(request, thing, *args, **kwargs)
            if request.person is None and needs is not None:
                return to_sign_in(request)
            raise NotAllowed(refusal)

        return says_what_it_needs(enter, needs)

    return make


def says_what_it_needs(view: Callable[..., HttpResponse], needs: Any) -> Callable[..., HttpResponse]:
    """The view, with what it asks of whoever enters beside it: a consistency test reads it of every page."""
    marked: Any = view
    marked.needs = needs
    return view


def signed_in(view: Callable[Concatenate[Request, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages about the person themselves: sign in first."""

    @functools.wraps(view)
    def enter(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return to_sign_in(request) if request.person is None else view(request, *args, **kwargs)

    return says_what_it_needs(enter, SIGNED_IN)


def load(model: type[M], kwargs: dict[str, Any], related: tuple[str, ...]) -> M:
    """The thing named in the address, or the page that says it is not there."""
    rows = model._default_manager.select_related(*related) if related else model._default_manager.all()
    key = {"code": kwargs.pop("code")} if "code" in kwargs and model is Place else {"pk": kwargs.pop("pk")}
    thing = rows.filter(**key).first() if _usable(key) else None
    if thing is None:
        raise Http404
    return thing


def why_closed(actor: Actor, address: str, about: models.Model) -> Sentence | None:
    """None when the page at this address, about this thing, lets the actor in; otherwise what it would say.

    For links: a door that is closed to somebody is not shown to them.
    """
    needs = getattr(resolve(address).func, "needs", None)
    return None if needs == SIGNED_IN else _refusal(actor, about, needs)


def open_links(actor: Actor, about: Place, names: Mapping[str, Words], here: str = "") -> list[Link]:
    """Links to those pages about a place that let the actor in; `here` is the name of the page one is on."""
    found = [Link(label, reverse(name, args=[about.code]), name == here) for name, label in names.items()]
    return [link for link in found if link.current or why_closed(actor, link.url, about) is None]


def to_sign_in(request: HttpRequest, way: str = "sign-in") -> HttpResponse:
    """To a sign-in page, and back here afterwards."""
    return redirect(f"{reverse(way)}?{urlencode({'next': request.get_full_path()})}")


def _usable(key: dict[str, Any]) -> bool:
    return "code" in key or isinstance(key["pk"], uuid.UUID | int) or whole_number(key["pk"]) is not None


def _refusal(actor: Actor, thing: models.Model, needs: str | Rule | None) -> Sentence | None:
    if needs is None:
        return None
    rule = VERBS[needs].may if isinstance(needs, str) else needs
    return rule.why_not(Question(actor, thing))
