"""What every page shares: the care switch, the search for places, and the page that shows the design system."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yishiting.doors.web.shared.place_search import MOST_FOUND, found_places
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.style import style_context

CARE_COOKIE = "care"
CARE_DAYS = 400
LAYOUTS = {"public": _("居民"), "desk": _("工作台"), "big": _("代表"), "projector": _("大屏"), "print": _("打印")}
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
    """Every component in every state. `?layout=` shows it as a desk, big, projector or print page, or one record alone."""
    layout = request.GET.get("layout", "public")
    wanted = layout if layout in LAYOUTS else "public"
    template = PAGES.get(layout, "shared/style.html")
    layouts = [Link(label, f"?layout={name}", name == wanted) for name, label in LAYOUTS.items()]
    return render(request, template, {"layout": f"shared/{wanted}.html", "layouts": layouts, **style_context()})


@require_GET
def place_search(request: HttpRequest) -> HttpResponse:
    """The places that fit the words typed so far, for a `PlaceField`; `level` keeps to one level."""
    found = found_places(request.GET.get("q", ""), request.GET.get("level", ""))
    return render(request, "pieces/found.html", {"found": found[:MOST_FOUND]})
