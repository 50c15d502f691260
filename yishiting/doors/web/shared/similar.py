"""看看有没有同样的建议: while somebody types, or as a page of its own; it helps and never stands in the way."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.queries.likeness import similar_now

#: What a form sends besides the words.
NOT_WORDS = {"csrfmiddlewaretoken"}


@door(Place)
def similar(request: Request, place: Place) -> HttpResponse:
    """Up to five suggestions that sound like the words sent, and why; everything typed goes on with one press."""
    if request.method != "POST":
        return redirect("suggest-here", code=place.code)
    words, where = request.POST.get("text", ""), request.POST.get("where", "")
    found = similar_now(place, words, where=where) if words.strip() else []
    if request.htmx:
        return render(request, "pieces/similar.html", {"similar": found})
    shown = {
        "similar": found,
        "kept": [(name, value) for name, values in request.POST.lists() if name not in NOT_WORDS for value in values],
        "words": words,
        "photos": bool(request.FILES),
        "to": reverse("desk-slips" if "channel" in request.POST else "suggest-here", args=[place.code]),
        "crumbs": [Link(place.name, reverse("place", args=[place.code])), Link(_("同样的建议"), "")],
    }
    return render(request, "shared/similar.html", shown)


urlpatterns = [path("p/<str:code>/similar/", similar, name="similar-now")]
