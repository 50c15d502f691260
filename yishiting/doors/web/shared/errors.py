"""Pages for what did not work: each says what happened and what to do. Programs get the same as one small object."""

import re
import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yishiting.doors.common.away import AWAY, TRY_AGAIN_IN, is_away
from yishiting.ground.common.refused import NotAllowed, Refused, Stale
from yishiting.ground.places.speech import spoken_at

#: Where programs knock: they are answered, not led to a page.
PROGRAMS = "/api/"
READABLE = {"ensure_ascii": False}


def refused_page(request: HttpRequest, problem: Refused) -> HttpResponse:
    """The sentence of a refusal, with the way back."""
    status = 403 if isinstance(problem, NotAllowed) else 409 if isinstance(problem, Stale) else 400
    with spoken_at(getattr(request, "place", None)):
        return _answered(request, str(problem), status)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals, for example a page left open too long."""
    sentence = _("这一页打开太久，安全校验已经失效。请返回上一页、刷新，再提交一次；填写的内容会保留在草稿里。")
    return _answered(request, sentence, 403)


#: What is never shown again.
NOT_SHOWN = re.compile(r"csrf|password|code|token|once|revision|phone|contact", re.IGNORECASE)
#: A key, a number or the name of a choice: nobody typed it, or will not miss it.
CODE = re.compile(r"[!-~]{0,60}")
SHOWN_MOST = 20_000


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose safety mark no longer holds: nothing was done, and the words typed are given back to be copied."""
    sentence = _("这一页打开太久，或者您在别的窗口登录、退出过，所以没有提交。请回到那一页，再提交一次。")
    if request.path.startswith(PROGRAMS):
        return _answered(request, sentence, 403)
    typed = [words for name in request.POST if not NOT_SHOWN.search(name) for words in request.POST.getlist(name)]
    words = [one[:SHOWN_MOST] for one in typed if not CODE.fullmatch(one.strip())]
    shown = {"sentence": sentence, "typed": words, "again": _page_before(request)}
    return render(request, "shared/stale_form.html", shown, status=403)


def _page_before(request: HttpRequest) -> str:
    """The page the form stood on; many addresses take forms and show none."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return came_from if ours and came_from else request.path


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request no browser sends: too many fields, an address nobody wrote."""
    return _answered(request, _("这个请求读不懂，没有办理。请返回上一页，刷新后再试一次。"), 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing stands at this address, or not for this person."""
    if request.path.startswith(PROGRAMS):
        return _answered(request, _("没有找到"), 404)
    sentence = _("没有找到这一页。网址可能抄错了；可以从首页查找社区，或者用受理号查询建议。")
    return _answered(request, sentence, 404)


def only_a_step(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """An address that only takes what a page sends, opened by itself, as from the history: where to begin instead."""
    sentence = _("这个网址是办理当中的一步，不能直接打开，也没有办理什么。请从首页或工作台重新进入。")
    page = _answered(request, sentence, answer.status_code)
    page["Allow"] = answer["Allow"]
    return page


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault, or the database's that is away for the moment; neither page may need it."""
    away = is_away(sys.exc_info()[1])
    status = 503 if away else 500
    if request.path.startswith(PROGRAMS):
        sentence = str(AWAY) if away else _("系统出了问题，没有办成。请过一会儿再试。")
        answer: HttpResponse = _answered(request, sentence, status)
    else:
        page = "shared/away.html" if away else "shared/broken.html"
        answer = HttpResponse(render_to_string(page), status=status)
    if away:
        answer["Retry-After"] = TRY_AGAIN_IN
    return answer


def _answered(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if request.path.startswith(PROGRAMS):
        return JsonResponse({"sentence": sentence, "field": ""}, status=status, json_dumps_params=READABLE)
    return render(request, "shared/refused.html", {"sentence": sentence}, status=status)
