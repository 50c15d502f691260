"""The way through the district's sign-on service: out to it, and back from it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from yishiting.doors.web.shared.entering import let_in, onward_of
from yishiting.doors.web.shared.requests import BY_SIGN_ON, NEXT, Request
from yishiting.ground.common.refused import Refused
from yishiting.ground.entrance.actions import enter_sign_on
from yishiting.ground.entrance.sign_on import Provider, begin, finish, provider

ASKED = "sign_on_asked"


def button_of_sign_on() -> str:
    """The words of the button on the sign-in page; empty where there is no such service."""
    return str(settings.SIGN_ON["name"]) if provider() else ""


def go(request: Request) -> HttpResponse:
    """To the service."""
    service = _service()
    if onward := onward_of(request):
        request.session[NEXT] = onward
    try:
        address, request.session[ASKED] = begin(service, _back(request))
    except Refused as refusal:
        return _not_in(request, refusal)
    return redirect(address)


def come_back(request: Request) -> HttpResponse:
    """From the service: who is it, and do we know them?"""
    service = _service()
    try:
        subject = finish(service, request.session.pop(ASKED, None), request.GET.dict(), _back(request))
        tried = enter_sign_on(subject, by=request.actor, issuer=service.issuer)
    except Refused as refusal:
        return _not_in(request, refusal)
    if tried.person is None:
        return _not_in(request, tried.sentence)
    answer = let_in(request, tried.person)
    request.session[BY_SIGN_ON] = True
    return answer


def _service() -> Provider:
    service = provider()
    if service is None:
        raise Http404
    return service


def _back(request: Request) -> str:
    return request.build_absolute_uri(reverse("sign-on-return"))


def _not_in(request: Request, sentence: object) -> HttpResponse:
    messages.error(request, str(sentence))
    return redirect("staff-sign-in")


urlpatterns = [
    path("sign-on/", go, name="sign-on"),
    path("sign-on/return/", come_back, name="sign-on-return"),
]
