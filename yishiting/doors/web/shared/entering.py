"""What every way of coming in has in common: an attempt, and the session that begins."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import login
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.requests import NEXT, Request
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.queries import has_consented
from yishiting.ground.organisations.queries import offices_of
from yishiting.year.councils.queries import seats_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
PHONE = "phone_entering"


def attempt(request: Request, form: BaseForm, act: Callable[..., Attempt]) -> Attempt:
    """Try to come in with what was sent. A failed attempt is on record, so it is no refusal to be undone."""
    if not form.is_valid():
        return Attempt()
    try:
        tried = act(**form.cleaned_data)
    except Refused as refusal:
        tried = Attempt(sentence=refusal.sentence, field=refusal.field)
    if tried.sentence:
        form.add_error(tried.field if tried.field in form.fields else None, str(tried.sentence))
    return tried


def let_in(request: Request, person: Person, codes_left: int | None = None) -> HttpResponse:
    """Begin the session, and go where the person was going or to the room that is theirs."""
    onward = request.session.pop(NEXT, "")
    request.session.pop(PHONE, None)
    login(request, person, backend=BACKEND)
    if codes_left is not None:
        used = _("您用了一个恢复码，还剩%(n)s个。可以在“我的信息”里生成新的。")
        messages.warning(request, used % {"n": codes_left})
    if has_consented(person):
        return redirect(onward or home_of(person))
    request.session[NEXT] = onward
    return redirect("consent")


def home_of(person: Person) -> str:
    """Each person's home is what waits for them."""
    if person.administration:
        return "administration"
    if offices_of(person):
        return "desk-home"
    return "representative-home" if seats_of(person) else "my-home"


def onward_of(request: Request) -> str:
    """Where the person was going, as the address names it, if it is a page of ours."""
    onward = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure())
    return onward if ours else ""
