"""What every page shares: the care switch, the search for places, and the page that shows the design system."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yishiting.doors.web.shared.place_search import MOST_FOUND, found_places
from yishiting.doors.web.shared.requests import CARE_COOKIE
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.style import style_context

CARE_DAYS = 400
LAYOUTS = {
    "public": ("shared/public.html", _("居民")),
    "desk": ("shared/desk.html", _("工作台")),
    "big": ("shared/big.html", _("代表")),
    "projector": ("shared/projector.html", _("大屏")),
    "print": ("shared/print.html", _("打印")),
}
PAGES = {"print": "shared/style_sheet.html", "row": "shared/style_row.html"}


@require_POST
def care(request: HttpRequest) -> HttpResponse:
    """Turn the care version on or off, remember it in a cookie, and go back to the same page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = redirect(back)
    wanted = "1" if request.POST.get("care") == "1" else "0"
    answer.set_cookie(CARE_COOKIE, wanted, max_age=CARE_DAYS * 86400, samesite="Lax", secure=request.is_secure())
    return answer


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?layout=` shows them in another layout, on paper, or one record alone."""
    asked = request.GET.get("layout", "public")
    shown = asked if asked in LAYOUTS else "public"
    layouts = [Link(label, f"?layout={name}", name == shown) for name, (_file, label) in LAYOUTS.items()]
    context = {"layout": LAYOUTS[shown][0], "layouts": layouts, **style_context()}
    return render(request, PAGES.get(asked, "shared/style.html"), context)


@require_GET
def place_search(request: HttpRequest) -> HttpResponse:
    """The places that fit the words typed so far, for a `PlaceField`; `level` keeps to one level."""
    found = found_places(request.GET.get("q", ""), request.GET.get("level", ""))
    return render(request, "pieces/found.html", {"found": found[:MOST_FOUND]})
