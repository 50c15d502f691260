"""Passkeys and hardware keys: the page that adds one, and the one that asks for it after the password."""

import time
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.account_forms import AnswerForm, NewPasskeyForm
from yishiting.doors.web.shared.declared import said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.entering import attempt, let_in
from yishiting.doors.web.shared.nouns import trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance.actions import add_passkey, enter_passkey
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.passkeys import Ceremony, Site, begin_adding, begin_entering

STATE, WAITING = "passkey_asked", "passkey_of"
#: Seconds between the password and the key.
PATIENCE = 300


def site_of(request: Request) -> Site:
    """Where the person is: the host without its port, and the origin as the browser sees it."""
    origin = request.build_absolute_uri("/").removesuffix("/")
    return Site(request.get_host().partition(":")[0], origin)


def wait_for_key(request: Request, person: Person) -> HttpResponse:
    """The password was right: on to the page that asks for a key."""
    request.session[WAITING] = {"person": str(person.pk), "since": time.time()}
    return redirect("enter-passkey")


def enter(request: Request) -> HttpResponse:
    """Ask for one of the person's keys, and let them in."""
    waiting = request.session.get(WAITING, {"since": 0})
    person = Person.objects.filter(pk=waiting["person"]).first() if time.time() - waiting["since"] < PATIENCE else None
    if person is None:
        messages.info(request, _("等得太久了，请重新输入密码。"))
        return redirect("staff-sign-in")
    asked = request.session.pop(STATE, None) if request.method == "POST" else None

    def act(answer: str) -> Attempt:
        return enter_passkey(person, by=request.actor, ceremony=Ceremony(site_of(request), asked, answer))

    form = AnswerForm(request.POST or None)
    tried = attempt(request, form, act) if request.method == "POST" else None
    if tried is not None and tried.person is not None:
        request.session.pop(WAITING)
        return let_in(request, tried.person)
    options, request.session[STATE] = begin_entering(person, site_of(request))
    status = 422 if tried is not None else 200
    return render(request, "shared/passkey_enter.html", {"form": form, "options": options}, status=status)


@door(Person, needs="account.add_passkey")
def add(request: Request, person: Person) -> HttpResponse:
    """Name a new key and let it answer."""
    asked = request.session.pop(STATE, None) if request.method == "POST" else None

    def make(name: str, answer: str) -> None:
        add_passkey(person, by=person, name=name, ceremony=Ceremony(site_of(request), asked, answer))

    options, state = begin_adding(person, site_of(request))
    verb = VERBS["account.add_passkey"]
    answered = perform(
        request,
        NewPasskeyForm(request.POST or None),
        make,
        page="shared/passkey_add.html",
        to=reverse("my-information"),
        done=lambda result: said_after(verb, result),
        context={"options": options, "title": verb.label, "crumbs": trail(request, person, "me", verb.label)},
    )
    if answered.status_code != HTTPStatus.FOUND:  # the page is shown, with a new question
        request.session[STATE] = state
    return answered


urlpatterns = [
    path("passkey/", enter, name="enter-passkey"),
    path("passkey/<uuid:pk>/add/", add, name="add-passkey"),
]
