"""What a verb is, and the list of all of them.

A verb is one function `verb(thing, *, by, …)` called alike by web, API, commands, replay and tests.
It is declared once: its signature says what it asks (`parameters.py`), the decorator what it is called, who may,
what must hold, what is asked once more and what is said afterwards. From that come its check, its page, its button,
its operation, its command and its line in the documents.

The decorator does what every verb must: one transaction, a lock on the thing, the permission with its reason,
the state, the conditions, the guards of later packages, the check of what was told, and exactly one ledger row.
"""

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Literal, ParamSpec, TypeVar

from django.db import IntegrityError, models
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.changes import watched
from yishiting.ground.common.constraints import sentence_of
from yishiting.ground.common.lifecycle import VERB_LABELS, Lifecycle
from yishiting.ground.common.locks import hold
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.parameters import FromWithin, Given
from yishiting.ground.common.predicates import Actor, Permissions, Question, Rule, Sentence
from yishiting.ground.common.process_cache import one_reading
from yishiting.ground.common.refused import NotAllowed, Refused, Stale, WrongState
from yishiting.ground.common.request_cache import clear
from yishiting.ground.common.signatures import Asked, asked_by, cleaned
from yishiting.ground.common.transactions import in_transaction

P = ParamSpec("P")
R = TypeVar("R")
Kind = Literal["plain", "danger"]
#: What must hold of a thing before a verb is done to it: None, or the sentence that says what is missing.
Condition = Callable[[Any], Sentence | None]


@dataclass(frozen=True, slots=True)
class Verb:
    """One entry of the catalogue.

    `done` is said afterwards, of what the verb gave. `before` is what one should have before one's eyes when deciding: a verb that asks nothing
    has a page with these words that asks once more. `internal` says why no door offers the verb by itself, `by_page`
    why no program does it. `in_person` marks a vote, a ballot or a signature: nobody gives it in another's name.
    `holds` names the parameters whose things nobody else may change meanwhile, as the first thing itself is held.
    `reveals` takes from what the verb gives the secret that the next page shows once; nothing else keeps or tells it.
    """

    code: str
    label: str | Promise
    may: Rule
    function: Callable[..., Any]
    run: Callable[..., Any]
    _: KW_ONLY
    done: Sentence | Callable[[Any], Sentence] = ""
    before: Sentence | Callable[[Any], Sentence] = ""
    kind: Kind = "plain"
    conditions: tuple[Condition, ...] = ()
    internal: str = ""
    by_page: Sentence = ""
    in_person: bool = False
    holds: Sequence[str] = ()
    reveals: Callable[[Any], str] | None = None

    @property
    def sentence(self) -> str:
        """The first line of the docstring: what the verb means in the field."""
        return (self.function.__doc__ or "").strip().splitlines()[0]

    @property
    def parameters(self) -> Mapping[str, Asked]:
        """What it asks, by name, in the order of the signature."""
        return asked_by(self.function)

    @property
    def asked(self) -> Mapping[str, Asked]:
        """What doors ask for: everything but what only another verb gives."""
        return {name: one for name, one in self.parameters.items() if not isinstance(one.parameter, FromWithin)}

    @property
    def subject(self) -> type[models.Model] | None:
        """The kind of thing it is done to, where that is one kind."""
        first = next(iter(inspect.signature(self.function).parameters.values()))
        kind = first.annotation
        return kind if isinstance(kind, type) and issubclass(kind, models.Model) else None

    @property
    def gives(self) -> Any:
        """The kind of thing it gives back."""
        return inspect.signature(self.function).return_annotation

    @property
    def is_declared(self) -> bool:
        """Whether its signature says everything it asks, so that page, operation and command are made from it."""
        wanted = [one for name, one in inspect.signature(self.function).parameters.items() if name != "by"][1:]
        asked, wanted = self.parameters, [one for one in wanted if one.kind is not one.VAR_KEYWORD]
        return all(one.name in asked and not isinstance(asked[one.name].parameter, Given) for one in wanted)

    @property
    def needs_person(self) -> bool:
        """Whether only a signed-in person can do it, and not a visitor or the clock."""
        by = inspect.signature(self.function).parameters["by"].annotation
        return isinstance(by, type) and issubclass(by, models.Model)

    @property
    def name(self) -> str:
        """The last part of its code, as addresses write it: `note-progress`."""
        return self.code.partition(".")[2].replace("_", "-")


