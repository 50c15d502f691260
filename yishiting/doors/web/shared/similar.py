"""看看有没有同样的建议: while somebody types, or as a page of its own; it helps and never stands in the way."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.common.predicates import Question
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.published import public_title
from yishiting.year.suggestions.queries.likeness import similar_now

#: What a form sends besides the words.
NOT_WORDS = {"csrfmiddlewaretoken"}


@door(Place)
def similar(request: Request, place: Place) -> HttpResponse:
    """Up to five suggestions that sound like the words sent, and why; everything typed goes on with one press.

    The desk reads their titles; everyone else those of the screened ones, and of the others only how they came.
    """
    if request.method != "POST":
        return redirect("suggest-here", code=place.code)
    words, where = request.POST.get("text", ""), request.POST.get("where", "")
    likely = similar_now(place, words, where=where) if words.strip() else []
    at_desk = reads_here.why_not(Question(request.actor, place)) is None
    found = [(one, one.suggestion.title if at_desk else public_title(one.suggestion)) for one in likely]
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
