"""What a verb is, and the list of all of them.

A verb is one function `verb(thing, *, by, …)` called alike by web, API, commands, replay and tests.
The decorator does what every verb must: one transaction, a lock on the thing, the permission with
its reason, and a check that exactly one row went to the ledger.
"""

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.locks import hold
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.predicates import Actor, Permissions, Question, Rule
from yishiting.ground.common.refused import NotAllowed, Stale
from yishiting.ground.common.request_cache import clear

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Verb:
    """One entry of the catalogue."""

    code: str
    label: str | Promise
    may: Rule
    function: Callable[..., Any]

    @property
    def sentence(self) -> str:
        """The first line of the docstring: what the verb means in the field."""
        return (self.function.__doc__ or "").strip().splitlines()[0]


#: In which order what is left to the end is done: what many wait for comes last. (1, …) gives numbers, (2,) the ledger.
Rank = tuple[int | str, ...]


@dataclass(slots=True)
class Running:
    """A verb at work: what the ledger row will be written from."""

    verb: Verb
    actor: Actor
    office: str = ""
    rows: int = 0
    at_the_end: dict[Callable[[], None], Rank] = field(default_factory=dict)


VERBS: dict[str, Verb] = {}
_running: ContextVar[tuple[Running, ...]] = ContextVar("running", default=())
_seen: ContextVar["Seen | None"] = ContextVar("seen", default=None)


@dataclass(slots=True)
class Seen:
    """The revision of a thing the person had before them when they decided."""

    revision: int
    used: bool = field(default=False)


def verb(
    code: str, label: str | Promise, permissions: Permissions, *, holds: Sequence[str] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb. `permissions[code]` says who may.

    `holds` names the parameters whose things nobody else may change meanwhile: the place at which it is asked whether
    there is one already, the others beside the first thing, which is held anyway.
    """

    def make(function: Callable[P, R]) -> Callable[P, R]:
        if code in VERBS:
            raise ValueError(f"two verbs are called {code}")
        entry = VERBS[code] = Verb(code, label, permissions[code], function)
        signature = inspect.signature(function)

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Actor = kwargs["by"]  # type: ignore[assignment]  # every verb takes `by`; a test asserts it
            thing = args[0] if args else None
            with transaction.atomic(), _run(Running(entry, actor)) as running:
                given = signature.bind(*args, **kwargs).arguments if holds else {}
                _hold(thing, [given.get(name) for name in holds])
                running.office = _ask(entry, actor, thing)
                result = function(*args, **kwargs)
                if running.rows != 1:
                    raise RuntimeError(f"{code} wrote {running.rows} ledger rows; a verb writes one")
                _bump(thing)
                clear()
                for act in sorted(running.at_the_end, key=running.at_the_end.__getitem__):
                    act()
                return result

        return run

    return make


def current() -> Running:
    """The verb at work; the ledger writes only inside one."""
    stack = _running.get()
    if not stack:
        raise RuntimeError("the ledger is written only inside a verb")
    return stack[-1]


def at_the_end(act: Callable[[], None], rank: Rank) -> bool:
    """Leave this to the end of the verb that was begun first; done once, by rank. False when it is left there already."""
    current()
    left = _running.get()[0].at_the_end
    new = act not in left
    left.setdefault(act, rank)
    return new


def why_not(actor: Actor, code: str, thing: Any) -> str | Promise | None:
    """None when this actor may do this to this thing today, otherwise the sentence that says why not."""
    lifecycle = getattr(thing, "LIFECYCLE", None)
    refusal = lifecycle.why_not(thing, code) if lifecycle is not None else None
    return refusal or VERBS[code].may.why_not(Question(actor, thing))


@contextmanager
def as_seen(revision: int | None) -> Iterator[None]:
    """Within, the first verb refuses if its thing has changed since this revision was shown."""
    token = _seen.set(None if revision is None else Seen(revision))
    try:
        yield
    finally:
        _seen.reset(token)


@contextmanager
def _run(running: Running) -> Iterator[Running]:
    token = _running.set((*_running.get(), running))
    try:
        yield running
    finally:
        _running.reset(token)


def _hold(thing: object, also: Sequence[Any]) -> None:
    """Lock the thing: after the whole it is a part of, and together with what else the verb holds."""
    named = [one for some in also for one in ([some] if isinstance(some, models.Model) else some or ())]
    if not isinstance(thing, BaseRecord) or thing._state.adding:
        hold(*named)
        return
    whole, _dot, rest = thing.LOCKED_AFTER.partition(".")
    near = getattr(thing, whole) if whole else None
    first = [getattr(near, rest) if rest else near] if near is not None else []
    if first or named:
        hold(*first, *([thing] if named else ()), *named)
    _lock(thing)
    if near is not None:
        setattr(thing, whole, near)  # as new as can be


def _lock(thing: object) -> None:
    if not isinstance(thing, BaseRecord) or thing._state.adding:
        return
    thing.refresh_from_db(from_queryset=type(thing)._base_manager.select_for_update(of=("self",), no_key=True))
    seen = _seen.get()
    if seen is not None and not seen.used:
        seen.used = True
        if seen.revision != thing.revision:
            raise Stale(_("您打开页面之后，这一项已经被别人处理过。您填写的内容还在下面，请核对最新情况后再提交。"))


def _ask(entry: Verb, actor: Actor, thing: object) -> str:
    ask = Question(actor, thing)
    refusal = entry.may.why_not(ask)
    if refusal is not None:
        raise NotAllowed(refusal)
    return ask.offices[0] if ask.offices else ""


def _bump(thing: object) -> None:
    if isinstance(thing, BaseRecord) and not thing._state.adding:
        type(thing)._base_manager.filter(pk=thing.pk).update(revision=F("revision") + 1)
        thing.revision += 1


def labelled(model: models.Model) -> str:
    """The kind of a thing, as the ledger and the URLs name it: the model's name in snake case."""
    name = type(model).__name__
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))