#: In which order what is left to the end is done: what many wait for comes last. (1, …) gives numbers, (2,) the ledger.
Rank = tuple[int | str, ...]


@dataclass(slots=True)
class Running:
    """A verb at work: what the ledger row will be written from. `rules`: the version it went by, by place."""

    verb: Verb
    actor: Actor
    thing: object = None
    office: str = ""
    rows: int = 0
    rules: dict[str, str] = field(default_factory=dict)
    at_the_end: dict[Callable[[], None], Rank] = field(default_factory=dict)


VERBS: dict[str, Verb] = {}
_guards: dict[str, list[Condition]] = {}
_operator: ContextVar[str] = ContextVar("operator", default="")
_running: ContextVar[tuple[Running, ...]] = ContextVar("running", default=())
_seen: ContextVar["Seen | None"] = ContextVar("seen", default=None)


@dataclass(slots=True)
class Seen:
    """The thing the person had before them when they decided, and its revision; without a name: the first thing."""

    revision: int
    name: str = ""
    used: bool = False

    def is_of(self, thing: BaseRecord) -> bool:
        """Whether this speaks of the thing."""
        return not self.name or self.name == thing.token.rpartition(":")[0]


def verb(
    code: str,
    label: str | Promise,
    permissions: Permissions,
    *,
    done: Sentence | Callable[[Any], Sentence] = "",
    before: Sentence | Callable[[Any], Sentence] = "",
    kind: Kind = "plain",
    conditions: tuple[Condition, ...] = (),
    internal: str = "",
    by_page: Sentence = "",
    in_person: bool = False,
    holds: Sequence[str] = (),
    reveals: Callable[[Any], str] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb. `permissions[code]` says who may; see `Verb` for the rest."""

    def make(function: Callable[P, R]) -> Callable[P, R]:
        if code in VERBS:
            raise ValueError(f"two verbs are called {code}")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                result: R = in_transaction(lambda: _perform(VERBS[code], args, kwargs))
            except IntegrityError as error:
                raise spoken(error) from error
            return result

        VERB_LABELS[code] = label
        VERBS[code] = Verb(
            code,
            label,
            permissions[code],
            function,
            run,
            done=done,
            before=before,
            kind=kind,
            conditions=conditions,
            internal=internal,
            by_page=by_page,
            in_person=in_person,
            holds=holds,
            reveals=reveals,
        )
        return run

    return make


def guards(*codes: str) -> Callable[[Condition], Condition]:
    """A later package forbids what an earlier one offers: the sentence why not, or None."""

    def register(guard: Condition) -> Condition:
        for code in codes:
            _guards.setdefault(code, []).append(guard)
        return guard

    return register


def forbidden(code: str, thing: Any) -> Sentence | None:
    """What a later package has against it: for acts on others beside the first thing, under a name of their own."""
    return next((said for guard in _guards.get(code, ()) if (said := guard(thing)) is not None), None)


def current() -> Running:
    """The verb at work; the ledger writes only inside one."""
    stack = _running.get()
    if not stack:
        raise RuntimeError("the ledger is written only inside a verb")
    return stack[-1]


def goes_by(place_code: str, label: str) -> None:
    """Whatever verb is at work has looked at the rules of a place, in this version: its row will name it."""
    if stack := _running.get():
        stack[-1].rules.setdefault(place_code, label)


def done_within(*codes: str) -> bool:
    """Whether a verb is at work as part of one of these: what a guard leaves to another verb is let through there."""
    return any(one.verb.code in codes for one in _running.get())


def at_the_end(act: Callable[[], None], rank: Rank) -> bool:
    """Leave this to the end of the verb that was begun first; done once, by rank. False when it is left there already."""
    current()
    left = _running.get()[0].at_the_end
    new = act not in left
    left.setdefault(act, rank)
    return new


def why_not(actor: Actor, code: str, thing: Any) -> Sentence | None:
    """None when this actor may do this to this thing today, otherwise the sentence that says why not."""
    return VERBS[code].may.why_not(Question(actor, thing)) or why_not_now(code, thing)


def why_not_now(code: str, thing: Any) -> Sentence | None:
    """None when the thing allows the verb, whoever asks: its state, the verb's conditions, the guards."""
    refusal = _wrong_state(code, thing)
    return refusal or next((said for holds in _conditions(code) if (said := holds(thing)) is not None), None)


def usual_verb(thing: Any, actor: Actor | None = None) -> str | None:
    """What comes next as a rule, for this actor: of several, the first that can be done, otherwise the first."""
    lifecycle: Lifecycle | None = getattr(thing, "LIFECYCLE", None)
    codes = lifecycle.usual.get(thing.state, ()) if lifecycle is not None else ()
    theirs = [code for code in codes if actor is None or VERBS[code].may.why_not(Question(actor, thing)) is None]
    if len(theirs) < 2:  # noqa: PLR2004  # nothing to choose from
        return theirs[0] if theirs else None
    return next((code for code in theirs if why_not_now(code, thing) is None), theirs[0])


@contextmanager
def operated_by(name: str) -> Iterator[None]:
    """Within, whoever runs the machine acts in somebody's name: the ledger says so."""
    token = _operator.set(name)
    try:
        yield
    finally:
        _operator.reset(token)


def operator() -> str:
    """Who runs the machine and acts in somebody's name; empty where the person acts themselves."""
    return _operator.get()


@contextmanager
def as_seen(token: str | int | None) -> Iterator[None]:
    """Within, the first verb done to the thing of this token refuses if it has changed since.

    A token is `kind:pk:revision`, as `BaseRecord.token` gives it; a bare revision speaks of the first thing.
    """
    name, _colon, revision = str("" if token is None else token).rpartition(":")
    mark = _seen.set(Seen(int(revision), name) if _is_revision(revision) else None)
    try:
        yield
    finally:
        _seen.reset(mark)


def _is_revision(text: str) -> bool:
    """Ten digits hold every revision; more is somebody playing."""
    return text.isascii() and text.isdecimal() and len(text) <= 10  # noqa: PLR2004


def _perform(entry: Verb, args: tuple[Any, ...], given: Mapping[str, Any]) -> Any:
    """Everything a verb is besides its own lines, in the order in which it is refused."""
    actor, thing = given["by"], args[0] if args else None
    with _run(Running(entry, actor, thing)) as running:
        with _one_revision_on(thing, *_held(entry, given, thing)):
            running.office = _ask(entry, actor, thing) or _office_around(actor)
            _refuse(entry, thing)
            told = cleaned(entry.parameters, given, thing)
            result = entry.function(*args, **{**given, **told})
            for name, value in told.items():
                entry.parameters[name].parameter.keep(value, thing)
        if running.rows != 1:
            raise RuntimeError(f"{entry.code} wrote {running.rows} ledger rows; a verb writes one")
        clear()
        for act in sorted(running.at_the_end, key=running.at_the_end.__getitem__):  # of the verb begun first alone
            act()
        return result


def _office_around(actor: Actor) -> str:
    """What asks for no office, done as part of another verb by the same actor, is done in the office of that one."""
    around = _running.get()[:-1]
    return around[-1].office if around and around[-1].actor == actor else ""


def _refuse(entry: Verb, thing: Any) -> None:
    """Refuse where the state, a condition or a guard does not allow the verb."""
    if refusal := _wrong_state(entry.code, thing):
        raise WrongState(refusal)
    for holds in _conditions(entry.code):
        if refusal := holds(thing):
            raise WrongState(refusal)


def spoken(error: IntegrityError) -> Exception:
    """What the database refuses, in the sentence of its constraint; anything else stays what it is."""
    sentence = sentence_of(error)
    return error if sentence is None else Refused(sentence)


def _wrong_state(code: str, thing: Any) -> Sentence | None:
    lifecycle = getattr(thing, "LIFECYCLE", None)
    return lifecycle.why_not(thing, code) if lifecycle is not None else None


def _conditions(code: str) -> tuple[Condition, ...]:
    return (*VERBS[code].conditions, *_guards.get(code, ()))


@contextmanager
def _run(running: Running) -> Iterator[Running]:
    begun = _running.get()
    token = _running.set((*begun, running))
    try:
        with nullcontext() if begun else one_reading(), watched(running.thing):
            yield running
    finally:
        _running.reset(token)


@contextmanager
def _one_revision_on(thing: object, *also: models.Model) -> Iterator[None]:
    """Lock and refresh the thing and these others; within, it is one revision on, and saving it says so."""
    if not isinstance(thing, BaseRecord) or thing._state.adding:
        hold(*also)
        yield
        return
    shown = thing.revision
    _hold(thing, *also)
    thing.revision += 1
    thing.revision_unsaved = True
    try:
        yield
        if thing.revision_unsaved and not thing._state.adding:
            type(thing)._base_manager.filter(pk=thing.pk).update(revision=F("revision") + 1)
    except BaseException:
        thing.revision = shown
        raise
    finally:
        thing.revision_unsaved = False


def _held(entry: Verb, given: Mapping[str, Any], thing: Any) -> list[models.Model]:
    """The other things nobody else may change meanwhile: the place asked about, the others beside the first thing."""
    found: list[models.Model] = []
    for name in entry.holds:
        value = given.get(name, None if name in entry.parameters else thing)
        if name in entry.parameters and value is not None:
            value = entry.parameters[name].parameter.asked_for(name, value, thing)
        found += [value] if isinstance(value, models.Model) else value or ()
    return found


def _hold(thing: BaseRecord, *also: models.Model) -> None:
    """Lock the thing: after the whole it is a part of, and together with what else the verb holds."""
    whole, _dot, rest = thing.LOCKED_AFTER.partition(".")
    near = getattr(thing, whole) if whole else None
    first = [getattr(near, rest) if rest else near] if near is not None else []
    if first or also:
        hold(*first, *([thing] if also else ()), *also)
    _lock(thing)
    if near is not None:
        setattr(thing, whole, near)  # as new as can be


def _lock(thing: BaseRecord) -> None:
    """The newest of the thing, held until the transaction ends; what hardly ever changes stays loaded beside it."""
    fields: Any = thing._meta.concrete_fields
    relations = [one for one in fields if one.is_relation and one.is_cached(thing)]
    kept = [(one, getattr(thing, one.attname), one.get_cached_value(thing)) for one in relations]
    thing.refresh_from_db(from_queryset=type(thing)._base_manager.select_for_update(of=("self",), no_key=True))
    for one, key, beside in kept:
        if getattr(thing, one.attname) == key and not isinstance(beside, BaseRecord):
            one.set_cached_value(thing, beside)
    seen = _seen.get()
    if seen is not None and not seen.used and seen.is_of(thing):
        seen.used = True
        if seen.revision != thing.revision:
            raise Stale(_("您打开页面之后，这一项已经被别人处理过。您填写的内容还在下面，请核对最新情况后再提交。"))


def _ask(entry: Verb, actor: Actor, thing: object) -> str:
    question = Question(actor, thing)
    refusal = entry.may.why_not(question)
    if refusal is not None:
        raise NotAllowed(refusal)
    return question.offices[0] if question.offices else ""


def labelled(model: models.Model | type[models.Model]) -> str:
    """The kind of a thing, as the ledger and the URLs name it: the model's name in snake case."""
    name = (model if isinstance(model, type) else type(model)).__name__
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))
