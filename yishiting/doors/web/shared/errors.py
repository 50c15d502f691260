"""Pages for what did not work: each says what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yishiting.ground.common.refused import NotAllowed, Refused, Stale


def refused_page(request: HttpRequest, problem: Refused) -> HttpResponse:
    """The sentence of a refusal, with the way back."""
    status = 403 if isinstance(problem, NotAllowed) else 409 if isinstance(problem, Stale) else 400
    return render(request, "shared/refused.html", {"sentence": str(problem)}, status=status)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals, for example a page left open too long."""
    sentence = _("这一页打开太久，安全校验已经失效。请返回上一页、刷新，再提交一次；填写的内容会保留在草稿里。")
    return render(request, "shared/refused.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing stands at this address, or not for this person."""
    sentence = _("没有找到这一页。网址可能抄错了；可以从首页查找社区，或者用受理号查询建议。")
    return render(request, "shared/refused.html", {"sentence": sentence}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault."""
    return render(request, "shared/broken.html", status=500)
