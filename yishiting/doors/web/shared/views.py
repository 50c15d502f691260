"""The two things every page shares: the care switch, and the page that shows the design system itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.style import style_context

CARE_COOKIE = "care"
CARE_DAYS = 400
LAYOUTS = {"public": _("居民"), "desk": _("工作台"), "big": _("代表"), "projector": _("大屏"), "print": _("打印")}


@require_POST
def care(request: HttpRequest) -> HttpResponse:
    """Turn the care version on or off, remember it in a cookie, and go back to the same page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = redirect(back)
    if request.POST.get("care") == "1":
        answer.set_cookie(CARE_COOKIE, "1", max_age=CARE_DAYS * 86400, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie(CARE_COOKIE, samesite="Lax")
    return answer


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state. `?layout=` shows it as a desk, big, projector or print page."""
    layout = request.GET.get("layout", "public")
    wanted = layout if layout in LAYOUTS else "public"
    template = "shared/style_sheet.html" if wanted == "print" else "shared/style.html"
    layouts = [Link(label, f"?layout={name}", name == wanted) for name, label in LAYOUTS.items()]
    return render(request, template, {"layout": f"shared/{wanted}.html", "layouts": layouts, **style_context()})
