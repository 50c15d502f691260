"""One verb done to several things of a list: asked once, done to each by itself, and told what became of each."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.lists.declared import List, key_of
from yishiting.doors.lists.filters import is_key
from yishiting.doors.web.shared.fields import VerbForm, form_of
from yishiting.doors.web.shared.forms import Form
from yishiting.doors.web.shared.models import SubmittedForm
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link, Words
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS, as_seen, why_not

MOST = 200
NAMED = 5
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Way:
    """A verb as it is offered for several things, where its declaration does not say it all.

    `together` names the verb of what the list is about that does it to all of them as one act, and under which name it
    is given them: somebody who has part in several is then told once.
    """

    code: str
    label: Words
    do: Callable[..., Any]
    _: KW_ONLY
    words: Words = ""
    together: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """One thing that was picked, as the list calls it, and what was seen of it."""

    thing: Any
    called: str
    seen: str


@dataclass(slots=True)
class Outcome:
    """How many were done, and who was refused with which sentence."""

    done: int = 0
    refused: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


#: Ways of a noun's own pages, by the names lists know them by. Any other name is the code of a declared verb.
WAYS: dict[str, Way] = {}


def way_of(name: str) -> Way | None:
    """How several things are dealt with; None while the verb does not yet say what it asks."""
    if name in WAYS:
        return WAYS[name]
    verb = VERBS[name]
    said = "" if callable(verb.before) else verb.before
    return Way(name, verb.label, verb.run, words=said) if verb.is_declared else None


def offered(whole: List) -> dict[str, Way]:
    """The ways a list offers, by name."""
    return {name: way for name in whole.bulk if (way := way_of(name)) is not None}


def buttons_below(whole: List, request: Request, rows: Sequence[Any]) -> list[Button]:
    """The verbs below a list: awake where one of its rows allows it, else with the reason."""
    found = []
    for name, way in offered(whole).items():
        reasons = [_closed(request, way.code, row) for row in rows]
        asleep = None if not reasons or None in reasons else reasons[0]
        found.append(Button(way.label, name, why_not=asleep))
    return found


def _closed(request: Request, code: str, row: Any) -> Words | None:
    """Whether a person may, and the state allows it: what else must hold is asked of each when it is done."""
    lifecycle = getattr(row, "LIFECYCLE", None)
    refusal = VERBS[code].may.why_not(Question(request.actor, row))
    return refusal or (lifecycle.why_not(row, code) if lifecycle is not None else None)


def seen_of(row: Any) -> str:
    """What a box stands for: the thing as it was shown."""
    return row.token if isinstance(row, BaseRecord) else str(getattr(row, "pk", ""))


def carry_out(whole: List, request: Request, subject: Any) -> HttpResponse:
    """Ask once about what was picked, then do it to each; afterwards say of each that was refused why."""
    name, back = request.POST.get("way", ""), _back(whole, request, subject)
    way, picked = offered(whole).get(name), _picked(whole, subject, request.POST.getlist("pick"))
    if way is None or not picked:
        messages.info(request, _("没有选中。请先在要办的几条前面打勾。"))
        return redirect(back)
    sent = "sure" in request.POST
    form = _form(way, name, subject, picked[0].thing, request.POST if sent else None)
    if sent and form.is_valid():
        if _is_new(request, back):
            done = (
                _do_together(request, way, subject, picked, form) if way.together else _do(request, way, picked, form)
            )
            _say(request, way, done)
        return redirect(back)
    shown = {
        "form": form,
        "title": way.label,
        "words": way.words,
        "picked": picked,
        "kept": [("of", key_of(subject)), ("way", name), ("sure", "1"), ("once", uuid4())],
        "back": back,
        "crumbs": [Link(_("工作台"), reverse("desk-home")), Link(whole.label, back), Link(way.label, "")],
    }
    return render(request, "shared/bulk.html", shown, status=422 if form.errors else 200)


def _form(way: Way, name: str, subject: Any, first: Any, data: Any) -> Form:
    """What the verb asks, once for all: of the first what is asked of each."""
    if way.together:
        code, these = way.together
        form = form_of(VERBS[code], subject, data)
        del form.fields[these]
        return form
    return Form(data) if name in WAYS else form_of(VERBS[name], first, data)


def _picked(whole: List, subject: Any, values: Sequence[str]) -> list[Picked]:
    """The rows that were picked: those alone that stand in the list, in its order."""
    seen = {_key(value): value for value in values[:MOST]}
    rows: Any = whole.rows(subject)
    if isinstance(rows, QuerySet):
        rows = rows.defer(None).filter(pk__in=[key for key in seen if is_key(key, rows.model)])
    return [Picked(row, whole.named.said(row), seen[str(row.pk)]) for row in rows if str(row.pk) in seen]


def _key(token: str) -> str:
    """The key in a token such as `suggestion:1234…:7`."""
    parts = token.split(":")
    return parts[-2] if len(parts) > 1 else token


def _do(request: Request, way: Way, picked: Sequence[Picked], form: Form) -> Outcome:
    """Each in a transaction of its own."""
    told, outcome = form.told() if isinstance(form, VerbForm) else {}, Outcome()
    for one in picked:
        try:
            with as_seen(one.seen if ":" in one.seen else None):
                way.do(one.thing, by=request.actor, **told)
        except Refused as refusal:
            outcome.refused[str(refusal)].append(one.called)
        else:
            outcome.done += 1
    return outcome


def _do_together(request: Request, way: Way, subject: Any, picked: Sequence[Picked], form: Form) -> Outcome:
    """All in one act; those whose state does not allow it are left out and named."""
    outcome, fit = Outcome(), []
    for one in picked:
        refusal = why_not(request.actor, way.code, one.thing)
        if refusal is None:
            fit.append(one)
        else:
            outcome.refused[str(refusal)].append(one.called)
    (code, these), told = way.together or ("", ""), form.told() if isinstance(form, VerbForm) else {}
    try:
        if fit:
            VERBS[code].run(subject, by=request.actor, **told, **{these: [one.thing for one in fit]})
        outcome.done = len(fit)
    except Refused as refused:
        outcome.refused[str(refused)] += [one.called for one in fit]
    return outcome


def _say(request: Request, way: Way, outcome: Outcome) -> None:
    if outcome.done:
        messages.success(request, _("%(n)s条已办：%(what)s。") % {"n": outcome.done, "what": way.label})
    for sentence, called in outcome.refused.items():
        names = _("、").join(called[:NAMED]) + (_("等") if len(called) > NAMED else "")
        words = _("%(n)s条没有办成（%(names)s）：%(why)s") % {"n": len(called), "names": names, "why": sentence}
        messages.error(request, words)


def _is_new(request: Request, back: str) -> bool:
    """Whether this form was not sent before: a double click acts once."""
    try:
        with transaction.atomic():
            SubmittedForm.objects.create(once=UUID(request.POST.get("once", "")), went_to=back[:LONGEST])
    except (IntegrityError, ValueError):
        return False
    return True


def _back(whole: List, request: Request, subject: Any) -> str:
    """The list as it was: its filters stay."""
    page = reverse(whole.at or whole.name, args=[key_of(subject)] if whole.of is not None else [])
    return f"{page}?{request.GET.urlencode()}".removesuffix("?")
