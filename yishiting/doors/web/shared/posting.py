"""The one way a form becomes a verb: once, on what the person saw, and with nothing typed lost."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yishiting.doors.web.shared.models import SubmittedForm
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.transactions import in_transaction
from yishiting.ground.common.verbs import as_seen, spoken

Act = Callable[[], Any]
#: Seconds in which the page that follows a form tells its draft.
DELIVERED_FOR = 300


def perform(
    request: Request,
    form: BaseForm,
    act: Callable[..., Any],
    *,
    page: str,
    to: str | Callable[[Any], str],
    done: str | Callable[[Any], str] = "",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; when it is sent and sound, do the verb, say so, and go on.

    `act` is called with the cleaned values by name. A refusal is shown in the form, at its field when it names
    one, and everything typed stays. `to` is the next page, or a function of what the verb gave back.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return _delivered(request, redirect(_act_once(request, form, act, to, done)))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, page, {"form": form, "once": uuid.uuid4(), **(context or {})}, status=status)


def act(request: Request, verb: Act, *, to: str, done: str = "") -> HttpResponse:
    """A button without fields: do the verb and go on; a refusal is said on the page it leads back to."""
    try:
        with as_seen(_seen(request)):
            in_transaction(verb)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(to)


def _act_once(
    request: Request,
    form: BaseForm,
    verb: Callable[..., Any],
    to: str | Callable[[Any], str],
    done: str | Callable[[Any], str],
) -> str:
    once = once_of(request)

    def take() -> tuple[SubmittedForm, Any]:
        taken = SubmittedForm.objects.create(once=once, went_to="")
        result = verb(**form.cleaned_data)
        taken.went_to = to(result) if callable(to) else to
        taken.save(update_fields=["went_to"])
        return taken, result

    try:
        with as_seen(_seen(request)):
            taken, result = in_transaction(take)
    except IntegrityError as error:
        first = SubmittedForm.objects.filter(once=once).first()
        if first is None:
            raise spoken(error) from error
        return first.went_to
    if said := done(result) if callable(done) else done:
        messages.success(request, said)
    return taken.went_to


def _delivered(request: Request, answer: HttpResponse) -> HttpResponse:
    """Tell the page that comes which form was taken, so that its draft is let go, and only then."""
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie("delivered", str(once_of(request)), max_age=DELIVERED_FOR, samesite="Lax", secure=secure)
    return answer


def once_of(request: Request) -> uuid.UUID:
    """The number of the form that was sent; a new one where it has none."""
    with suppress(ValueError):
        return uuid.UUID(request.POST.get("once", ""))
    return uuid.uuid4()


def _seen(request: Request) -> str | None:
    """Which thing, in which revision, was on the page."""
    return request.POST.get("revision") or None
