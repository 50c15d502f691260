"""Who acts, what keeps staff accounts safe, and the page that says why not."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.doors import to_sign_in
from yishiting.doors.web.shared.errors import PROGRAMS, only_a_step, refused_page
from yishiting.doors.web.shared.requests import BY_SIGN_ON, NEXT, Request
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.client import address_of, answering
from yishiting.ground.common.process_cache import one_reading
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.request_cache import one_request
from yishiting.ground.entrance.queries import has_consented, missing_to_act

#: Seconds between two notes of when somebody was last here, so that reading a page does not write.
NOTICED_EVERY = 60

Next = Callable[[HttpRequest], HttpResponse]
#: Rooms whose pages are about one person also before anybody has signed in.
ABOUT_PERSONS = ("/account/", "/me/", "/council/", "/desk/", "/follow/", "/objections/", "/suggest/")
PRIVATE = "private, no-store"
SAFE = {"GET", "HEAD", "OPTIONS"}


class ActorMiddleware:
    """Gives the request its actor: the signed-in person, or a visitor."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        user = get_user(request)  # the person themselves, not Django's lazy stand-in: verbs look at their type
        request.person = user if isinstance(user, Person) else None
        request.actor, request.place = request.person or Visitor(), None
        meta = request.META
        address = address_of(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""), settings.PROXIES)
        with one_request(), one_reading(), answering(address):
            return self.get_response(request)


class NoStoreMiddleware:
    """What is about a person, or was shown to one, stays in nobody's cache, not in a shared browser's either."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        known = request.person is not None or "Authorization" in request.headers or request.method not in SAFE
        answer = self.get_response(request)
        if (known or request.path.startswith(ABOUT_PERSONS)) and "Cache-Control" not in answer:
            answer["Cache-Control"] = PRIVATE
        return answer


class NulByteMiddleware:
    """An address with a zero character in it leads nowhere: no text that PostgreSQL keeps has one, nor can be asked for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if "\0" not in request.path and "%00" not in request.META.get("QUERY_STRING", ""):
            return self.get_response(request)
        if request.path.startswith(PROGRAMS):
            return JsonResponse({"sentence": _("没有找到"), "field": ""}, status=404)
        raise Http404


class RefusedPage:
    """A refusal no form could show, or a step opened by itself, becomes a page with its sentence; a bug stays a bug."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        answer = self.get_response(request)
        return only_a_step(request, answer) if isinstance(answer, HttpResponseNotAllowed) else answer

    def process_exception(self, request: Request, problem: Exception) -> HttpResponse | None:
        """Show the sentence of a refusal."""
        return refused_page(request, problem) if isinstance(problem, Refused) else None


class ConsentMiddleware:
    """Asks for consent before the rooms that are about a person: one's own data can be seen and erased without it."""

    NEEDS, FREE = ("/me/", "/council/"), ("/me/information/",)

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        needed = request.path.startswith(self.NEEDS) and not request.path.startswith(self.FREE)
        if needed and request.person is not None and not has_consented(request.person):
            request.session[NEXT] = request.get_full_path() if request.method in SAFE else request.path
            return redirect("consent")
        return self.get_response(request)


class StaffSessionMiddleware:
    """Staff who are idle are signed out; a first password is changed and a second factor bound before anything else."""

    FREE = ("/account/", "/static/", "/language/", "/care/")

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        person = request.person
        if person is None or not person.is_staff_member:
            return self.get_response(request)
        if self._idle(request):
            logout(request)
            if request.path.startswith(PROGRAMS):
                return JsonResponse({"sentence": _("您有一段时间没有操作，请重新登录。"), "field": ""}, status=401)
            messages.info(request, _("您有一段时间没有操作，为了安全已经退出，请重新登录。填写中的内容保留在草稿里。"))
            return to_sign_in(request, "staff-sign-in")
        if int(time.time()) - request.session.get("seen", 0) > NOTICED_EVERY:
            request.session["seen"] = int(time.time())
        if not request.path.startswith(self.FREE):
            missing = "" if BY_SIGN_ON in request.session else missing_to_act(person)  # the service asked for both
            if missing and request.path.startswith(PROGRAMS):
                return JsonResponse({"sentence": _("请先在网页上改密码、绑定动态码。"), "field": ""}, status=403)
            if missing:
                return redirect(missing)
        return self.get_response(request)

    def _idle(self, request: Request) -> bool:
        seen = request.session.get("seen")
        return seen is not None and time.time() - seen > settings.IDLE_MINUTES * 60
